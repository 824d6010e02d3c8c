// Case: number, status and what follows from it, contact and account, internal comments.
// Source: Object Reference, "Case" and "CaseStatus", Spring '26. Recalled: the first number, and ClosedDate on reopening.

#include <cstdio>

#include "sim/salesforce/records/behaviour.hpp"
#include "sim/salesforce/records/contact_view.hpp"
#include "sim/salesforce/records/hierarchy.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::uint64_t kFirstCaseNumber = 1000;

const Row* status_row(Draft& draft, std::string_view status) {
  const auto* type = draft.store.schema().find("CaseStatus");
  const auto rows = draft.store.matching(*type, *type->field("ApiName"), status);
  return rows.empty() ? nullptr : rows.front();
}

std::string default_status(Draft& draft) {
  std::string status = "New";
  draft.store.each(*draft.store.schema().find("CaseStatus"), false, [&](const Record& row) {
    if (row.at("IsDefault") != Value{true}) return true;
    status = row.text("ApiName");
    return false;
  });
  return status;
}

void settle_status(Draft& draft) {
  if (is_null(draft["Status"]) || (!draft.before && !draft.wrote("Status"))) draft["Status"] = default_status(draft);
  const Row* status = status_row(draft, draft.text("Status"));
  if (status) draft["Status"] = status->text("ApiName");                // found without case; shown as it was defined
  const bool closed = status && status->at("IsClosed") == Value{true};  // a status that nobody defined is open
  const bool was_closed = draft.before && draft.before->at("IsClosed") == Value{true};
  draft["IsClosed"] = closed;
  if (!closed)
    draft["ClosedDate"] = Value{};
  else if (!was_closed)
    draft["ClosedDate"] = whole_seconds(draft.store.now());
  if (!draft.before) draft["IsClosedOnCreate"] = closed;
}

// The contact's data is a view: it follows the contact (see people.cpp). The account is copied once.
void settle_contact(Draft& draft) {
  const Row* contact = draft.store.find(draft.text("ContactId"));
  for (const auto& view : kContactViews) draft[view.of_case] = contact ? contact->at(view.of_contact) : Value{};
  const bool first = !draft.before && !draft.wrote("AccountId");
  const bool later = draft.before && draft.changes("ContactId");
  if (contact && is_null(draft["AccountId"]) && (first || later)) draft["AccountId"] = contact->at("AccountId");
}

SaveErrors before_case(Draft& draft, Saver&) {
  if (!draft.before) {
    const auto& number = *draft.type.field("CaseNumber");
    char text[24];
    std::snprintf(text, sizeof text, "%08llu",
                  static_cast<unsigned long long>(draft.store.next_number(draft.type, number, kFirstCaseNumber)));
    draft["CaseNumber"] = std::string{text};
  }
  settle_status(draft);
  settle_contact(draft);
  return check_hierarchy(draft, "ParentId");
}

// "Comments" is a door, not a field: what is written there becomes an internal comment, and reading shows nothing.
SaveErrors after_case(Draft& draft, Row& row, Saver& saver) {
  const auto comment = row.at("Comments");
  if (is_null(comment)) return {};
  draft.store.set(row, "Comments", Value{});
  const Json fields{{"ParentId", row.id}, {"CommentBody", to_json(comment)}};
  return saver.create(draft.actor, *draft.store.schema().find("CaseComment"), fields).errors;
}

void show_contact(Store& store, Row& row) {
  const Row* contact = store.find(row.text("ContactId"));
  for (const auto& view : kContactViews) store.set(row, view.of_case, contact ? contact->at(view.of_contact) : Value{});
}

}  // namespace

const Behaviour kCaseBehaviour{
    .object = "Case", .before_save = before_case, .after_save = after_case, .after_move = show_contact};

}  // namespace casewire::sim::salesforce
