#include "bridge/delivery/workers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/store/memory_store.hpp"
#include "bridge/store/store_around.hpp"
#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;

/// Workers under virtual time, whose jobs do what the test says.
class WorkersTest : public testing::Test {
 protected:
  WorkersTest() : process_(fibers_.make_process("bridge")) {}
  ~WorkersTest() override {
    process_->kill();
    observer_->kill();
  }

  void start(std::function<JobResult(const Job&)> run, int count = 4) {
    config_.workers = count;
    workers_ = std::make_unique<Workers>(Workers::Surroundings{*process_, store_, rng_, events_, vendors_}, config_,
                                         [this, run](const Job& job, const Lease&, const http::Permit&) {
                                           runs_.emplace_back(job.subject, process_->now());
                                           return run(job);
                                         });
    workers_->prepare();
    workers_->start();
  }
  void hint(const std::string& subject, const std::string& conversation = {}) {
    store_.commit({.at = process_->now(), .hints = {{.subject = subject, .conversation = conversation}}});
    if (workers_) workers_->wake();
  }
  void run_for(milliseconds duration) {
    const auto end = fibers_.now() + duration;
    for (int i = 0; i < 100'000; ++i) {
      ASSERT_TRUE(fibers_.run_until_quiet());
      const auto next = fibers_.next_timer();
      if (!next || *next > end) break;
      fibers_.advance_to(*next);
    }
    fibers_.advance_to(end);
    ASSERT_TRUE(fibers_.run_until_quiet());
  }
  std::size_t runs_of(const std::string& subject) const {
    return static_cast<std::size_t>(
        std::count_if(runs_.begin(), runs_.end(), [&](const auto& run) { return run.first == subject; }));
  }

  FiberRuntime fibers_{kNine, 7};
  std::unique_ptr<FiberProcess> process_;
  std::unique_ptr<FiberProcess> observer_ = fibers_.make_process("observer");  ///< outlives a restart of the bridge
  MemoryStore store_;
  SeededRng rng_{7};
  SilentLog log_;
  Events events_{*observer_, log_};
  Config config_;
  Vendors vendors_{*observer_, events_};
  std::unique_ptr<Workers> workers_;
  std::vector<std::pair<std::string, WallTime>> runs_;
};

Failure transient() { return {.kind = Failure::Kind::transient, .system = "test", .code = "UNABLE_TO_LOCK_ROW"}; }
Failure org_wide() { return {.kind = Failure::Kind::org_wide, .system = "salesforce", .code = "REQUEST_LIMIT_EXCEEDED"}; }
Failure permanent() { return {.kind = Failure::Kind::permanent, .system = "test", .code = "FIELD_CUSTOM_VALIDATION_EXCEPTION"}; }

TEST_F(WorkersTest, RunsWhatWasStoredBeforeItStarted) {
  hint("case:1");
  start([](const Job&) { return finished(); });
  run_for(0ms);
  EXPECT_EQ(runs_.size(), 1u);
  EXPECT_FALSE(store_.job("case:1"));
}

TEST_F(WorkersTest, IsQuietWhenThereIsNothingToDo) {
  start([](const Job&) { return finished(); });
  hint("case:1");
  run_for(1h);
  EXPECT_EQ(process_->activity().busy, 0u);
  EXPECT_EQ(runs_.size(), 1u) << "no polling";
}

// F41
TEST_F(WorkersTest, ParksAPoisonJobAndServesTheOthers) {
  start([](const Job& job) { return job.subject == "case:bad" ? failed(permanent()) : finished(); });
  hint("case:bad");
  for (int i = 0; i < 50; ++i) hint("case:" + std::to_string(i));
  run_for(1s);
  EXPECT_EQ(runs_of("case:bad"), 1u);
  EXPECT_EQ(runs_.size(), 51u);
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 1u);
}

// F19
TEST_F(WorkersTest, TriesATransientFailureAgainWithGrowingDelaysAndParksItAfterADay) {
  start([](const Job&) { return failed(transient()); });
  hint("case:1");
  run_for(23h);
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 0u);
  const auto first_minute = std::count_if(runs_.begin(), runs_.end(), [](const auto& run) { return run.second < kNine + 1min; });
  EXPECT_GE(first_minute, 4);
  EXPECT_LE(runs_.size(), 2'000u) << "I10: the number of calls is bounded";
  run_for(2h);
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 1u);
}

