#pragma once
// The encoded words of a header (RFC 2047). GMime 3.2 decodes neighbours in base64 as one text, and stops at the padding of the first.

#include <string>
#include <string_view>

namespace casewire::sim::mail {

/// `header` with neighbours of one charset in base64 made one word; blanks and folds between them do not count (RFC 2047 6.2).
std::string with_joined_words(std::string_view header);

}  // namespace casewire::sim::mail
