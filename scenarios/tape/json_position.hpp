#pragma once
// Where a value stands in the text it was read from.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.hpp"

namespace casewire::scenarios {

/// `path`: member names and array indexes from the root. `text` is JSON that was read without an error. The position of the
/// last part of the path that exists.
Position json_position(std::string_view text, const std::vector<std::string>& path);

}  // namespace casewire::scenarios
