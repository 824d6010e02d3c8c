#pragma once
// A server is a function. A handler never sleeps and never touches a socket: latency and damage are data, done by whoever
// delivers the Reply (SocketServer on a real socket, InProcessTransport under virtual time).

#include <chrono>
#include <functional>

#include "base/http/message.hpp"

namespace casewire::http {

/// How the answer crosses the wire.
enum class Wire {
  intact,
  reset_before_status,  ///< the connection is reset (RST) before one byte of the answer: the caller cannot know
  cut_in_body,          ///< status, headers and half of the body, then the connection closes
  dribble,              ///< complete, but in pieces of a few bytes
  stall,                ///< nothing, until the caller gives up
  answered_twice,       ///< the complete answer, twice; the caller must not take the second for another request's
};

struct Reply {
  Response response{};
  std::chrono::milliseconds delay{0};
  Wire wire = Wire::intact;
};

using Handler = std::function<Reply(const Request&)>;

}  // namespace casewire::http
