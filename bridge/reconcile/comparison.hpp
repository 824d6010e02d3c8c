#pragma once
// Looks whether both sides have what the bridge was to carry: each conversation that changed since an instant against its Case, its comments and files,
// the replies against the conversation, and the ledger against both. It goes by the vendors' own lists, not by what the bridge remembers of having
// looked, and it writes nothing, nowhere. One slice at a time, so that memory and calls are bounded whatever the instant is.

#include <optional>
#include <string>
#include <vector>

#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {

struct Difference {
  std::string what;  ///< "conversation", "message", "file", "reply", "case"
  std::string id;    ///< of the vendor that has it
  std::string session_id{};
  std::string case_id{};
  std::string found;  ///< what is wrong with it; no message text
};

/// What a slice looked at.
struct Compared {
  std::size_t conversations = 0;
  std::size_t messages = 0;
  std::size_t files = 0;
  std::size_t replies = 0;
  std::size_t cases = 0;
};

struct ComparedSlice {
  Compared compared{};
  std::vector<Difference> differences{};
  std::size_t under_way = 0;  ///< differences of which a job that waits or runs, or a webhook to come, will make an end
  std::string next{};         ///< where the next slice begins; empty: this was the last
};

/// `at`: empty for the first slice, then `next` of the one before. At most 20 conversations, or 200 rows of the org. A failure of the kind permanent
/// is an `at` that makes no sense, or what no repetition mends. Throws StoreFailure.
Outcome<ComparedSlice> compare_slice(const Context& context, WallTime since, const std::string& at);

/// One conversation, into the slice.
Outcome<void> compare_session(const Context& context, const opencx::Session& session, ComparedSlice& slice);

/// A difference of what was written at that time by our clock, unless it is too young or waits for a job that is there: a parked job makes an
/// end of nothing.
void note_difference(const Context& context, const std::vector<std::string>& subjects, WallTime at, Difference difference,
                     ComparedSlice& slice);

}  // namespace casewire::bridge
