// Contact, Lead and User: the name is put together, and the Cases of a Contact show what it says now; who has Cases is not deleted, and
// neither is an Account that has.
// Source: Object Reference, "Contact", "Lead", "User", "Case", Spring '26.

#include "base/text/utf8.hpp"
#include "sim/salesforce/records/behaviour.hpp"
#include "sim/salesforce/records/contact_view.hpp"
#include "sim/salesforce/records/hierarchy.hpp"
#include "sim/salesforce/records/validate.hpp"

namespace casewire::sim::salesforce {
namespace {

void put_name_together(Draft& draft) {
  const auto first = draft.text("FirstName"), last = draft.text("LastName");
  const auto name = first.empty() || last.empty() ? first + last : first + " " + last;
  draft["Name"] = name.empty() ? Value{} : Value{name};
}

SaveErrors before_contact(Draft& draft, Saver&) {
  put_name_together(draft);
  return check_hierarchy(draft, "ReportsToId");
}

SaveErrors before_account(Draft& draft, Saver&) { return check_hierarchy(draft, "ParentId"); }

// In captured words (from Apex), and blanks.
SaveErrors check_username(Draft& draft) {
  const auto& field = *draft.type.field("Username");
  const auto username = draft.text("Username");
  if (!draft.changes("Username")) return {};
  const auto refused = [&](const char* code, const char* message) {
    return SaveErrors{{.code = code, .message = message, .fields = {{field.name}}}};
  };
  if (!is_email_address(username))
    return refused("FIELD_INTEGRITY_EXCEPTION",
                   "Username must be in the form of an email address (for example, john@acme.com): Username");
  for (const Row* other : draft.store.matching(draft.type, field, username))
    if (other->id != draft.id)
      return refused(
          "DUPLICATE_USERNAME",
          "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must "
          "be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match "
          "the user's email address). ");
  return {};
}

// Recalled: a user without a nickname is given one, as in the test classes of many packages; what it is like is guessed.
SaveErrors before_user(Draft& draft, Saver&) {
  if (auto errors = check_username(draft); !errors.empty()) return errors;
  const auto username = draft.text("Username");
  if (is_null(draft["CommunityNickname"]) && !username.empty() && !draft.before)
    draft["CommunityNickname"] = std::string{prefix_of_characters(username.substr(0, username.find('@')), 40)};
  put_name_together(draft);
  return {};
}

// Conversion is not modelled, and neither is what a converted lead needs (ConvertedAccountId, ConvertedDate) and refuses.
SaveErrors before_lead(Draft& draft, Saver&) {
  if (draft.changes("IsConverted") && draft["IsConverted"] == Value{true})
    return {not_modelled_error("leads that are converted")};
  put_name_together(draft);
  return {};
}

std::vector<Row*> cases_of(Store& store, std::string_view reference, const Row& row) {
  const auto* type = store.schema().find("Case");
  return store.matching(*type, *type->field(reference), row.id);
}

// Captured over REST of a contact, as a comment of a public integration keeps it; documented of an account. How several numbers are
// listed is guessed.
SaveErrors refuse_with_cases(std::string name, const std::vector<Row*>& cases) {
  if (cases.empty()) return {};
  std::string numbers;
  for (const Row* one : cases) numbers += (numbers.empty() ? "" : ", ") + one->text("CaseNumber");
  return {record_error("DELETE_FAILED",
                       "Your attempt to delete " + std::move(name) +
                           " could not be completed because it is associated with the following cases.: " + numbers + "\n")};
}

SaveErrors check_remove_of_contact(Store& store, const Actor&, const Row& row) {
  const auto salutation = row.text("Salutation");
  return refuse_with_cases(salutation + (salutation.empty() ? "" : " ") + row.text("Name"), cases_of(store, "ContactId", row));
}

SaveErrors check_remove_of_account(Store& store, const Actor&, const Row& row) {
  return refuse_with_cases(row.text("Name"), cases_of(store, "AccountId", row));
}

SaveErrors show_on_cases(Draft& draft, Row& row, Saver&) {
  if (!draft.before) return {};
  for (Row* one : cases_of(draft.store, "ContactId", row))
    for (const auto& view : kContactViews)
      if (one->at(view.of_case) != row.at(view.of_contact)) draft.store.set(*one, view.of_case, row.at(view.of_contact));
  return {};
}

void leave_cases(Store& store, Row& contact) {
  for (Row* one : cases_of(store, "ContactId", contact))
    for (const auto& view : kContactViews) store.set(*one, view.of_case, Value{});
}

}  // namespace

const Behaviour kContactBehaviour{.object = "Contact",
                                  .before_save = before_contact,
                                  .after_save = show_on_cases,
                                  .check_remove = check_remove_of_contact,
                                  .after_remove = leave_cases};
const Behaviour kAccountBehaviour{.object = "Account", .before_save = before_account, .check_remove = check_remove_of_account};
const Behaviour kUserBehaviour{.object = "User", .before_save = before_user};
const Behaviour kLeadBehaviour{.object = "Lead", .before_save = before_lead};

}  // namespace casewire::sim::salesforce
