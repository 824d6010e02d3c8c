#include "sim/salesforce/api/versions.hpp"

#include <algorithm>
#include <charconv>

namespace casewire::sim::salesforce {
namespace {

// clang-format off
constexpr std::array<ApiVersion, 38> kVersions{
    ApiVersion{31, "Summer", 14, {2014, 7}},
    ApiVersion{32, "Winter", 15, {2014, 10}},
    ApiVersion{33, "Spring", 15, {2015, 2}},
    ApiVersion{34, "Summer", 15, {2015, 6}},
    ApiVersion{35, "Winter", 16, {2015, 10}},
    ApiVersion{36, "Spring", 16, {2016, 2}},
    ApiVersion{37, "Summer", 16, {2016, 6}},
    ApiVersion{38, "Winter", 17, {2016, 10}},
    ApiVersion{39, "Spring", 17, {2017, 2}},
    ApiVersion{40, "Summer", 17, {2017, 6}},
    ApiVersion{41, "Winter", 18, {2017, 10}},
    ApiVersion{42, "Spring", 18, {2018, 2}},
    ApiVersion{43, "Summer", 18, {2018, 6}},
    ApiVersion{44, "Winter", 19, {2018, 10}},
    ApiVersion{45, "Spring", 19, {2019, 2}},
    ApiVersion{46, "Summer", 19, {2019, 6}},
    ApiVersion{47, "Winter", 20, {2019, 10}},
    ApiVersion{48, "Spring", 20, {2020, 2}},
    ApiVersion{49, "Summer", 20, {2020, 6}},
    ApiVersion{50, "Winter", 21, {2020, 10}},
    ApiVersion{51, "Spring", 21, {2021, 2}},
    ApiVersion{52, "Summer", 21, {2021, 6}},
    ApiVersion{53, "Winter", 22, {2021, 10}},
    ApiVersion{54, "Spring", 22, {2022, 2}},
    ApiVersion{55, "Summer", 22, {2022, 6}},
    ApiVersion{56, "Winter", 23, {2022, 10}},
    ApiVersion{57, "Spring", 23, {2023, 2}},
    ApiVersion{58, "Summer", 23, {2023, 6}},
    ApiVersion{59, "Winter", 24, {2023, 10}},
    ApiVersion{60, "Spring", 24, {2024, 2}},
    ApiVersion{61, "Summer", 24, {2024, 6}},
    ApiVersion{62, "Winter", 25, {2024, 10}},
    ApiVersion{63, "Spring", 25, {2025, 2}},
    ApiVersion{64, "Summer", 25, {2025, 6}},
    ApiVersion{65, "Winter", 26, {2025, 10}},
    ApiVersion{66, "Spring", 26, {2026, 2}},
    ApiVersion{67, "Summer", 26, {2026, 6}},
    ApiVersion{68, "Winter", 27, {2026, 10}, true},
};
// clang-format on

const ApiVersion* find(int number) {
  const auto found = std::find_if(kVersions.begin(), kVersions.end(), [&](const auto& one) { return one.number == number; });
  return found == kVersions.end() ? nullptr : &*found;
}

}  // namespace

const std::array<ApiVersion, 38>& api_versions() { return kVersions; }

int newest_version() {
  int newest = kOldestVersion;
  for (const auto& version : kVersions)
    if (!version.is_guessed) newest = std::max(newest, version.number);
  return newest;
}

bool is_served(int number) { return find(number) != nullptr; }

bool is_guessed(int number) {
  const auto* version = find(number);
  return version && version->is_guessed;
}

std::optional<int> version_number(std::string_view text) {
  if (!text.starts_with("v") || !text.ends_with(".0") || text.size() > 6) return std::nullopt;
  int number = 0;
  const auto* end = text.data() + text.size() - 2;
  const auto [stop, error] = std::from_chars(text.data() + 1, end, number);
  return error == std::errc{} && stop == end ? std::optional{number} : std::nullopt;
}

Json version_list() {
  Json versions = Json::array();
  for (const auto& version : kVersions) {
    if (version.is_guessed) continue;
    const auto number = std::to_string(version.number) + ".0";
    versions.push_back({{"label", std::string{version.season} + " \xE2\x80\x99" + std::to_string(version.year)},
                        {"url", "/services/data/v" + number},
                        {"version", number}});
  }
  return versions;
}

}  // namespace casewire::sim::salesforce