TEST_F(WorkersTest, HonoursRetryAfter) {
  start([this](const Job&) {
    auto failure = transient();
    failure.retry_after = 90s;
    return runs_.size() < 2 ? failed(failure) : finished();
  });
  hint("case:1");
  run_for(10min);
  ASSERT_EQ(runs_.size(), 2u);
  EXPECT_GE(runs_[1].second - runs_[0].second, 90s);
}

// F16, F17: the whole org waits, one job probes, nothing is parked, and the order holds afterwards.
TEST_F(WorkersTest, PausesEverythingWhenTheOrgRefusesAndProbesWithOneJob) {
  bool is_refusing = true;
  start([&](const Job&) {
    if (is_refusing) vendors_.salesforce.failed(org_wide());
    if (!is_refusing) vendors_.salesforce.answered();
    return is_refusing ? failed(org_wide()) : finished();
  });
  for (int i = 0; i < 40; ++i) hint("case:" + std::to_string(i));
  run_for(3 * 24h);
  EXPECT_LE(runs_.size(), 4u + 3 * 24 * 12 + 20) << "about one probe in 5 minutes, whatever waits";
  EXPECT_TRUE(workers_->is_paused());
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 0u);
  is_refusing = false;
  run_for(10min);
  EXPECT_FALSE(workers_->is_paused());
  EXPECT_EQ(store_.count_jobs(process_->now()).due + store_.count_jobs(process_->now()).waiting, 0u);
}

// A row lock after an outage is the first of its kind, however long the outage was: nothing of that was the job's own failing.
TEST_F(WorkersTest, DoesNotCountAVendorsRestTowardsGivingUp) {
  config_.give_up_after = 1min;
  const Failure down{.kind = Failure::Kind::transient, .system = "salesforce", .code = "not sent", .is_transport = true};
  bool is_down = true;
  start([&](const Job&) {
    is_down ? vendors_.salesforce.failed(down) : vendors_.salesforce.answered();
    return failed(is_down ? down : transient());
  });
  for (const auto* subject : {"case:1", "case:2", "case:3"}) hint(subject);
  run_for(30min);
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 0u);
  is_down = false;
  runs_.clear();
  while (runs_.empty()) run_for(1s);
  run_for(30s);
  for (const auto* subject : {"case:1", "case:2", "case:3"}) EXPECT_GE(runs_of(subject), 2u) << subject;
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 0u);
  run_for(5min);
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 3u) << "the minute of their own is over";
}

// Nor the time in which no bridge ran.
TEST_F(WorkersTest, DoesNotCountItsOwnAbsenceTowardsGivingUp) {
  config_.give_up_after = 1min;
  start([](const Job&) { return failed(transient()); });
  hint("case:1");
  run_for(10s);
  process_->kill();
  run_for(1h);
  process_ = fibers_.make_process("bridge");
  start([](const Job&) { return failed(transient()); });
  run_for(20s);
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 0u);
  run_for(3min);
  EXPECT_EQ(store_.count_jobs(process_->now()).parked, 1u);
}

// F30, I4
TEST_F(WorkersTest, NeverRunsTwoJobsOfOneConversationAtOnce) {
  std::map<std::string, int> running;
  int most_at_once = 0;
  start([&](const Job& job) {
    EXPECT_EQ(running[job.conversation]++, 0);
    int all = 0;
    for (const auto& [name, count] : running) all += count;
    most_at_once = std::max(most_at_once, all);
    process_->sleep_for(100ms);
    --running[job.conversation];
    return finished();
  });
  for (int i = 0; i < 30; ++i) hint("session:" + std::to_string(i), "contact:" + std::to_string(i % 5));
  run_for(1min);
  EXPECT_EQ(runs_.size(), 30u);
  EXPECT_EQ(most_at_once, 4) << "different conversations run side by side";
}

TEST_F(WorkersTest, RunsOnceMoreWhenAHintComesWhileItRuns) {
  start([&](const Job& job) {
    if (runs_.size() == 1) {
      process_->sleep_for(1s);
      hint(job.subject);
      hint(job.subject);
    }
    return finished();
  });
  hint("case:1");
  run_for(1min);
  EXPECT_EQ(runs_.size(), 2u);
}

TEST_F(WorkersTest, RunsAJobUnderTheConversationItLearned) {
  start([](const Job& job) { return job.conversation == job.subject ? moved("contact:dana") : finished(); });
  hint("session:1");
  run_for(0ms);
  EXPECT_EQ(runs_.size(), 2u);
  EXPECT_FALSE(store_.job("session:1"));
}

