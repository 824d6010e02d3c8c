#include "bridge/delivery/workers.hpp"

#include <algorithm>

namespace casewire::bridge {
namespace {

/// Nothing is due and nothing waits: a hint will wake us.
constexpr milliseconds kIdle{24 * 3'600'000};
constexpr milliseconds kStoreRetry{1'000};
constexpr std::size_t kParkedAtOnce = 500;
/// A job that is held comes back no sooner.
constexpr milliseconds kProbeRest{100};

/// While it was due and did not run (a vendor rested, the bridge was down) it did not fail either.
std::optional<WallTime> failing_since(const Job& job, WallTime begun_at) {
  if (!job.failing_since) return std::nullopt;
  return std::min(begun_at, *job.failing_since + std::max(begun_at - job.due, milliseconds{0}));
}

}  // namespace

/// A lease as its holder knows it, by the clock that no pause of the program stops: its end in the store is no earlier.
class Workers::Held final : public http::Permit {
 public:
  Held(const Runtime& runtime, Lease its_lease, SteadyTime end, milliseconds spare)
      : lease(std::move(its_lease)), runtime_(runtime), end_(end.time_since_epoch().count()), spare_(spare) {}

  bool lasts() const override { return runtime_.steady_now() + spare_ < end(); }
  /// The store was asked to renew it, and has answered. If it had ended by then nobody knows whether it did.
  void was_renewed(SteadyTime answered_at, SteadyTime new_end) {
    if (answered_at < end()) end_ = std::max(end(), new_end).time_since_epoch().count();
  }
  const Lease lease;

