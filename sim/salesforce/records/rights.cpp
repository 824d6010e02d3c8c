#include "sim/salesforce/records/rights.hpp"

namespace casewire::sim::salesforce {

void Rights::withhold(std::string_view user_id, const SObjectType& type, Right right) {
  auto& withheld = by_user_[std::string{user_id}];
  (right == Right::create ? withheld.to_create : withheld.to_edit).insert(type.name);
}

void Rights::withhold(std::string_view user_id, const SObjectType& type, const Field& field) {
  by_user_[std::string{user_id}].fields.emplace(type.name, field.name);
}

void Rights::give_back(std::string_view user_id) {
  if (const auto found = by_user_.find(user_id); found != by_user_.end()) by_user_.erase(found);
}

bool Rights::may(std::string_view user_id, const SObjectType& type, Right right) const {
  const auto found = by_user_.find(user_id);
  if (found == by_user_.end()) return true;
  return !(right == Right::create ? found->second.to_create : found->second.to_edit).contains(type.name);
}

bool Rights::may_write(std::string_view user_id, const SObjectType& type, const Field& field) const {
  const auto found = by_user_.find(user_id);
  return found == by_user_.end() || !found->second.fields.contains({type.name, field.name});
}

}  // namespace casewire::sim::salesforce
