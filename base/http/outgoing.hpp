#pragma once
// What a client puts on the wire for a Request, the same for sockets and for the simulated network, so that a handler cannot
// tell the rings apart. Internal to base/http.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/http/message.hpp"
#include "base/text/result.hpp"

namespace casewire::http {

struct Origin {
  bool tls = false;
  std::string host;  ///< IPv6 without brackets
  std::uint16_t port = 0;
};

/// What is wrong with a request that cannot be written is said in one clause, without its path or headers: both may be secret.
struct Unwritable {
  std::string why;
};

/// Reads "http://host:port" or "https://[::1]"; user names are refused.
Result<Origin, Unwritable> parse_origin(std::string_view origin);

struct Outgoing {
  Origin origin;
  Request request;
};

/// The request in origin form ("/path?query") with Host, User-Agent, Accept and Content-Length where the caller set none.
/// Refuses what would let text of one field become another: control characters in the method, the target or a header.
/// A Transfer-Encoding or Content-Length of the caller is replaced: the body alone decides the framing.
Result<Outgoing, Unwritable> outgoing(const Request& request);

/// RFC 9110 section 5.6.2.
bool is_token(std::string_view text);
/// RFC 9110 section 5.5: no control character but the tab.
bool is_field_value(std::string_view text);

}  // namespace casewire::http
