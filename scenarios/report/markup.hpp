#pragma once
// Text on its way into XML and HTML. What a customer wrote ends up here: nothing of it may become markup.
// Follows: XML 1.0 (Fifth Edition), 2.2 "Characters" and 3.3.3 "Attribute-Value Normalization".

#include <string>
#include <string_view>

namespace casewire::scenarios::report {

/// Escaped, with characters that XML forbids removed and invalid UTF-8 replaced.
std::string markup_text(std::string_view text);
/// The same for an attribute's value in double quotes: line ends and tabs survive.
std::string markup_attribute(std::string_view text);
/// At most `characters_max` characters of the first line; what was cut shows as an ellipsis. Not escaped.
std::string one_line(std::string_view text, std::size_t characters_max);

}  // namespace casewire::scenarios::report
