// EmailMessage: a row never sends anything, and freezes unless it is a draft. Source: Object Reference, "EmailMessage", Spring '26.
// Assumed: Status when absent ("0" incoming on a Case, else "3"), the error code for a change of a sent row and for a mail that is
// on no Case and claims to be anything but sent, or is on one Case and related to something else. Recalled: MessageDate's
// default. Guessed: how TextBody follows from HtmlBody where it is absent. Left out: EmailMessageRelation rows, the Task of
// Enhanced Email.

#include "base/text/html_text.hpp"
#include "base/text/utf8.hpp"
#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

Value shown_text(std::string_view html, const Field& field) {
  const auto text = text_of_html(html);
  return text.empty() ? Value{} : Value{std::string{prefix_of_characters(text, field.length)}};
}

SaveErrors settle_new(Draft& draft) {
  const bool incoming = draft["Incoming"] == Value{true}, on_case = !is_null(draft["ParentId"]);
  if (is_null(draft["Status"])) draft["Status"] = std::string{incoming && on_case ? "0" : "3"};
  if (!on_case && draft.text("Status") != "3")
    return {field_error("FIELD_INTEGRITY_EXCEPTION", *draft.type.field("Status"), "an email on no case can only be sent")};
  if (is_null(draft["MessageDate"])) draft["MessageDate"] = whole_seconds(draft.store.now());
  if (is_null(draft["RelatedToId"])) draft["RelatedToId"] = draft["ParentId"];
  // Of what people write in the pages there may be none.
  if (draft.actor.by_api && is_null(draft["TextBody"]))
    draft["TextBody"] = shown_text(draft.text("HtmlBody"), *draft.type.field("TextBody"));
  return {};
}

// Of a mail on a case both are the case.
SaveErrors check_parents(Draft& draft) {
  if (is_null(draft["ParentId"]) || draft["RelatedToId"] == draft["ParentId"]) return {};
  return {field_error("FIELD_INTEGRITY_EXCEPTION", *draft.type.field("RelatedToId"), "must be the case of the email")};
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

SaveErrors before_email(Draft& draft, Saver&) {
  auto errors = draft.before ? check_frozen(draft) : settle_new(draft);
  return errors.empty() ? check_parents(draft) : std::move(errors);
}

}  // namespace

const Behaviour kEmailMessageBehaviour{.object = "EmailMessage", .before_save = before_email};

}  // namespace casewire::sim::salesforce
