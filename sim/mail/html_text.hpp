#pragma once
// The readable text of an HTML mail that has no plain part: tags go, paragraphs and line breaks become lines, entities become
// characters. No layout: tables and lists read top to bottom.

#include <string>
#include <string_view>

namespace casewire::sim::mail {

std::string text_of_html(std::string_view html);

}  // namespace casewire::sim::mail
