#pragma once
// UTF-16, as Windows keeps what it calls Unicode.

#include <optional>
#include <string>
#include <string_view>

namespace casewire {

/// Of a text with the mark of its byte order; nullopt: it is cut within a character or has half a surrogate.
std::optional<std::string> utf8_of_utf16(std::string_view bytes);

}  // namespace casewire
