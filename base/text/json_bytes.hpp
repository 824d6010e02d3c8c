#pragma once
// Which bytes of a text stand for themselves in a JSON string. It is asked of every byte that is read or written.

#include <cstddef>
#include <string_view>

namespace casewire {

/// How many bytes at the front are ASCII that needs no escape.
std::size_t plain_json_bytes(std::string_view text);

}  // namespace casewire
