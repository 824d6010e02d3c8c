#pragma once
// Holds all work while the org takes no calls (token, API limit, maintenance). When the pause is over one job goes ahead as a
// probe: if it meets the same refusal the pause doubles, else the gate opens. Thread-safe; knows no clock, instants are given.

#include <mutex>
#include <optional>

#include "base/text/time.hpp"

namespace casewire::bridge {

class Gate {
 public:
  static constexpr milliseconds kFirstPause{5'000};
  static constexpr milliseconds kLongestPause{5 * 60'000};

  enum class Pass { open, probe, closed };
  /// Asked before each claim. `probe` is given to one caller at a time, which must then report with open() or close(), or give
  /// it back with return_probe().
  Pass pass(SteadyTime now);
  void return_probe();
  /// The org answered. True when the gate was closed.
  bool open();
  /// The org refused. Returns the instant at which the pause ends; a gate that is closed already keeps its instant, unless the
  /// refusal is the probe's.
  SteadyTime close(SteadyTime now, std::optional<milliseconds> asked_for, bool by_probe);
  /// The end of the pause; nullopt while the gate is open.
  std::optional<SteadyTime> closed_until() const;
  /// True while a probe is out, or the pause lasts.
  bool is_closed() const;

 private:
  mutable std::mutex mutex_;
  std::optional<SteadyTime> until_;
  milliseconds pause_{0};
  bool is_probing_ = false;
};

}  // namespace casewire::bridge
