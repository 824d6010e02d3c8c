#pragma once
// What an object does beyond its schema. Each object with a will of its own has one file: case.cpp, case_comment.cpp,
// email_message.cpp, content.cpp, attachment.cpp, feed_item.cpp, group.cpp, people.cpp, set_up.cpp, task.cpp.

#include <string_view>

#include "sim/salesforce/records/saver.hpp"

namespace casewire::sim::salesforce {

struct Behaviour {
  std::string_view object;
  /// Derives and checks before the row is written; may make rows of its own.
  SaveErrors (*before_save)(Draft&, Saver&) = nullptr;
  /// What follows from the row just written. `draft.before` still shows the values from before the save.
  SaveErrors (*after_save)(Draft&, Row&, Saver&) = nullptr;
  /// Whether this actor may delete the row. Not asked for rows that go because their parent goes.
  SaveErrors (*check_remove)(Store&, const Actor&, const Row&) = nullptr;
  /// What follows from the row just deleted, for whatever reason.
  void (*after_remove)(Store&, Row&) = nullptr;
  /// What follows from a merge that gave the row another parent.
  void (*after_move)(Store&, Row&) = nullptr;
  /// What the schema does not allow here, a real org would do.
  bool writes_not_modelled = false;
};

/// nullptr for an object that is nothing but its schema.
const Behaviour* behaviour_of(std::string_view object);

extern const Behaviour kCaseBehaviour, kCaseCommentBehaviour, kEmailMessageBehaviour, kContentVersionBehaviour,
    kContentDocumentLinkBehaviour, kContactBehaviour, kAccountBehaviour, kUserBehaviour, kLeadBehaviour, kProfileBehaviour,
    kRecordTypeBehaviour, kApexClassBehaviour, kApexTriggerBehaviour, kTaskBehaviour, kAttachmentBehaviour, kDocumentBehaviour,
    kFeedItemBehaviour, kGroupBehaviour;

}  // namespace casewire::sim::salesforce
