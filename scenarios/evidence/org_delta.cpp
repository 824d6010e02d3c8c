#include "scenarios/evidence/org_delta.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <variant>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

/// Of one custom field: what its values have in common.
class Shape {
 public:
  void take(const Json& value) {
    if (value.is_null()) return;
    const bool is_text = value.is_string();
    const std::string text = is_text ? value.get<std::string>() : std::string();
    const bool is_truth = value.is_boolean() || equals_ignoring_case(text, "true") || equals_ignoring_case(text, "false");
    const bool is_date = text.size() == 10 && text[4] == '-' && time_from(text + "T00:00:00Z");
    const char* type = is_truth                                                ? "boolean"
                       : value.is_number()                                     ? "double"
                       : is_date                                               ? "date"
                       : text.size() > 18 && text[4] == '-' && time_from(text) ? "datetime"
                                                                               : "string";
    if (!type_.empty() && type_ != type) type = "string";
    type_ = type;
    longest_ = std::max(longest_, text.size());
  }

  std::string type() const {
    constexpr std::size_t kStringMax = 255;
    return type_ == "string" && longest_ > kStringMax ? "textarea" : type_.empty() ? "string" : type_;
  }
  Json field(const std::string& name) const {
    Json field{{"name", name}, {"type", type()}};
    if (type() == "string") field["length"] = 255;
    if (type() == "textarea") field["length"] = 131'072;
    if (type() == "double") field.update({{"precision", 18}, {"scale", 4}});
    return field;
  }

 private:
  std::string type_;
  std::size_t longest_ = 0;
};

struct SeenField {
  std::string name{};
  Shape shape{};
};
using Seen = std::map<std::string, std::map<std::string, SeenField>>;  // by object and the field's name in lower case

/// Heads of tables are anybody's, and an org file with a name that cannot be would be refused.
bool is_custom_field(std::string_view name) {
  constexpr std::size_t kLongest = 43;
  return lowercase(name).ends_with("__c") && name.size() > 3 && name.size() <= kLongest && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_alphanumeric(c) || c == '_'; });
}

void look_at(const std::string& object, const Json& fields, Seen& seen) {
  constexpr std::array<std::string_view, 7> kObjects{"Account", "Case",           "CaseComment", "Contact",
                                                     "User",    "ContentVersion", "EmailMessage"};
  if (std::find(kObjects.begin(), kObjects.end(), object) == kObjects.end()) return;
  for (const auto& [name, value] : fields.items()) {
    if (!is_custom_field(name)) continue;
    SeenField& field = seen[object][lowercase(name)];
    // The Data Loader writes heads in capitals; who else shows the field has its name.
    if (field.name.empty() || name.ends_with("__c")) field.name = name.substr(0, name.size() - 1) + "c";
    field.shape.take(value);
  }
}

bool is_among(const Json& list, std::string_view name) {
  return list.is_array() && std::any_of(list.begin(), list.end(),
                                        [&](const Json& one) { return equals_ignoring_case(string_member(one, "name"), name); });
}

}  // namespace

std::optional<OrgDelta> org_delta(const Json& known_org, const Evidence& evidence) {
  Seen seen;
  std::map<std::string, bool> closed_by_status;
  for (const auto& [id, row] : evidence.rows) {
    look_at(row.object, row.fields, seen);
    const std::string status = row.object == "Case" ? string_member(row.fields, "Status") : std::string();
    constexpr std::size_t kStatusMax = 40;
    if (status.empty() || status.size() > kStatusMax) continue;
    bool& is_closed = closed_by_status[status];
    is_closed = is_closed || member(row.fields, "IsClosed") == true;
  }
  for (const Clue& clue : evidence.clues) {
    if (const auto* change = std::get_if<sim::RecordChange>(&clue.event)) look_at(change->object, change->fields, seen);
  }

  OrgDelta delta{known_org, {}};
  for (const auto& [object, fields] : seen) {
    for (const auto& [key, field] : fields) {
      Json& known = delta.org["schema"]["objects"][object]["fields"];
      if (is_among(known, field.name)) continue;
      known.push_back(field.shape.field(field.name));
      delta.told.push_back(object + "." + field.name + ", a " + field.shape.type());
    }
  }
  for (const auto& [status, is_closed] : closed_by_status) {
    Json& known = delta.org["caseStatuses"];
    if (is_among(known, status)) continue;
    Json one{{"name", status}};
    if (is_closed) one["closed"] = true;
    known.push_back(std::move(one));
    delta.told.push_back("the status " + status + (is_closed ? ", with which a Case is closed" : " of a Case"));
  }
  return delta.told.empty() ? std::nullopt : std::optional(std::move(delta));
}

}  // namespace casewire::scenarios
