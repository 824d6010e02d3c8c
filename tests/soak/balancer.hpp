#pragma once
// What stands in front of several bridges, as docs/bridge.md says it ("Several bridges"): each webhook goes to the next one in turn. To one that
// takes no connection it does not go; one that took it and does not answer is not replaced by another, as most balancers replace nobody
// after a POST: the sender gets 504.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/runtime.hpp"

namespace casewire::soak {

class Balancer {
 public:
  /// `bridges`: their URLs. Listens when it returns. `runtime` outlives it.
  static Result<std::unique_ptr<Balancer>, std::string> start(Runtime& runtime, std::uint16_t port,
                                                              std::vector<std::string> bridges);

 private:
  explicit Balancer(std::vector<std::string> bridges) : bridges_(std::move(bridges)) {}
  http::Reply pass_on(const http::Request& request);

  std::vector<std::string> bridges_;
  http::SocketTransport transport_;
  std::atomic<std::size_t> turn_{0};
  std::unique_ptr<http::SocketServer> server_;
};

}  // namespace casewire::soak
