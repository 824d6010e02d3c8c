#pragma once
// A server is a function. A handler never sleeps and never touches a socket: latency and damage are data, done by whoever
// delivers the Reply (SocketServer on a real socket, InProcessTransport under virtual time).

#include <chrono>
#include <functional>

#include "base/http/message.hpp"
#include "base/http/wire.hpp"

namespace casewire::http {

struct Reply {
  Response response{};
  std::chrono::milliseconds delay{0};
  Wire wire = Wire::intact;
};

using Handler = std::function<Reply(const Request&)>;

}  // namespace casewire::http
