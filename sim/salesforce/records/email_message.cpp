// EmailMessage: a row never sends anything, and freezes unless it is a draft. Source: Object Reference, "EmailMessage", Spring '26.
// Assumed: Status when absent ("0" incoming, "3" outgoing), the error code for a change of a sent row. Recalled: MessageDate's
// default. Left out: deriving TextBody from HtmlBody, EmailMessageRelation rows, the Task of Enhanced Email.

#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

SaveErrors settle_new(Draft& draft) {
  const bool incoming = draft["Incoming"] == Value{true};
  if (is_null(draft["Status"])) draft["Status"] = std::string{incoming ? "0" : "3"};
  if (is_null(draft["MessageDate"])) draft["MessageDate"] = whole_seconds(draft.store.now());
  if (is_null(draft["RelatedToId"])) draft["RelatedToId"] = draft["ParentId"];
  return {};
}

// Sent or received: only custom fields, IsExternallyVisible, and New to Read.
SaveErrors check_frozen(Draft& draft) {
  if (draft.before->text("Status") == "5") return {};
  for (const auto index : draft.written) {
    const auto& field = draft.type.fields[index];
    if (draft.values[index] == draft.before->values[index] || field.custom || field.name == "IsExternallyVisible") continue;
    if (field.name == "Status" && draft.before->text("Status") == "0" && draft.text("Status") == "1") continue;
    return {no_access_error()};
  }
  return {};
}

SaveErrors before_save(Draft& draft, Saver&) { return draft.before ? check_frozen(draft) : settle_new(draft); }

}  // namespace

const Behaviour kEmailMessageBehaviour{.object = "EmailMessage", .before_save = before_save};

}  // namespace casewire::sim::salesforce
