#include "sim/salesforce/records/behaviour.hpp"

#include <array>

namespace casewire::sim::salesforce {

const Behaviour* behaviour_of(std::string_view object) {
  static const std::array all{&kCaseBehaviour,
                              &kCaseCommentBehaviour,
                              &kEmailMessageBehaviour,
                              &kContentVersionBehaviour,
                              &kContentDocumentLinkBehaviour,
                              &kContactBehaviour,
                              &kAccountBehaviour,
                              &kUserBehaviour,
                              &kLeadBehaviour,
                              &kProfileBehaviour,
                              &kRecordTypeBehaviour,
                              &kApexClassBehaviour,
                              &kApexTriggerBehaviour,
                              &kTaskBehaviour,
                              &kGroupBehaviour,
                              &kAttachmentBehaviour,
                              &kDocumentBehaviour,
                              &kFeedItemBehaviour};
  for (const auto* behaviour : all)
    if (behaviour->object == object) return behaviour;
  return nullptr;
}

}  // namespace casewire::sim::salesforce
