// Contact, Lead and User: the name is put together, and the Cases of a Contact show what it says now. Profiles stay as they are.
// Source: Object Reference, "Contact", "Lead", "User", "Profile", "Case", Spring '26.

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

// Conversion is not modelled, and neither is what a converted lead needs (ConvertedAccountId, ConvertedDate) and refuses.
SaveErrors settle_lead(Draft& draft, Saver& saver) {
  if (draft.changes("IsConverted") && draft["IsConverted"] == Value{true})
    return {not_modelled_error("leads that are converted")};
  return put_name_together(draft, saver);
}

// A real org wants to know the licence (UserLicenseId), and protects its own profiles.
SaveErrors refuse_profile(Draft&, Saver&) { return {not_modelled_error("changes of profiles")}; }
SaveErrors refuse_removal_of_profile(const Actor&, const Row&) { return {not_modelled_error("changes of profiles")}; }

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
const Behaviour kLeadBehaviour{.object = "Lead", .before_save = settle_lead};
const Behaviour kProfileBehaviour{.object = "Profile", .before_save = refuse_profile, .check_remove = refuse_removal_of_profile};

}  // namespace casewire::sim::salesforce
