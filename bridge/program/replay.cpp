#include "bridge/program/replay.hpp"

#include <iostream>

#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "base/text/rng.hpp"
#include "bridge/replay/replay.hpp"
#include "bridge/store/schema_place.hpp"
#include "bridge/store/store_copy.hpp"
#include "bridge/version.hpp"

namespace casewire::bridge {
namespace {

enum ReplayCode { kNothingAgain = 0, kSomethingAgain = 1, kNotReadable = 3 };

int refuse_replay(const Diagnostic& problem) {
  std::cerr << render(problem);
  return kNotReadable;
}

std::string state_of(const Job& job) {
  if (job.parked) return "parked: " + job.problem;
  if (job.attempts == 0) return "waits since " + iso8601(job.due);
  return "failed " + std::to_string(job.attempts) + " times: " + job.problem;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

/// What the run came to, in a line's words.
std::string deeds_of(const Replayed& run) {
  std::vector<std::string> deeds;
  if (!run.would_write.empty()) deeds.push_back("would write " + joined(run.would_write));
  if (!run.would_note.empty()) deeds.push_back("would note " + joined(run.would_note));
  if (!run.problem.empty()) deeds.push_back(run.problem);
  if (deeds.empty()) deeds.push_back("nothing of what is remembered would be done again");
  return joined(deeds);
}

Json json_of(const Replayed& run) {
  Json json = {{"subject", run.subject},
               {"different", run.is_different()},
               {"would_write", run.would_write},
               {"would_note", run.would_note}};
  if (!run.problem.empty()) json["problem"] = run.problem;
  if (run.waits) json["job"] = state_of(*run.waits);
  return json;
}

struct Sums {
  std::size_t runs = 0, waiting = 0, different = 0;
};

int print_sums(const Sums& sums, bool as_json) {
  if (as_json) {
    std::cout << dump_json({{"subjects", sums.runs}, {"waiting", sums.waiting}, {"different", sums.different}}) << "\n";
  } else {
    std::cout << sums.runs << " sessions and Cases, for " << sums.waiting << " of them a job waits: "
              << (sums.different == 0 ? "nothing that was done would be done again"
                                      : "with " + std::to_string(sums.different) + " something would be done that was done")
              << "\n";
  }
  return sums.different == 0 ? kNothingAgain : kSomethingAgain;
}

}  // namespace

int replay_file(const ReplayWish& wish) {
  const auto copy = StoreCopy::of(wish.store);
  if (!copy) return refuse_replay(copy.error());
  if (!wish.as_json) {
    std::cout << "casewire-bridge " << version() << " over a copy of " << wish.store << ", schema version "
              << text_of((*copy)->number()) << ", here " << text_of(steps_of({.file = wish.store}).back().to) << "\n";
  }
  ThreadRuntime runtime;
  SystemRng rng;
  Sums sums;
  try {
    const auto links = (*copy)->links();
    const auto jobs = (*copy)->jobs();
    replay({(*copy)->store(), links, jobs}, runtime, rng, [&](const Replayed& run) {
      ++sums.runs;
      if (run.waits) ++sums.waiting;
      if (run.is_different()) ++sums.different;
      if (!run.waits && !run.is_different()) return;
      if (wish.as_json) {
        std::cout << dump_json(json_of(run)) << "\n";
      } else {
        std::cout << (run.waits ? "waits      " : "DIFFERENT  ") << run.subject
                  << (run.waits ? " (" + state_of(*run.waits) + ")" : std::string()) << ": " << deeds_of(run) << "\n";
      }
    });
  } catch (const StoreFailure& failure) {
    return refuse_replay({.where = {wish.store, {}}, .problem = failure.what()});
  }
  return print_sums(sums, wish.as_json);
}

}  // namespace casewire::bridge
