#pragma once
// What a machine may do about a complaint: put another text in the place that it marks.

#include <optional>
#include <string>
#include <string_view>

#include "base/text/diagnostic.hpp"

namespace casewire::scenarios {

/// What a hint `did you mean "x"?` would put in the marked place, in quotes where a text in quotes is marked. Nullopt when the hint
/// leaves the choice to a person. `source`: the file's text.
std::optional<std::string> fix_of(const Diagnostic& diagnostic, std::string_view source);

}  // namespace casewire::scenarios
