// Task: closed by its status, and on the account of what or whom it is about. Source: Object Reference, "Task", Spring '26.
// Of whom is a lead, it is about nothing else (the same, "WhoId").
// Recalled: the one closed status, "Completed"; CompletedDateTime is cleared on reopening.

#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

Value account_of(Store& store, std::string_view id) {
  const Row* row = store.find(id);
  if (!row) return {};
  return row->type->name == "Account" ? Value{row->id} : row->at("AccountId");
}

// That it is refused, and its code, are documented; the words are guessed.
SaveErrors check_lead_alone(Draft& draft) {
  const Row* who = draft.store.find(draft.text("WhoId"));
  if (!who || who->type->name != "Lead" || draft.text("WhatId").empty()) return {};
  return {field_error("FIELD_INTEGRITY_EXCEPTION", *draft.type.field("WhatId"),
                      "a task with a lead is related to nothing else: " + draft.text("WhatId"))};
}

SaveErrors before_task(Draft& draft, Saver&) {
  if (auto errors = check_lead_alone(draft); !errors.empty()) return errors;
  const bool closed = draft.text("Status") == "Completed";
  const bool was_closed = draft.before && draft.before->at("IsClosed") == Value{true};
  draft["IsClosed"] = closed;
  draft["IsHighPriority"] = draft.text("Priority") == "High";
  if (!closed)
    draft["CompletedDateTime"] = Value{};
  else if (!was_closed)
    draft["CompletedDateTime"] = whole_seconds(draft.store.now());
  auto account = account_of(draft.store, draft.text("WhatId"));
  if (is_null(account)) account = account_of(draft.store, draft.text("WhoId"));
  draft["AccountId"] = std::move(account);
  return {};
}

}  // namespace

const Behaviour kTaskBehaviour{.object = "Task", .before_save = before_task};

}  // namespace casewire::sim::salesforce
