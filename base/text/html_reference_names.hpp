#pragma once
// The table of HTML's named character references (HTML Living Standard, 13.5), sorted by name.

#include <span>

namespace casewire {

// Letters and no pointers to them: those would be half of all that the loader has to correct in a program before it starts.
struct HtmlReferenceName {
  char name[33];  ///< without `&`; with the semicolon where the standard has one
  char utf8[7];
};

std::span<const HtmlReferenceName> html_reference_names();

}  // namespace casewire