TEST_F(WorkersTest, StopsWhenTheRunningJobHasEnded) {
  start([&](const Job&) {
    process_->sleep_for(2s);
    return finished();
  });
  hint("case:1");
  hint("case:2", "case:1");
  bool has_stopped = false;
  process_->spawn("stopper", [&] {
    process_->sleep_for(1s);
    has_stopped = workers_->stop(process_->steady_now() + 30s);
  });
  run_for(1min);
  EXPECT_TRUE(has_stopped);
  EXPECT_EQ(runs_.size(), 1u) << "no new work after stop";
  EXPECT_TRUE(store_.job("case:2"));
}

TEST_F(WorkersTest, DoesNotWaitForEverForAJobThatHangs) {
  start([&](const Job&) {
    process_->sleep_for(1h);
    return finished();
  });
  hint("case:1");
  std::optional<bool> has_ended;
  process_->spawn("stopper", [&] {
    process_->sleep_for(1s);
    has_ended = workers_->stop(process_->steady_now() + 30s);
  });
  run_for(1min);
  EXPECT_EQ(has_ended, false);
}

// However long a job takes: nobody else takes it.
TEST_F(WorkersTest, LeavesALongJobToItsWorker) {
  start([&](const Job&) {
    process_->sleep_for(26h);
    return finished();
  });
  hint("case:1");
  hint("case:2", "case:1");
  run_for(25h);
  EXPECT_EQ(runs_.size(), 1u);
}

// What was asked may still happen: who looks at once does it twice.
TEST_F(WorkersTest, GivesALostAnswerTimeBeforeItLooks) {
  start([this](const Job&) {
    auto failure = transient();
    failure.may_have_acted = true;
    return runs_.size() < 2 ? failed(failure) : finished();
  });
  hint("case:1");
  run_for(1min);
  ASSERT_EQ(runs_.size(), 2u);
  EXPECT_GE(runs_[1].second - runs_[0].second, kLostAnswerSettles);
}

// Another job of the conversation would look at the same things.
TEST_F(WorkersTest, GivesALostAnswerTimeBeforeAnotherJobOfTheConversationLooks) {
  start([](const Job& job) {
    if (job.subject != "session:1") return finished();
    auto failure = transient();
    failure.may_have_acted = true;
    return failed(failure);
  });
  hint("session:1", "contact:dana");
  run_for(1s);
  hint("session:2", "contact:dana");
  hint("session:3", "contact:eve");
  run_for(3s);
  EXPECT_EQ(runs_of("session:3"), 1u);
  EXPECT_EQ(runs_of("session:2"), 0u);
  run_for(2s);
  EXPECT_EQ(runs_of("session:2"), 1u);
}

TEST_F(WorkersTest, GivesWhatItsFormerSelfHadBegunTimeBeforeItLooks) {
  const auto run = [&](const Job&) {
    if (runs_.size() == 1) process_->sleep_for(1h);
    return finished();
  };
  start(run);
  hint("case:1");
  run_for(1s);
  process_->kill();
  process_ = fibers_.make_process("bridge");
  start(run);
  run_for(1min);
  ASSERT_EQ(runs_.size(), 2u);
  EXPECT_EQ(runs_[1].second - runs_[0].second, 1s + kLostAnswerSettles);
}

