#pragma once
// The faults a scenario arms. Each names an operation and a count, fires on the first exchanges that match, and is asked in the
// end whether it fired: a fault that never did proves nothing, and fails the run.

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::sim {

struct Fault {
  enum class Kind {
    lose_answer,     ///< the call takes effect, its answer is lost
    refuse,          ///< the call is answered with `status` and has no effect
    lose_webhook,    ///< the webhook never reaches the bridge
    repeat_webhook,  ///< the webhook reaches the bridge twice
    crash_after,     ///< the `count`-th call of the bridge from now takes effect; the bridge dies before the answer
    crash_before,    ///< the bridge dies as it makes its `count`-th call from now; the call has no effect
  };
  Kind kind = Kind::refuse;
  std::string sentence{};   ///< as the script says it, for reports
  std::string system{};     ///< "salesforce", "opencx"; empty for crashes: calls to either count
  std::string operation{};  ///< "Case create"; empty: every operation
  std::uint32_t count = 1;
  int status = 503;
};

/// Thread-safe.
class Faults {
 public:
  void arm(Fault fault);
  /// The fault that a call of the bridge to `system` meets, if any; counts it. At most one fault meets a call.
  std::optional<Fault> meet_call(std::string_view system, const std::vector<std::string>& operations);
  /// The fault that a webhook from `system` meets, if any; counts it.
  std::optional<Fault> meet_webhook(std::string_view system);
  /// The sentences of armed faults that have not fired as often as they say.
  std::vector<std::string> unfired() const;

 private:
  struct Armed {
    Fault fault;
    std::uint32_t left;
  };
  mutable std::mutex mutex_;
  std::vector<Armed> armed_;
};

}  // namespace casewire::sim
