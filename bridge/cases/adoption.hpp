#pragma once
// Before anything is decided, what bears the bridge's marks is taken into links and ledger: Cases that were made and whose making
// nobody could note (a lost answer, a crash, an older store), open or closed, whichever session finds them; comments and files by the
// mark on each. Who decides first makes a second Case of the first one, and writes twice what stands there. Pure.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/transcript.hpp"
#include "bridge/opencx/session.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge::cases {

/// A comment that the integration user wrote and that bears a mark.
struct OwnComment {
  CommentMark mark;
  WallTime at{};  ///< by OpenCX's clock
};
using OwnComments = std::map<std::string, std::vector<OwnComment>, std::less<>>;  ///< by Case id

struct CopiedFile {
  std::string attachment_id;
  std::string version_id;  ///< ContentVersion
  std::string case_id;
};

/// What the org holds.
struct Marked {
  std::vector<KnownCase> cases;
  OwnComments comments;
  std::vector<CopiedFile> files{};
};

/// What the store holds.
struct Memory {
  std::string session_id;
  std::string conversation;
  bool is_with_people = true;
  std::vector<Link> links;          ///< of this session, and of each that a mark in the cases names
  std::vector<LedgerEntry> ledger;  ///< about the session and about the conversation
  WallTime org_now{};               ///< what the org's clock shows
};

/// Ledger key of a Case's creation. It is listed under the conversation, so that every session of the contact finds it.
std::string case_key(const Handoff& handoff);

/// LedgerEntry::detail of a Case's creation: the last handoff that its description stands for, or that there was none. Older versions left
/// it empty where none was missing.
std::string last_described_in(const std::vector<opencx::HistoryItem>& history);
inline constexpr std::string_view kDescribesNone = "no handoff";

/// What the store lacks, with a hint for each Case and each other session that it learns of; nothing when it knows all.
Changes adopted(const Marked& marked, const Memory& memory, const std::vector<opencx::HistoryItem>& history, WallTime now);

/// The marks that stand on a Case.
std::set<CommentMark> marks_on(const OwnComments& comments, std::string_view case_id);

}  // namespace casewire::bridge::cases
