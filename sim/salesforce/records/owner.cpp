#include "sim/salesforce/records/owner.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

bool queue_holds(Store& store, std::string_view queue_id, std::string_view object) {
  const auto* type = store.schema().find("QueueSobject");
  const auto rows = store.matching(*type, *type->field("QueueId"), queue_id);
  return std::any_of(rows.begin(), rows.end(), [&](const Row* row) { return row->text("SobjectType") == object; });
}

}  // namespace

SaveErrors settle_owner(Draft& draft) {
  const auto* field = draft.type.field("OwnerId");
  if (!field) return {};
  if (!draft.before && !draft.wrote("OwnerId")) {
    draft["OwnerId"] = draft.actor.user_id;
    return {};
  }
  if (!draft.wrote("OwnerId")) return {};
  if (is_null(draft["OwnerId"])) {
    SaveError error = field_error("INVALID_CROSS_REFERENCE_KEY", *field, "owner cannot be blank");
    return {std::move(error)};
  }
  const auto owner_id = draft.text("OwnerId");
  const Row* owner = draft.store.find(owner_id);
  if (owner->type->name == "User" && owner->at("IsActive") == Value{false})
    return {record_error("INACTIVE_OWNER_OR_USER",
                         "operation performed with inactive user [" + owner_id + "] as owner of " + lowercase(draft.type.label))};
  // Recalled, not captured.
  if (owner->type->name == "Group" && !queue_holds(draft.store, owner_id, draft.type.name))
    return {record_error("INVALID_OPERATION", "Queue not associated with this SObject type")};
  return {};
}

}  // namespace casewire::sim::salesforce
