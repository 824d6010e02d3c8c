#pragma once
// The text of schema/standard.json, as it was when this program was built.

#include <string_view>

namespace casewire::sim::salesforce {

std::string_view standard_json();

}  // namespace casewire::sim::salesforce
