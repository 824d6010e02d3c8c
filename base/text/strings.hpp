#pragma once
// Small questions about ASCII text, as protocols ask them.

#include <string>
#include <string_view>
#include <vector>

namespace casewire {

std::string lowercase(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string_view trimmed(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// The nearest of `known` by edit distance, if it is near enough to be a likely slip; empty otherwise. For "did you mean".
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace casewire
