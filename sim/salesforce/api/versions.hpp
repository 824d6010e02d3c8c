#pragma once
// API versions of this org: Spring '26. v7.0 to v30.0 are retired (410), anything else is unknown (404).

#include <optional>
#include <string_view>

#include "base/text/json.hpp"

namespace casewire::sim::salesforce {

inline constexpr int kRetiredFrom = 7, kOldestVersion = 31, kNewestVersion = 66;

/// 66 for "v66.0"; nullopt when the text is no version ("v66").
std::optional<int> version_number(std::string_view text);
/// What `GET /services/data` answers.
Json version_list();

}  // namespace casewire::sim::salesforce
