#pragma once
// What a user's profile and permission sets do not allow, of what the objects themselves would. Sharing of single rows is not
// modelled. Sources: Salesforce Help, "Object Permissions" and "Field-Level Security"; what a refusal says was captured from real
// orgs ("entity type cannot be inserted: Contact", 400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY).

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

/// Of a user who is not named here everything is allowed.
class Rights {
 public:
  enum class Right { create, edit };

  void withhold(std::string_view user_id, const SObjectType& type, Right right);
  /// The field is read-only to that user, of new rows too.
  void withhold(std::string_view user_id, const SObjectType& type, const Field& field);
  void give_back(std::string_view user_id);

  bool may(std::string_view user_id, const SObjectType& type, Right right) const;
  bool may_write(std::string_view user_id, const SObjectType& type, const Field& field) const;

 private:
  struct Withheld {
    std::set<std::string> to_create{}, to_edit{};            ///< objects
    std::set<std::pair<std::string, std::string>> fields{};  ///< object and field
  };
  std::map<std::string, Withheld, std::less<>> by_user_;
};

}  // namespace casewire::sim::salesforce