 private:
  SteadyTime end() const { return SteadyTime{milliseconds{end_.load()}}; }
  const Runtime& runtime_;
  std::atomic<milliseconds::rep> end_;
  milliseconds spare_;
};

Workers::Workers(Surroundings surroundings, const Config& config, Run run)
    : runtime_(surroundings.runtime),
      store_(surroundings.store),
      events_(surroundings.events),
      run_(std::move(run)),
      count_(config.workers),
      lease_(surroundings.store.is_shared() ? config.lease : kLease),
      give_up_after_(config.give_up_after.count()),
      backoff_(surroundings.rng),
      vendors_(surroundings.vendors),
      owner_(std::move(surroundings.name)),
      end_of_leases_(runtime_.make_event()),
      news_(runtime_.make_event()),
      ended_(runtime_.make_event()) {}

void Workers::prepare() {
  store_.release_leases(owner_, runtime_.now() + kLostAnswerSettles);
  take_up_parked_jobs();
}

void Workers::start() {
  alive_ = count_;
  for (int i = 1; i <= count_; ++i) {
    runtime_.spawn("bridge worker " + std::to_string(i), [this] { work(); });
  }
  news_of_others_ = store_.listen([this] { wake(); });
  if (store_.is_shared()) runtime_.spawn("bridge leases", [this] { renew_leases(); });
}

void Workers::renew_leases() {
  while (alive_ > 0) {
    end_of_leases_->wait_until(runtime_.steady_now() + lease_ / kRenewalsOfALease);
    std::vector<std::shared_ptr<Held>> held;
    std::vector<Lease> leases;
    {
      const std::lock_guard lock(leases_mutex_);
      for (const auto& [fence, one] : leases_) held.push_back(one);
    }
    for (const auto& one : held) leases.push_back(one->lease);
    if (leases.empty()) continue;
    const auto end = runtime_.steady_now() + lease_;
    const auto now = runtime_.now();
    try {
      store_.renew(leases, now, now + lease_);
      store_answered();
      const auto answered_at = runtime_.steady_now();
      for (const auto& one : held) one->was_renewed(answered_at, end);
    } catch (const StoreFailure& failure) {
      store_failed(failure);
    }
  }
}

void Workers::take_up_parked_jobs() {
  for (;;) {
    const auto parked = store_.parked_jobs(kParkedAtOnce);
    if (parked.empty()) return;
    Changes changes{.at = runtime_.now()};
    for (const auto& job : parked) changes.hints.push_back({.subject = job.subject});
    store_.commit(changes);
    events_.tell(happening::parked_taken_up, {{"jobs", std::to_string(parked.size())}});
  }
}

void Workers::wake() { news_->notify(); }

void Workers::take_up_held_jobs() {
  std::set<std::string> held;
  {
    const std::lock_guard lock(held_mutex_);
    held.swap(held_);
  }
  try {
    Changes changes{.at = runtime_.now()};
    for (const auto& subject : held) {
      if (store_.job(subject)) changes.hints.push_back({.subject = subject});
    }
    if (!changes.hints.empty()) store_.commit(changes);
  } catch (const StoreFailure& failure) {
    store_failed(failure);  // then they wait until they are due
  }
  wake();
}

void Workers::request_stop() {
  stopping_ = true;
  wake();
}

bool Workers::stop(SteadyTime last_moment) {
  request_stop();
  while (alive_ > 0 && ended_->wait_until(last_moment)) {
  }
  news_of_others_.reset();
  return alive_ == 0;
}

void Workers::work() {
  while (!stopping_) {
    auto next = runtime_.steady_now() + kIdle;
    bool has_run = false;
    try {
      has_run = run_one(next);
    } catch (const StoreFailure& failure) {
      store_failed(failure);
      next = runtime_.steady_now() + kStoreRetry;
    }
    if (!has_run && !stopping_) news_->wait_until(next);
  }
  if (--alive_ == 0) end_of_leases_->notify();
  wake();  // one notification wakes one worker: pass it on
  ended_->notify();
}

bool Workers::run_one(SteadyTime& next) {
  // Nearly every job needs both vendors: while one rests, all wait.
  if (const auto until = vendors_.rest_until()) {
    next = *until;
    return false;
  }
  const bool is_probe = vendors_.is_closed();
  if (is_probe && is_probing_.exchange(true)) return false;  // its end wakes the others
  const auto end_of_probe = [&] {
    if (is_probe) is_probing_ = false;
  };
  const auto lease_end = runtime_.steady_now() + lease_;
  const auto now = runtime_.now();
  Claim claim;
  try {
    claim = store_.claim({.now = now, .owner = owner_, .lease_until = now + lease_});
  } catch (const StoreFailure&) {
    end_of_probe();
    throw;
  }
  store_answered();
  if (!claim.job) {
    end_of_probe();
    if (claim.next) next = std::min(next, runtime_.steady_now() + std::max(*claim.next - now, milliseconds{1}));
    if (store_.is_shared()) next = std::min(next, runtime_.steady_now() + kLook);
    return false;
  }
  if (!is_probe) {
    const std::lock_guard lock(held_mutex_);
    held_.clear();
  }
  if (!is_probe) wake();  // there may be a job for a second worker
  run(*claim.job, claim.lease, lease_end);
  end_of_probe();
  wake();
  return true;
}

void Workers::run(const Job& job, const Lease& lease, SteadyTime lease_end) {
  events_.tell(happening::job_begun, facts_of(job));
  const auto begun_at = runtime_.now();
  // A call that went out at the last moment needs as long to be done as one whose answer was lost.
  const auto held = std::make_shared<Held>(runtime_, lease, lease_end, std::min(kLostAnswerSettles, lease_ / 4));
  {
    const std::lock_guard lock(leases_mutex_);
    leases_[lease.fence] = held;
  }
  try {
    JobResult result;
    try {
      result = run_(job, lease, *held);
    } catch (const LeaseLost&) {
      throw;
    } catch (const StoreFailure& failure) {
      result = failed({.kind = Failure::Kind::transient, .system = "store", .message = failure.what()});
    }
    Changes changes{.under = lease, .hints = result.hints, .marks = result.marks};
    changes.outcome = outcome_of(job, begun_at, result);
    commit_stubbornly(std::move(changes));
  } catch (const LeaseLost&) {
    // Whoever has the job now finds out what was done, as after a crash.
    events_.tell(happening::lease_lost, facts_of(job));
  }
  const std::lock_guard lock(leases_mutex_);
  leases_.erase(lease.fence);
}

LogFields Workers::facts_of(const Job& job) const {
  LogFields facts{{"subject", job.subject}};
  try {
    if (auto session = session_of(store_, job.subject); !session.empty()) facts.emplace_back("session", std::move(session));
  } catch (const StoreFailure&) {
    // Whoever needs the store next says so.
  }
  return facts;
}

JobOutcome Workers::outcome_of(const Job& job, WallTime begun_at, const JobResult& result) {
  JobOutcome outcome{.revision = job.revision, .due = runtime_.now()};
  switch (result.kind) {
    case JobResult::Kind::failed: return outcome_of_failure(job, begun_at, result.failure);
    case JobResult::Kind::finished: outcome.kind = JobOutcome::Kind::finished; break;
    case JobResult::Kind::moved:
      outcome.kind = JobOutcome::Kind::again;
      outcome.conversation = result.conversation;
      break;
    case JobResult::Kind::again:
      // What waits for an earlier try to settle has not got through: it goes on failing, or it would be tried for ever.
      outcome.kind = job.failing_since ? JobOutcome::Kind::failed : JobOutcome::Kind::again;
      outcome.attempts = job.attempts;
      outcome.failing_since = failing_since(job, begun_at);
      outcome.problem = job.problem;
      outcome.due += result.after;
      break;
  }
  events_.tell(result.kind == JobResult::Kind::finished ? happening::job_finished : happening::job_again, facts_of(job));
  return outcome;
}

JobOutcome Workers::outcome_of_failure(const Job& job, WallTime begun_at, const Failure& failure) {
  using Kind = Failure::Kind;
  const auto now = runtime_.now();
  JobOutcome outcome{.revision = job.revision,
                     .due = now,
                     .attempts = job.attempts + 1,
                     .failing_since = failing_since(job, begun_at).value_or(now),
                     .problem = text_of(failure)};
  auto facts = facts_of(job);
  facts.emplace_back("problem", outcome.problem);
  const auto settles = failure.may_have_acted ? kLostAnswerSettles : milliseconds{0};
  // Nor may another job of the conversation look sooner: it would miss the Case that is being made, and make a second one.
  if (failure.may_have_acted) outcome.rest_until = now + settles;
  auto* vendor = vendors_.named(failure.system);
  if (vendor != nullptr && failure.kind == Kind::org_wide && !vendor->is_closed()) vendor->failed(failure);
  if (failure.kind == Kind::org_wide || (vendor != nullptr && vendor->is_closed() && failure.kind == Kind::transient)) {
    // It is not this job's fault, and the vendor has told the log.
    const auto steady = runtime_.steady_now();
    const auto rest = vendors_.rest_until().value_or(steady) - steady;
    outcome.kind = JobOutcome::Kind::held;
    outcome.due = now + std::max({rest, settles, failure.retry_after.value_or(milliseconds{0}), kProbeRest});
    if (job.failing_since) {
      // What it failed by itself counts on afterwards; the rest does not.
      outcome.kind = JobOutcome::Kind::failed;
      outcome.attempts = 0;
      *outcome.failing_since += outcome.due - now;
    }
    {
      const std::lock_guard lock(held_mutex_);
      held_.insert(job.subject);
    }
    events_.tell(happening::job_held, std::move(facts));
    return outcome;
  }
  const bool is_too_long = now - *outcome.failing_since >= milliseconds{give_up_after_.load()};
  if (failure.kind == Kind::permanent || is_too_long) {
    outcome.kind = JobOutcome::Kind::parked;
    facts.emplace_back("attempts", std::to_string(outcome.attempts));
    events_.tell(happening::job_parked, std::move(facts));
    return outcome;
  }
  outcome.kind = JobOutcome::Kind::failed;
  const auto asked_for = failure.retry_after.value_or(milliseconds{0});
  outcome.due = now + std::max({backoff_.delay_after(outcome.attempts), asked_for, settles});
  facts.emplace_back("attempts", std::to_string(outcome.attempts));
  facts.emplace_back("next", iso8601(outcome.due));
  events_.tell(happening::job_failed, std::move(facts));
  return outcome;
}

void Workers::store_failed(const StoreFailure& failure) {
  const std::lock_guard lock(outage_mutex_);
  if (store_out_since_) return;
  store_out_since_ = runtime_.steady_now();
  events_.tell(happening::store_failed, {{"what", failure.what()}, {"hint", "one line tells when it works again"}});
}

void Workers::store_answered() {
  const std::lock_guard lock(outage_mutex_);
  // On a full disk reading goes on.
  if (!store_out_since_ || store_.is_failing()) return;
  events_.tell(happening::store_works_again, {{"failed_for", human_duration(runtime_.steady_now() - *store_out_since_)}});
  store_out_since_.reset();
}

void Workers::commit_stubbornly(Changes changes) {
  // A job whose outcome is not stored would be done again for nothing, at the next start.
  for (;;) {
    try {
      changes.at = runtime_.now();
      store_.commit(changes);
      store_answered();
      return;
    } catch (const LeaseLost&) {
      throw;
    } catch (const StoreFailure& failure) {
      store_failed(failure);
      if (stopping_) return;
      runtime_.sleep_for(kStoreRetry);
    }
  }
}

}  // namespace casewire::bridge
