#pragma once
// One request and its answer over a connection, by cpp-httplib. Internal to base/http; the library is included in the .cpp only.

#include <cstddef>
#include <string>
#include <variant>

#include "base/http/client_connection.hpp"
#include "base/http/message.hpp"
#include "base/http/transport.hpp"

namespace casewire::http {

struct ExchangeOutcome {
  std::variant<Response, TransportError> answer;  ///< `what` lacks the origin
  bool reusable = false;                          ///< the connection stands at the beginning of a next exchange
};

/// `request` is outgoing(). An error of kind not_sent means that not one byte went into the connection.
ExchangeOutcome exchange(ClientConnection& connection, const Request& request, const Budget& budget,
                         std::size_t response_bytes_max);

}  // namespace casewire::http
