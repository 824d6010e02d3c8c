#include "bridge/replay/replay.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "bridge/delivery/call_share.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/replay/remembered_vendors.hpp"
#include "bridge/store/store_around.hpp"

namespace casewire::bridge {
namespace {

/// Notes what is written into the copy.
class NotingStore final : public StoreAround {
 public:
  explicit NotingStore(Store& copy) : StoreAround(copy) {}
  void commit(const Changes& changes) override {
    for (const auto& entry : changes.ledger) {
      if (ledger_entry(entry.key) != entry) notes_.push_back(entry.key);
    }
    for (const auto& link : changes.links) {
      const auto known = links_of_session(link.session_id);
      if (std::find(known.begin(), known.end(), link) == known.end())
        notes_.push_back("link:" + link.session_id + "#" + std::to_string(link.number) + " " + link.case_id);
    }
    StoreAround::commit(changes);
  }
  std::vector<std::string> take_notes() { return std::exchange(notes_, {}); }

 private:
  std::vector<std::string> notes_;
};

/// A right that lasts: nothing goes out anyway.
class EveryPermit final : public http::Permit {
 public:
  bool lasts() const override { return true; }
};

class Replay {
 public:
  Replay(const ReplayOf& of, Runtime& runtime, Rng& rng)
      : store_(of.copy), vendors_(store_, of.links), config_(vendors_.config()), runtime_(runtime), rng_(rng) {}

  Replayed run(Job job, std::optional<Job> waits) {
    Replayed replayed{.subject = job.subject, .waits = std::move(waits)};
    // Each run has clients of its own: one that was refused its writes must not make the next one wait.
    Events events(runtime_, log_);
    Vendors vendors(runtime_, events);
    Alarms alarms;
    salesforce::Client salesforce(vendors_, vendors.salesforce, config_, {runtime_, store_, rng_, events});
    CallShare share(store_, runtime_, "opencx", config_.opencx.calls_a_minute);
    opencx::Client opencx({vendors_, vendors_}, vendors.opencx, share, config_);
    const EveryPermit permit;
    const Context context{runtime_, store_, salesforce, opencx, vendors, alarms, events, config_, runtime_.now(), &permit};
    auto result = run_once(context, job);
    if (result.kind == JobResult::Kind::moved) {
      job.conversation = result.conversation;
      result = run_once(context, job);
    }
    replayed.would_write = vendors_.take_writes();
    replayed.would_note = store_.take_notes();
    if (!replayed.would_write.empty()) return replayed;
    if (result.kind == JobResult::Kind::failed) replayed.problem = text_of(result.failure);
    if (result.kind == JobResult::Kind::again) replayed.problem = "it would not be done yet, and look again later";
    return replayed;
  }

 private:
  static JobResult run_once(const Context& context, const Job& job) {
    return job.subject.starts_with("session:") ? reconcile_session(context, job) : reconcile_case(context, job);
  }

  NotingStore store_;
  RememberedVendors vendors_;
  Config config_;
  Runtime& runtime_;
  Rng& rng_;
  SilentLog log_;
};

}  // namespace

void replay(const ReplayOf& of, Runtime& runtime, Rng& rng, const std::function<void(const Replayed&)>& tell) {
  std::map<std::string, std::string> subjects;  // with their conversations
  for (const auto& link : of.links) {
    // Of several the last one counts for a session, and the first one for a Case.
    subjects[session_subject(link.session_id)] = link.conversation;
    subjects.try_emplace(case_subject(link.case_id), link.conversation);
  }
  std::map<std::string, const Job*> waiting;
  for (const auto& job : of.jobs) {
    waiting[job.subject] = &job;
    subjects.try_emplace(job.subject, job.conversation);
  }
  Replay runs(of, runtime, rng);
  for (const auto& [subject, conversation] : subjects) {
    const auto waits = waiting.find(subject);
    tell(runs.run({.subject = subject, .conversation = conversation},
                  waits == waiting.end() ? std::nullopt : std::optional(*waits->second)));
  }
}

}  // namespace casewire::bridge
