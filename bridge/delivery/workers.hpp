#pragma once
// Runs the jobs of the store: at most one per conversation at a time, each until it is finished, tried again or parked. Idle workers wait
// for a hint or for the next job's due time; where other bridges write to the store too, for news of theirs, and they also look from time to time.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "base/runtime/runtime.hpp"
#include "bridge/config.hpp"
#include "bridge/delivery/backoff.hpp"
#include "bridge/delivery/job_result.hpp"
#include "bridge/delivery/vendor.hpp"
#include "bridge/events/events.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

class Workers {
 public:
  /// The permit lasts while no other worker can have the job, and what was sent last has had time to be done.
  using Run = std::function<JobResult(const Job&, const Lease&, const http::Permit&)>;
  /// Of a store that is not shared. A lease ends with its holder there: one bridge works on it (program/state_lock.hpp), and when it starts it
  /// takes back what its former self had leased. So this is longer than any job, and than any step of the machine's clock.
  static constexpr milliseconds kLease{365 * 24 * 3'600'000LL};
  /// Of a shared store `config.lease` counts: a bridge that died is missed after it, one that is only slow renews it in good time.
  static constexpr int kRenewalsOfALease = 3;
  /// How often an idle worker looks what other bridges have stored, for news of it may be missed.
  static constexpr milliseconds kLook{1'000};

  struct Surroundings {
    Runtime& runtime;
    Store& store;
    Rng& rng;
    Events& events;
    Vendors& vendors;
    std::string name = "bridge";  ///< of this bridge, among those that share the store; the same after a restart
  };
  Workers(Surroundings surroundings, const Config& config, Run run);

  /// Takes back the leases of a former self and gives what that had begun its time, and takes up what was parked (a restart is how an
  /// operator says "try again"). May throw StoreFailure, and can be called again.
  void prepare();
  /// Starts `config.workers` tasks. Once, after prepare().
  void start();
  /// From now on jobs are parked after that time.
  void give_up_after(milliseconds time) { give_up_after_ = time.count(); }
  /// There may be something to do. Any thread.
  void wake();
  /// What was held until a vendor's rest would have ended is due now: that is over. Any thread; a store that fails leaves it as it is.
  void take_up_held_jobs();
  /// Takes no new job from now on.
  void request_stop();
  /// Likewise, and returns when the running ones have ended; false when some had not by `last_moment`.
  bool stop(SteadyTime last_moment);
  /// While a vendor rests no job can run, whatever its due time.
  bool is_paused() const { return vendors_.rest_until().has_value(); }

 private:
  void take_up_parked_jobs();
  void work();
  /// False when there was nothing to do; then `next` is when there may be.
  bool run_one(SteadyTime& next);
  class Held;
  void run(const Job& job, const Lease& lease, SteadyTime lease_end);
  void renew_leases();
  LogFields facts_of(const Job& job) const;
  JobOutcome outcome_of(const Job& job, WallTime begun_at, const JobResult& result);
  JobOutcome outcome_of_failure(const Job& job, WallTime begun_at, const Failure& failure);
  void commit_stubbornly(Changes changes);
  /// One line in the log for an outage, and one for its end, however many tasks meet it and try again.
  void store_failed(const StoreFailure& failure);
  void store_answered();

  Runtime& runtime_;
  Store& store_;
  Events& events_;
  Run run_;
  int count_;
  milliseconds lease_;
  std::atomic<milliseconds::rep> give_up_after_;
  Backoff backoff_;
  Vendors& vendors_;
  std::atomic<bool> is_probing_{false};  ///< one job goes ahead after a pause
  std::mutex outage_mutex_;
  std::optional<SteadyTime> store_out_since_;
  std::string owner_;
  std::mutex leases_mutex_;
  std::map<std::uint64_t, std::shared_ptr<Held>> leases_;  ///< of the jobs that run, by their fences
  std::mutex held_mutex_;
  std::set<std::string> held_;  ///< subjects of the pause that lasts
  std::unique_ptr<Event> end_of_leases_;
  std::unique_ptr<Event> news_;
  std::unique_ptr<Event> ended_;
  std::unique_ptr<Store::News> news_of_others_;  ///< wakes, so it ends before the events do
  std::atomic<int> alive_{0};
  std::atomic<bool> stopping_{false};
};

}  // namespace casewire::bridge
