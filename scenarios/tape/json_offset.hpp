#pragma once
// Where a value stands in the text it was read from.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::scenarios {

/// In bytes. `path`: member names and array indexes from the root. `text` is JSON that was read without an error. Of the last part of the
/// path that exists.
std::size_t json_offset(std::string_view text, const std::vector<std::string>& path);

}  // namespace casewire::scenarios
