#pragma once
// Long texts that nobody wants to write: `"%33000 characters%"` stands for so many characters, `"%5000 wide characters%"` for so many of
// three bytes each. Every tenth of them is counted ("0010 0020 ..."), so that a cut shows where it is.

#include <optional>
#include <string>
#include <string_view>

namespace casewire::scenarios {

constexpr std::size_t kLongTextMax = 5'000'000;  ///< characters

/// The text with each such place filled in; nullopt when it has none, or one of more than kLongTextMax characters.
std::optional<std::string> long_text(std::string_view written);

}  // namespace casewire::scenarios
