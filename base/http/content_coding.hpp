#pragma once
// What the bytes of a body say behind all that its Content-Encoding names (RFC 9110 section 8.4).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/http/message.hpp"

namespace casewire::http {

/// Without its codings, of which the last one named was put on last. Nullopt: there is none; or one that is not known (body_decoder.hpp), the bytes
/// are not what they are said to be, or there are more than `bytes_max` of them.
std::optional<std::string> uncoded(const Headers& headers, std::string_view body, std::size_t bytes_max);

}  // namespace casewire::http
