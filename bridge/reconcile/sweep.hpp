#pragma once
// Finds what no webhook told: on start, and on a timer. It asks both owners what has changed since the last look, with an overlap,
// and makes a job of each subject whose version it has not seen. An idle sweep is one call to each side and no job. Of bridges that share a store
// one sweeps for all, until it has not for a while.

#include <atomic>
#include <functional>
#include <memory>

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

class Sweep {
 public:
  /// Salesforce's clock may be this far from ours, and rows become visible at commit, not at their time stamp.
  static constexpr milliseconds kSalesforceOverlap{10 * 60'000};
  static constexpr milliseconds kOpenCxOverlap{5 * 60'000};
  /// After a long outage OpenCX is asked for this much time at once (the last look spans up to twice as much): a look that is done is
  /// kept, whatever becomes of the next. A look that turns out too long is halved, down to the shortest; after one that found nobody
  /// the next is twice as long.
  static constexpr milliseconds kOpenCxLook{6 * 3'600'000};
  static constexpr milliseconds kOpenCxShortestLook{60'000};
  static constexpr milliseconds kOpenCxLongestLook{7 * 24 * 3'600'000LL};

  /// `name`: of this bridge, among those that share the store.
  Sweep(Context context, std::string name, std::function<void()> wake_workers);

  /// May throw StoreFailure, and can be called again.
  void prepare() { begin_cursors(); }
  /// Starts the task, which sweeps at once. Once, after prepare().
  void start();
  /// One that has not got through tries again now.
  void look_again();
  /// Begins no new look from now on.
  void request_stop();
  /// Likewise; false when one was still under way at `last_moment`.
  bool stop(SteadyTime last_moment);

 private:
  /// One look at each side. The cursors move in the commit that stores the jobs.
  Outcome<void> sweep_salesforce();
  Outcome<void> sweep_opencx();
  void begin_cursors();
  /// `missed`: how many of the subjects nothing had told of before.
  void commit(Changes changes, const Vendor& vendor, std::size_t missed);
  void run();
  struct Side {
    std::string name;
    Outcome<void> (Sweep::*look)();
    bool is_failing = false;
  };
  Outcome<void> sweep_side(Side& side);
  bool is_ours_to_do();
  /// The org has few calls left today, and this look is put off for others' sake.
  bool spares_calls();
  void let_others_sweep();
  /// What the ledger need not remember goes.
  void tend_store();
  /// Our time, or the vendor's where that is behind.
  WallTime present(const Vendor& vendor) const;
  WallTime cursor(std::string_view name, const Vendor& vendor);

  Context context_;
  std::string name_;
  Side salesforce_{"salesforce", &Sweep::sweep_salesforce};
  Side opencx_{"opencx", &Sweep::sweep_opencx};
  std::function<void()> wake_workers_;
  bool is_sparing_ = false;                 ///< likewise
  std::optional<SteadyTime> looked_at_{};   ///< at Salesforce; likewise
  std::optional<WallTime> tended_at_{};     ///< likewise
  milliseconds opencx_look_ = kOpenCxLook;  ///< of the sweep's own task
  std::atomic<bool> has_failed_{false};
  std::unique_ptr<Event> news_;
  std::unique_ptr<Event> ended_;
  std::atomic<bool> is_running_{false};
  std::atomic<bool> stopping_{false};
};

}  // namespace casewire::bridge
