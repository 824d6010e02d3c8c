#pragma once
// The plan of faults that is being carried out. Everything that happens at a place where faults can strike is told here, and the answer
// is the fault that strikes it, if one does. Each is asked in the end how often it struck: one that did not strike as often as it
// was to proves nothing, and fails the run.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/world/fault_plan.hpp"

namespace casewire::sim {

/// A fault strikes now.
struct Strike {
  std::string sentence{};
  Damage damage{};
  std::string operation{};  ///< of a call: the place's operation

  template <class T>
  const T* as() const {
    return std::get_if<T>(&damage);
  }
};

/// How a fault of the plan has fared.
struct FaultTold {
  std::string sentence{};
  std::uint32_t struck = 0, planned = 0;  ///< planned 0: as often as it can
  std::uint64_t met = 0;                  ///< occurrences at its place
  bool has_proved() const { return planned == 0 ? struck != 0 : struck >= planned; }
};

/// How often the bridge asked for an operation, and how often a fault struck it there.
struct OperationTold {
  std::string system{}, operation{};
  std::uint64_t calls = 0, struck = 0;
};

/// Thread-safe. `now` is when it happens.
class Faults {
 public:
  /// From now on. The fault must suit (objection()).
  void arm(PlannedFault fault);
  void arm(const FaultPlan& plan) {
    for (const PlannedFault& fault : plan) arm(fault);
  }

  // At most one fault strikes an occurrence. One that would have struck it too strikes the next; a crash is counted by occurrences
  // all the same.
  std::optional<Strike> meet_call(std::string_view system, const std::vector<std::string>& operations, WallTime now);
  /// Whether any fault waits for calls that were carried out. Nobody need look into an answer when none does.
  bool await_done_calls() const;
  /// The same call, once the fake has carried it out.
  std::optional<Strike> meet_done_call(std::string_view system, const std::vector<std::string>& operations, WallTime now);
  std::optional<Strike> meet_webhook(std::string_view system, WallTime now);
  std::optional<Strike> meet_mail(const std::vector<std::string>& recipients, WallTime now);
  std::optional<Strike> meet_commit(WallTime now);
  std::optional<Strike> meet_timer(WallTime now);
  /// By how much that system's clock is wrong.
  milliseconds skew_of(std::string_view system, WallTime now);

  std::vector<FaultTold> told() const;
  /// "fired 21 of 200 times: Salesforce answers ..." for each fault that has not struck as often as it was to.
  std::vector<std::string> unproved() const;
  /// Every operation that the bridge asked for.
  std::vector<OperationTold> operations() const;

 private:
  struct Armed {
    PlannedFault fault;
    std::uint64_t met = 0;
    std::uint32_t struck = 0;
    bool owed = false;  ///< another fault struck an occurrence that was this one's
  };
  template <class Is>
  std::optional<Strike> meet(Place::Of of, WallTime now, Is is_there);
  void count(std::string_view system, const std::vector<std::string>& operations, const std::optional<Strike>& strike,
             bool asked);

  mutable std::mutex mutex_;
  std::vector<Armed> armed_;
  std::map<std::pair<std::string, std::string>, OperationTold> operations_;
};

}  // namespace casewire::sim
