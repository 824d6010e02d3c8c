#pragma once
// An old store against this program, without an effect (J97): its jobs run over the vendors as the store remembers them, and what they would write is
// told and not done. Of a conversation for which nothing waits they must find nothing to do: what this program would do there, it would do a second
// time.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/runtime/runtime.hpp"
#include "base/text/rng.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

/// A run for one subject.
struct Replayed {
  std::string subject{};
  std::optional<Job> waits{};              ///< the job that the store holds for it
  std::vector<std::string> would_write{};  ///< calls that change something
  std::vector<std::string> would_note{};   ///< ledger entries and links that are new, or others than before
  std::string problem{};                   ///< why the run did not come to its end, in words
  /// Nothing waits, and something would be done.
  bool is_different() const { return !waits && (!would_write.empty() || !would_note.empty() || !problem.empty()); }
};

struct ReplayOf {
  Store& copy;                     ///< of the store: what the runs note is written here
  const std::vector<Link>& links;  ///< all of them
  const std::vector<Job>& jobs;    ///< likewise
};
/// A run for each session and each Case that a link names, and for each job. On the calling thread. Throws StoreFailure.
void replay(const ReplayOf& of, Runtime& runtime, Rng& rng, const std::function<void(const Replayed&)>& tell);

}  // namespace casewire::bridge
