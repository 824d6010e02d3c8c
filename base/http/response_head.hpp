#pragma once
// The status line and headers of an answer, read strictly (RFC 9112), and how its end is told. Internal to base/http.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/http/message.hpp"

namespace casewire::http {

struct ResponseHead {
  int status = 0;
  int minor_version = 1;
  Headers headers{};
};

/// The status of a complete status line at the beginning of `text`.
std::optional<int> status_of(std::string_view text);

/// `text` ends with the empty line. Folded lines and anything that is not a header are refused.
std::optional<ResponseHead> parse_response_head(std::string_view text);

struct Framing {
  enum class Kind { empty, length, chunked, until_close };
  Kind kind = Kind::empty;
  std::uint64_t length = 0;
  bool ambiguous = false;  ///< both a length and chunks: the chunks count, and the connection is not to be trusted again
};

/// RFC 9112 section 6.3. nullopt: the lengths contradict each other, or the transfer coding is unknown.
std::optional<Framing> framing_of(const ResponseHead& head, std::string_view method);

}  // namespace casewire::http
