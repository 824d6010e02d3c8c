// Attachment and Document: the bytes are the row's own. Source: Object Reference, "Attachment", "Document", Spring '26. Assumed: an
// attachment of no bytes is refused as a file of none is; HasAttachment of a mail that gets one.

#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

// "Body" shows a path; what it holds besides is never seen.
void take_bytes(Draft& draft) {
  if (!draft.bytes) return;
  draft["Body"] = std::string{"/Body"};
  draft["BodyLength"] = static_cast<std::int64_t>(draft.bytes->size());
}

SaveErrors before_attachment(Draft& draft, Saver&) {
  if (!draft.before && (!draft.bytes || draft.bytes->empty())) return {missing_fields_error({"Body"})};
  take_bytes(draft);
  return {};
}

SaveErrors after_attachment(Draft& draft, Row& row, Saver&) {
  Row* parent = draft.store.find(row.text("ParentId"));
  if (!draft.before && parent && parent->type->name == "EmailMessage") draft.store.set(*parent, "HasAttachment", true);
  return {};
}

SaveErrors before_document(Draft& draft, Saver&) {
  if (!draft.before && is_null(draft["BodyLength"])) draft["BodyLength"] = std::int64_t{0};
  if (is_null(draft["AuthorId"])) draft["AuthorId"] = draft.actor.user_id;
  take_bytes(draft);
  return {};
}

}  // namespace

const Behaviour kAttachmentBehaviour{.object = "Attachment", .before_save = before_attachment, .after_save = after_attachment};
const Behaviour kDocumentBehaviour{.object = "Document", .before_save = before_document};

}  // namespace casewire::sim::salesforce
