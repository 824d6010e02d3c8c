// Group (queues, too): its DeveloperName is unique among groups of its type. Source: Object Reference, "Group", v62.0; StatusCode,
// DUPLICATE_DEVELOPER_NAME. Guessed: the words of both refusals, and the code of a name that cannot be one.

#include "sim/salesforce/records/group.hpp"

#include <algorithm>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kNumbersTried = 10'000;

bool is_developer_name(std::string_view name) {
  return is_letter(name.front()) && name.back() != '_' && name.find("__") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_alphanumeric(c) || c == '_'; });
}

bool is_taken(Draft& draft, std::string_view name) {
  const auto type = draft.text("Type");
  bool taken = false;
  draft.store.each(draft.type, false, [&](const Record& row) {
    taken = row.text("Id") != draft.id && row.text("Type") == type && equals_ignoring_case(row.text("DeveloperName"), name);
    return !taken;
  });
  return taken;
}

// Queues may share a name that people see, and then the second one's for programs has a number.
std::string free_developer_name(Draft& draft) {
  const auto name = developer_name_of(draft.text("Name"));
  auto numbered = name;
  for (std::size_t number = 1; number < kNumbersTried && is_taken(draft, numbered); ++number)
    numbered = name + std::to_string(number);
  return numbered;
}

SaveErrors before_group(Draft& draft, Saver&) {
  const auto name = draft.text("DeveloperName");
  const auto refused = [](const char* code, const char* message) {
    return SaveErrors{{.code = code, .message = message, .fields = {{"DeveloperName"}}}};
  };
  if (name.empty()) {
    if (!draft.before && !draft.text("Name").empty()) draft["DeveloperName"] = free_developer_name(draft);
    return {};
  }
  if (!draft.changes("DeveloperName")) return {};
  if (!is_developer_name(name))
    return refused("FIELD_INTEGRITY_EXCEPTION",
                   "The Group Name can only contain underscores and alphanumeric characters. It must be unique, begin with a "
                   "letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.");
  if (is_taken(draft, name))
    return refused("DUPLICATE_DEVELOPER_NAME",
                   "This Group Name already exists or has been previously used. Please choose a different name.");
  return {};
}

}  // namespace

std::string developer_name_of(std::string_view name) {
  std::string made;
  for (const char c : name) {
    if (is_alphanumeric(c))
      made += c;
    else if (!made.empty() && made.back() != '_')
      made += '_';
  }
  if (made.ends_with('_')) made.pop_back();
  return made.empty() || !is_letter(made.front()) ? "X" + made : made;
}

const Behaviour kGroupBehaviour{.object = "Group", .before_save = before_group};

}  // namespace casewire::sim::salesforce
