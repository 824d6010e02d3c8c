// FeedItem: what people post in a record's feed, a text, a link or a file. Posts that the org makes by itself (of mails, comments and
// changed fields) are not modelled. Source: Object Reference, "FeedItem", Spring '26: Body and Visibility; a post of an internal user
// on a record is for internal users unless it says otherwise. Guessed: the texts of the refusals.

#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

bool may_change(const Actor& actor, const Row& row) { return actor.modify_all || row.text("CreatedById") == actor.user_id; }

SaveErrors before_post(Draft& draft, Saver&) {
  if (draft.before) return may_change(draft.actor, *draft.before) ? SaveErrors{} : SaveErrors{no_rights_error()};
  if (is_null(draft["Type"])) draft["Type"] = std::string{"TextPost"};
  const auto type = draft.text("Type");
  if (type == "LinkPost" && is_null(draft["LinkUrl"])) return {missing_fields_error({"LinkUrl"})};
  if (type == "TextPost" && is_null(draft["Body"])) return {missing_fields_error({"Body"})};
  // A post of a file without a file is a text.
  if (type == "ContentPost" && is_null(draft["RelatedRecordId"])) {
    if (is_null(draft["Body"])) return {missing_fields_error({"Body"})};
    draft["Type"] = std::string{"TextPost"};
  }
  if (type != "TextPost" && type != "LinkPost" && type != "ContentPost")
    return {not_modelled_error("a FeedItem of the type " + type)};
  if (is_null(draft["Visibility"])) draft["Visibility"] = std::string{"InternalUsers"};
  draft["InsertedById"] = draft.actor.user_id;
  return {};
}

SaveErrors check_remove_of_post(Store&, const Actor& actor, const Row& row) {
  return may_change(actor, row) ? SaveErrors{} : SaveErrors{no_rights_error()};
}

}  // namespace

const Behaviour kFeedItemBehaviour{.object = "FeedItem", .before_save = before_post, .check_remove = check_remove_of_post};

}  // namespace casewire::sim::salesforce
