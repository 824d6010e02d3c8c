#pragma once
// Character references of HTML: `&amp;`, `&copy`, `&#8364;`, `&#x20AC;`. Follows: HTML Living Standard, 13.2.5.72 to 13.2.5.80 and
// 13.5 "Named character references" (all 2,231 names, the 106 that need no semicolon among them).

#include <cstddef>
#include <string>
#include <string_view>

namespace casewire {

struct HtmlReference {
  std::size_t bytes = 0;  ///< how much of the text it takes, `&` included; 0 when there is none
  std::string utf8{};     ///< what it stands for
};

enum class HtmlReferencePlace {
  text,
  attribute,  ///< where `&copy=1` is an address and no sign (13.2.5.73)
};

/// The reference that begins at `at`, where a `&` stands. The longest name counts. A number that is no character is U+FFFD; one from
/// 0x80 to 0x9F is read as windows-1252, as browsers do.
HtmlReference html_reference_at(std::string_view html, std::size_t at, HtmlReferencePlace place = HtmlReferencePlace::text);

}  // namespace casewire
