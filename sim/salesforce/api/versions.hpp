#pragma once
// The API versions, as data: three releases a year, by the vendor's own list. v7.0 to v30.0 are retired (410), a version that the
// calendar promises and nobody has seen yet is answered and marked, anything else is unknown (404).

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/json.hpp"

namespace casewire::sim::salesforce {

struct ApiVersion {
  int number;
  std::string_view season;
  int year;  ///< of the label, two digits: Winter '27 comes in October 2026
  struct Month {
    int year, month;
  } released;               ///< when production orgs have it
  bool is_guessed = false;  ///< by the calendar; no document names it yet
};

/// Ascending.
const std::array<ApiVersion, 38>& api_versions();
inline constexpr int kRetiredFrom = 7, kOldestVersion = 31;
/// Of those that are not guessed.
int newest_version();
bool is_served(int number);
bool is_guessed(int number);

/// 66 for "v66.0"; nullopt when the text is no version ("v66").
std::optional<int> version_number(std::string_view text);
/// What `GET /services/data` answers: the versions that are not guessed.
Json version_list();

}  // namespace casewire::sim::salesforce
