// Contact, Lead and User: the name is put together, and the Cases of a Contact show what it says now.
// Source: Object Reference, "Contact", "Lead", "User", "Case", Spring '26.

#include "sim/salesforce/records/behaviour.hpp"
#include "sim/salesforce/records/contact_view.hpp"

namespace casewire::sim::salesforce {
namespace {

SaveErrors put_name_together(Draft& draft, Saver&) {
  const auto first = draft.text("FirstName"), last = draft.text("LastName");
  const auto name = first.empty() || last.empty() ? first + last : first + " " + last;
  draft["Name"] = name.empty() ? Value{} : Value{name};
  return {};
}

std::vector<Row*> cases_of(Store& store, const Row& contact) {
  const auto* type = store.schema().find("Case");
  return store.matching(*type, *type->field("ContactId"), contact.id);
}

SaveErrors show_on_cases(Draft& draft, Row& row, Saver&) {
  if (!draft.before) return {};
  for (Row* one : cases_of(draft.store, row))
    for (const auto& view : kContactViews)
      if (one->at(view.of_case) != row.at(view.of_contact)) draft.store.set(*one, view.of_case, row.at(view.of_contact));
  return {};
}

void leave_cases(Store& store, Row& contact) {
  for (Row* one : cases_of(store, contact))
    for (const auto& view : kContactViews) store.set(*one, view.of_case, Value{});
}

}  // namespace

const Behaviour kContactBehaviour{
    .object = "Contact", .before_save = put_name_together, .after_save = show_on_cases, .after_remove = leave_cases};
const Behaviour kUserBehaviour{.object = "User", .before_save = put_name_together};
const Behaviour kLeadBehaviour{.object = "Lead", .before_save = put_name_together};

}  // namespace casewire::sim::salesforce
