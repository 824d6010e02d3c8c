#pragma once
// What a run of a job came to, in the words of the work queue.

#include <string>
#include <utility>
#include <vector>

#include "bridge/delivery/failure.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

struct JobResult {
  enum class Kind {
    finished,
    again,  ///< not done yet, and nobody's fault: a file that has not settled, a job that ran long
    moved,  ///< it only learned its conversation
    failed,
  };
  Kind kind = Kind::finished;
  milliseconds after{0};       ///< of again
  std::string conversation{};  ///< of moved
  Failure failure{};           ///< of failed
  std::vector<Hint> hints{};   ///< stored together with the outcome
  std::vector<Mark> marks{};   ///< likewise
};

inline JobResult finished() { return {}; }
inline JobResult again(milliseconds after) { return {.kind = JobResult::Kind::again, .after = after}; }
inline JobResult moved(std::string conversation) {
  return {.kind = JobResult::Kind::moved, .conversation = std::move(conversation)};
}
inline JobResult failed(Failure failure) { return {.kind = JobResult::Kind::failed, .failure = std::move(failure)}; }

}  // namespace casewire::bridge
