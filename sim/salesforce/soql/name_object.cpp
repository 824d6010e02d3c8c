#include "sim/salesforce/soql/name_object.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

constexpr std::array<std::string_view, 17> kFields{
    "Alias",     "Email", "FirstName", "Id",       "IsActive",   "LastName",     "Name",           "NameOrAlias",       "Phone",
    "ProfileId", "Title", "Type",      "Username", "UserRoleId", "RecordTypeId", "LastViewedDate", "LastReferencedDate"};
constexpr std::array<std::string_view, 3> kRelationships{"Profile", "RecordType", "UserRole"};

template <class Names>
bool is_among(const Names& names, std::string_view wanted) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return equals_ignoring_case(name, wanted); });
}

}  // namespace

bool is_field_of_name(std::string_view field) { return is_among(kFields, field); }

bool is_relationship_of_name(std::string_view relationship) { return is_among(kRelationships, relationship); }

}  // namespace casewire::sim::salesforce::soql