TEST_F(WorkersTest, TakesUpAtItsStartWhatWasParked) {
  bool is_refusing = true;
  const auto run = [&](const Job&) { return is_refusing ? failed(permanent()) : finished(); };
  start(run);
  for (int i = 0; i < 1'200; ++i) hint("case:" + std::to_string(i), "contact:" + std::to_string(i % 7));
  run_for(1min);
  ASSERT_EQ(store_.count_jobs(process_->now()).parked, 1'200u);
  is_refusing = false;
  process_->kill();
  process_ = fibers_.make_process("bridge");
  start(run);
  run_for(1min);
  const auto counts = store_.count_jobs(process_->now());
  EXPECT_EQ(counts.parked + counts.due + counts.waiting, 0u);
}

TEST(BackoffLimit, DoublesUpToItsCap) {
  EXPECT_EQ(backoff_limit(1), 1s);
  EXPECT_EQ(backoff_limit(4), 8s);
  EXPECT_EQ(backoff_limit(9), 256s);
  EXPECT_EQ(backoff_limit(10), 5min);
  EXPECT_EQ(backoff_limit(1'000'000), 5min);
}

TEST(GateOrder, DoublesThePauseWhenTheOneThatGoesAheadIsRefusedToo) {
  Gate gate;
  const SteadyTime zero{};
  EXPECT_EQ(gate.close(zero, std::nullopt), zero + 5s);
  EXPECT_EQ(gate.close(zero + 1s, std::nullopt), zero + 5s) << "a second refusal of the same moment changes nothing";
  EXPECT_EQ(gate.close(zero + 5s, std::nullopt), zero + 15s);
  EXPECT_EQ(gate.close(zero + 15s, 1min), zero + 75s) << "as long as the vendor asks for";
  EXPECT_TRUE(gate.open());
  EXPECT_FALSE(gate.open());
  EXPECT_EQ(gate.close(zero + 80s, std::nullopt), zero + 85s) << "an outage later begins anew";
}

TEST(GateOrder, ClosesAfterSomeCallsInARowThatGotNoProperAnswer) {
  Gate gate;
  const SteadyTime zero{};
  for (int i = 1; i < Gate::kFailuresMax; ++i) EXPECT_FALSE(gate.fail(zero, std::nullopt));
  gate.open();
  for (int i = 1; i < Gate::kFailuresMax; ++i) EXPECT_FALSE(gate.fail(zero, std::nullopt));
  EXPECT_FALSE(gate.is_closed());
  EXPECT_TRUE(gate.fail(zero, std::nullopt));
  EXPECT_FALSE(gate.fail(zero + 5s, std::nullopt)) << "the same outage";
  EXPECT_EQ(gate.closed_until(), zero + 15s);
}

// A vendor that is down: thousands of jobs must not knock a thousand times a second.
TEST_F(WorkersTest, AsksAVendorThatIsDownAFewTimesAMinuteWhateverWaits) {
  Failure down{.kind = Failure::Kind::transient, .system = "opencx", .code = "not sent", .is_transport = true};
  bool is_down = true;
  start([&](const Job&) {
    is_down ? vendors_.opencx.failed(down) : vendors_.opencx.answered();
    return is_down ? failed(down) : finished();
  });
  for (int i = 0; i < 2'000; ++i) hint("session:" + std::to_string(i));
  run_for(1h);
  EXPECT_LE(runs_.size(), 40u);
  EXPECT_FALSE(vendors_.salesforce.is_closed());
  is_down = false;
  run_for(10min);
  EXPECT_EQ(store_.count_jobs(process_->now()).due + store_.count_jobs(process_->now()).waiting, 0u);
}

TEST(HttpDate, IsReadAsServersWriteIt) {
  EXPECT_EQ(parse_http_date("Mon, 05 Jan 2026 09:00:00 GMT"), kNine);
  for (const auto* bad :
       {"", "Mon, 05 Jan 2026 09:00:00 +00", "Mon, 05 Xxx 2026 09:00:00 GMT", "Mon, 05 Jan 2026 99:00:00 GMT"}) {
    EXPECT_FALSE(parse_http_date(bad)) << bad;
  }
}

/// A database that is down and comes back.
class ComesAndGoes final : public StoreAround {
 public:
  using StoreAround::StoreAround;
  Claim claim(const ClaimRequest& request) override {
    if (is_down) throw StoreFailure("the database is down");
    return StoreAround::claim(request);
  }
  bool is_down = false;
};

class LinesOfTheStore final : public Log {
 public:
  void write(LogLevel, std::string_view event, const LogFields&) override {
    if (event.starts_with("store ")) lines.emplace_back(event);
  }
  void write_from(LogLevel) override {}
  std::vector<std::string> lines;
};

TEST_F(WorkersTest, TellsOfAnOutageOfTheStoreOnceAndOfItsEndOnce) {
  ComesAndGoes store(store_);
  LinesOfTheStore log;
  Events events(*observer_, log);
  config_.workers = 4;
  workers_ = std::make_unique<Workers>(Workers::Surroundings{*process_, store, rng_, events, vendors_}, config_,
                                       [](const Job&, const Lease&, const http::Permit&) { return finished(); });
  store.is_down = true;
  workers_->start();
  run_for(10min);
  EXPECT_EQ(log.lines, std::vector<std::string>{"store failed"});
  store.is_down = false;
  run_for(10min);
  EXPECT_EQ(log.lines, (std::vector<std::string>{"store failed", "store works again"}));
  store.is_down = true;
  workers_->wake();
  run_for(1min);
  EXPECT_EQ(log.lines.size(), 3u) << "the next one";
  process_->kill();
  workers_.reset();
}

}  // namespace
}  // namespace casewire::bridge
