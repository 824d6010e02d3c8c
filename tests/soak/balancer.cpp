#include "tests/soak/balancer.hpp"

namespace casewire::soak {

Result<std::unique_ptr<Balancer>, std::string> Balancer::start(Runtime& runtime, std::uint16_t port,
                                                               std::vector<std::string> bridges) {
  std::unique_ptr<Balancer> balancer{new Balancer(std::move(bridges))};
  constexpr std::size_t kThreads = 16;  // one that stands still holds up a sixteenth of what comes
  auto server =
      http::SocketServer::start(runtime, [made = balancer.get()](const http::Request& request) { return made->pass_on(request); },
                                {.port = port, .threads = kThreads});
  if (!server) return fail(server.error().problem);
  balancer->server_ = std::move(*server);
  return balancer;
}

http::Reply Balancer::pass_on(const http::Request& request) {
  constexpr http::Deadline kPatience{std::chrono::seconds(3)};
  const auto first = turn_++;
  for (std::size_t i = 0; i < bridges_.size(); ++i) {
    auto passed = request;
    passed.target = bridges_[(first + i) % bridges_.size()] + request.target;
    auto answer = transport_.send(passed, kPatience);
    if (answer) return {std::move(*answer)};
    if (answer.error().kind != http::TransportError::Kind::not_sent) return {{.status = 504}};
  }
  return {{.status = 502}};
}

}  // namespace casewire::soak
