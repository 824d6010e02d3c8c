#pragma once
// How Salesforce compares text: without case. Simple case folding for Latin, Greek and Cyrillic letters; other scripts compare by
// code point. No accents are folded and no locale is read (assumed).

#include <string_view>

namespace casewire::sim::salesforce::soql {

/// The next code point of `text`, folded; advances `position`. An invalid byte stands for itself.
char32_t next_folded(std::string_view text, std::size_t& position);
/// Negative, 0, positive, by folded code points.
int compare_folded(std::string_view a, std::string_view b);

}  // namespace casewire::sim::salesforce::soql
