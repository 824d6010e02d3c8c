#pragma once
// How a group or queue is called in the API.

#include <string>
#include <string_view>

namespace casewire::sim::salesforce {

/// "Tier 2" is "Tier_2": the DeveloperName that a group gets which was given none. Guessed: what stands in place of what no name may have.
std::string developer_name_of(std::string_view name);

}  // namespace casewire::sim::salesforce
