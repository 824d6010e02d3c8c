#include "scenarios/runner/reserved_port.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "base/http/socket_server.hpp"

namespace casewire::scenarios {
namespace {

/// A name that one process of the system has at a time, and that goes with it. nullptr: somebody has it. Source: unix(7), abstract sockets.
std::shared_ptr<const Descriptor> mark_of(std::uint16_t port) {
  const std::string name = "casewire port " + std::to_string(port);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::copy(name.begin(), name.end(), address.sun_path + 1);
  auto mark = std::make_shared<const Descriptor>(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(mark->number(), reinterpret_cast<const sockaddr*>(&address), size) != 0) return nullptr;
  return mark;
}

}  // namespace

// The port is looked at and given up again before the program takes it; meanwhile neither the system must hand it to somebody else, as it does with
// a port from its own range (seen with twelve scenarios at once), nor may a second harness take it (seen with two test programs). So: below that
// range, each port once per harness, each harness from another place on, and with a mark that others see.
Result<ReservedPort, std::string> ReservedPort::take(Runtime& runtime) {
  constexpr unsigned kFirst = 20'000, kCount = 12'000, kTriesMax = 500;
  static std::atomic<unsigned> next = static_cast<unsigned>(::getpid()) * 61U;
  std::string problem;
  for (unsigned tries = 0; tries < kTriesMax; ++tries) {
    const auto port = static_cast<std::uint16_t>(kFirst + next++ % kCount);
    auto mark = mark_of(port);
    if (!mark) {
      problem = "another harness has it";
      continue;
    }
    const auto server = http::SocketServer::start(runtime, [](const http::Request&) { return http::Reply{}; }, {.port = port});
    if (server) return ReservedPort(port, std::move(mark));
    problem = server.error().problem;
  }
  return fail("no free port for the bridge: " + problem);
}

}  // namespace casewire::scenarios
