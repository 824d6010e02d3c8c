#pragma once
// Whether a vendor takes calls at present. It closes at once for a refusal that concerns every call (token, API limit, maintenance),
// and after some calls in a row that got no proper answer. While it is closed nobody calls; when the pause is over one job goes
// ahead: if it is refused too the pause doubles, and the first proper answer opens the gate. Thread-safe; knows no clock, instants are
// given.

#include <mutex>
#include <optional>

#include "base/text/time.hpp"

namespace casewire::bridge {

class Gate {
 public:
  static constexpr milliseconds kFirstPause{5'000};
  static constexpr milliseconds kLongestPause{5 * 60'000};
  /// Calls in a row without a proper answer: no connection, no answer in time, 5xx, a page.
  static constexpr int kFailuresMax = 5;

  /// A proper answer. True when the gate was closed.
  bool open();
  /// A refusal of every call. Returns the instant at which the pause ends. While a pause lasts it changes nothing: the refusals of one
  /// moment are one. Afterwards the pause is longer.
  SteadyTime close(SteadyTime now, std::optional<milliseconds> asked_for);
  /// A call without a proper answer. True when it was one too many, and closed the gate.
  bool fail(SteadyTime now, std::optional<milliseconds> asked_for);

  /// The pause is over at once, for whoever wants to know now. If that call is refused the next one is as long as this one was, no longer.
  void end_pause(SteadyTime now);

  /// The end of the pause, which may have passed; nullopt while the gate is open.
  std::optional<SteadyTime> closed_until() const;
  bool is_closed() const { return closed_until().has_value(); }

 private:
  SteadyTime close_locked(SteadyTime now, std::optional<milliseconds> asked_for);

  mutable std::mutex mutex_;
  std::optional<SteadyTime> until_;
  milliseconds pause_{0};
  int failures_ = 0;
};

}  // namespace casewire::bridge
