// CaseComment: fixed once written, except for IsPublished, and not to be deleted. Source: Object Reference, "CaseComment", Spring
// '26; the refusal's code is assumed. The owner's unread mark is inferred.

#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

SaveErrors before_comment(Draft& draft, Saver&) {
  if (draft.before && !draft.actor.modify_all && draft.changes("CommentBody")) return {no_rights_error()};
  return {};
}

SaveErrors check_remove(Store&, const Actor& actor, const Row&) {
  return actor.modify_all ? SaveErrors{} : SaveErrors{no_rights_error()};
}

SaveErrors after_comment(Draft& draft, Row& row, Saver&) {
  Row* parent = draft.store.find(row.text("ParentId"));
  if (!draft.before && parent && parent->text("OwnerId") != draft.actor.user_id)
    draft.store.set(*parent, "HasCommentsUnreadByOwner", true);
  return {};
}

}  // namespace

const Behaviour kCaseCommentBehaviour{
    .object = "CaseComment", .before_save = before_comment, .after_save = after_comment, .check_remove = check_remove};

}  // namespace casewire::sim::salesforce
