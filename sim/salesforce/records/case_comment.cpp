// CaseComment: fixed once written, except for IsPublished. Source: Object Reference, "CaseComment", Spring '26; the refusal's code
// is assumed. The owner's unread mark is inferred.

#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

SaveErrors before_save(Draft& draft, Saver&) {
  if (draft.before && !draft.actor.modify_all && draft.changes("CommentBody"))
    return {record_error("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", 403)};
  return {};
}

SaveErrors after_save(Draft& draft, Row& row, Saver&) {
  Row* parent = draft.store.find(row.text("ParentId"));
  if (!draft.before && parent && parent->text("OwnerId") != draft.actor.user_id)
    draft.store.set(*parent, "HasCommentsUnreadByOwner", true);
  return {};
}

}  // namespace

const Behaviour kCaseCommentBehaviour{.object = "CaseComment", .before_save = before_save, .after_save = after_save};

}  // namespace casewire::sim::salesforce
