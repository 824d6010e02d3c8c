#pragma once
// The rows of invariants.hpp, each from the file that is named after its idea.

#include "sim/world/history.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::sim::rows {

extern const Invariant kReplyArrives;
extern const Invariant kNothingTwice;
extern const Invariant kOneOpenCase;
extern const Invariant kOrder;
extern const Invariant kOneThread;
extern const Invariant kSilentAi;
extern const Invariant kInternalText;
extern const Invariant kNoEcho;
extern const Invariant kContent;
extern const Invariant kWorkEnds;
extern const Invariant kHandoffOpens;
extern const Invariant kMessageStands;
extern const Invariant kFilesEqual;
extern const Invariant kNothingParked;
extern const Invariant kPrompt;
extern const Invariant kRightConversation;
extern const Invariant kPatience;
extern const Invariant kCaseLinked;
extern const Invariant kClosingFollows;
extern const Invariant kAgents;
extern const Invariant kCommentOrder;
extern const Invariant kCaseFields;

}  // namespace casewire::sim::rows
