#pragma once
// XML without people: elements and attributes keep the names that the vendors gave them, and nothing else of it stays, wherever it stands.

#include <string>
#include <string_view>

#include "scenarios/tape/redacted_text.hpp"

namespace casewire::scenarios {

std::string xml_redacted(std::string_view xml, RedactedText& texts);

}  // namespace casewire::scenarios
