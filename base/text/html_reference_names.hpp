#pragma once
// The table of HTML's named character references (HTML Living Standard, 13.5), sorted by name.

#include <span>
#include <string_view>

namespace casewire {

struct HtmlReferenceName {
  std::string_view name;  ///< without `&`; with the semicolon where the standard has one
  std::string_view utf8;
};

std::span<const HtmlReferenceName> html_reference_names();

}  // namespace casewire
