// Several bridges over one store, under virtual time: some are killed, and some are cut off from it for longer than their leases last.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/delivery/workers.hpp"
#include "bridge/store/memory_store.hpp"
#include "bridge/store/store_around.hpp"
#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;

/// What all bridges share, and whoever watches sees: by which leases each conversation was written.
class Database final : public MemoryStore {
 public:
  void commit(const Changes& changes) override {
    const auto job = changes.under ? MemoryStore::job(changes.under->subject) : std::nullopt;
    MemoryStore::commit(changes);
    if (!job) return;
    auto& newest = newest_fence_[job->conversation];
    if (changes.under->fence < newest) ++writes_of_the_past;
    newest = std::max(newest, changes.under->fence);
  }
  bool is_shared() const override { return true; }
  int writes_of_the_past = 0;

 private:
  std::map<std::string, std::uint64_t> newest_fence_;
};

/// A bridge's way to it, which may be cut.
class Way final : public StoreAround {
 public:
  explicit Way(Store& store) : StoreAround(store) {}
  void commit(const Changes& changes) override { (pass(), StoreAround::commit(changes)); }
  Claim claim(const ClaimRequest& request) override { return (pass(), StoreAround::claim(request)); }
  void renew(const std::vector<Lease>& leases, WallTime now, WallTime until) override {
    (pass(), StoreAround::renew(leases, now, until));
  }
  bool is_cut = false;

 private:
  void pass() const {
    if (is_cut) throw StoreFailure("the network is cut");
  }
};

class LostLeases final : public Log {
 public:
  void write(LogLevel, std::string_view event, const LogFields&) override { count += event == happening::lease_lost.name; }
  void write_from(LogLevel) override {}
  int count = 0;
};

class Fleet : public testing::TestWithParam<std::uint64_t> {
 protected:
  struct Bridge {
    Bridge(Fleet& fleet, std::string called)
        : name(std::move(called)), process(fleet.fibers_.make_process(name)), way(fleet.database_), rng(fleet.chance_.next()) {
      events = std::make_unique<Events>(*process, fleet.log_);
      vendors = std::make_unique<Vendors>(*process, *events);
      workers = std::make_unique<Workers>(Workers::Surroundings{*process, way, rng, *events, *vendors, name}, fleet.config_,
                                          [this, &fleet](const Job& job, const Lease& lease, const http::Permit& permit) {
                                            return fleet.work(*this, job, lease, permit);
                                          });
      process->spawn("start", [this] {
        workers->prepare();
        workers->start();
      });
    }
    ~Bridge() { process->kill(); }
    std::string name;
    std::unique_ptr<FiberProcess> process;
    Way way;
    SeededRng rng;
    std::unique_ptr<Events> events;
    std::unique_ptr<Vendors> vendors;
    std::unique_ptr<Workers> workers;
  };

  /// As the jobs of the bridge do: look whether it was done, note that it begins, do it, note that it is done.
  JobResult work(Bridge& bridge, const Job& job, const Lease& lease, const http::Permit& permit) {
    LeasedStore store(bridge.way, lease);
    if (!done_at_vendor_.contains(job.subject)) {
      store.commit({.at = bridge.process->now(), .ledger = {{.key = job.subject, .about = job.conversation}}});
      bridge.process->sleep_for(milliseconds{static_cast<std::int64_t>(bridge.rng.below(40'000))});
      // The vendor takes whatever comes: it was looked for before it is repeated, and goes out while the lease lasts.
      if (!permit.lasts()) return failed({.kind = Failure::Kind::transient, .system = "test", .code = "LEASE_ENDED"});
      ++done_at_vendor_[job.subject];
    }
    store.commit({.at = bridge.process->now(), .ledger = {{.key = job.subject, .about = job.conversation, .done = true}}});
    return finished();
  }
  void run_for(milliseconds duration) {
    const auto end = fibers_.now() + duration;
    for (;;) {
      ASSERT_TRUE(fibers_.run_until_quiet());
      const auto next = fibers_.next_timer();
      if (!next || *next > end) break;
      fibers_.advance_to(*next);
    }
    fibers_.advance_to(end);
    ASSERT_TRUE(fibers_.run_until_quiet());
  }

  FiberRuntime fibers_{kNine, GetParam()};
  SeededRng chance_{GetParam()};
  Database database_;
  LostLeases log_;
  Config config_;
  std::map<std::string, int> done_at_vendor_;
  std::array<std::unique_ptr<Bridge>, 3> bridges_;
};

INSTANTIATE_TEST_SUITE_P(, Fleet, testing::Range(std::uint64_t{1}, std::uint64_t{21}));

TEST_P(Fleet, DoesEverythingThoughBridgesDieAndSleep) {
  constexpr int kJobs = 120, kConversations = 30, kMinutes = 20;
  const auto name = [](std::size_t i) { return "bridge-" + std::to_string(i); };
  for (std::size_t i = 0; i < bridges_.size(); ++i) bridges_[i] = std::make_unique<Bridge>(*this, name(i));
  int deaths = 0, cuts = 0;
  for (int minute = 0; minute < kMinutes; ++minute) {
    for (int i = 0; i < kJobs / kMinutes; ++i) {
      const auto number = minute * (kJobs / kMinutes) + i;
      database_.commit({.at = fibers_.now(),
                        .hints = {{.subject = "session:" + std::to_string(number),
                                   .conversation = "c" + std::to_string(chance_.below(kConversations))}}});
    }
    const auto victim = chance_.below(bridges_.size());
    switch (chance_.below(3)) {
      case 0:
        bridges_[victim].reset();
        ++deaths;
        run_for(15s);
        bridges_[victim] = std::make_unique<Bridge>(*this, name(victim));
        run_for(45s);
        break;
      case 1:
        bridges_[victim]->way.is_cut = true;
        ++cuts;
        run_for(45s);
        bridges_[victim]->way.is_cut = false;
        run_for(15s);
        break;
      default: run_for(60s);
    }
  }
  run_for(10min);
  EXPECT_GT(deaths, 0);
  EXPECT_GT(cuts, 0);
  EXPECT_EQ(database_.writes_of_the_past, 0);
  EXPECT_EQ(done_at_vendor_.size(), static_cast<std::size_t>(kJobs));
  const auto left = database_.count_jobs(fibers_.now());
  EXPECT_EQ(left.due + left.waiting + left.parked, 0u);
  for (int i = 0; i < kJobs; ++i) {
    const auto entry = database_.ledger_entry("session:" + std::to_string(i));
    ASSERT_TRUE(entry);
    EXPECT_TRUE(entry->done) << entry->key;
    EXPECT_EQ(done_at_vendor_[entry->key], 1) << entry->key;
  }
}

class LeaseOfOneWorker : public Fleet {};
INSTANTIATE_TEST_SUITE_P(, LeaseOfOneWorker, testing::Values(std::uint64_t{1}));

TEST_P(LeaseOfOneWorker, GoesToAnotherBridgeWhenItsOwnDiesAndLastsWhileItLives) {
  database_.commit({.at = fibers_.now(), .hints = {{.subject = "session:1"}}});
  bridges_[0] = std::make_unique<Bridge>(*this, "first");
  run_for(0ms);
  ASSERT_FALSE(database_.claim({.now = fibers_.now(), .owner = "test", .lease_until = fibers_.now()}).job);
  bridges_[0].reset();
  bridges_[1] = std::make_unique<Bridge>(*this, "second");
  run_for(29s);
  EXPECT_TRUE(database_.job("session:1"));
  EXPECT_TRUE(done_at_vendor_.empty());
  run_for(60s);
  EXPECT_FALSE(database_.job("session:1"));
  EXPECT_EQ(log_.count, 0);
}

TEST_P(LeaseOfOneWorker, IsLostWhenItsBridgeIsCutOffForTooLong) {
  database_.commit({.at = fibers_.now(), .hints = {{.subject = "session:1"}}});
  bridges_[0] = std::make_unique<Bridge>(*this, "first");
  run_for(0ms);
  bridges_[0]->way.is_cut = true;
  run_for(31s);
  bridges_[1] = std::make_unique<Bridge>(*this, "second");
  run_for(2s);
  bridges_[0]->way.is_cut = false;
  run_for(60s);
  EXPECT_FALSE(database_.job("session:1"));
  EXPECT_EQ(log_.count, 1) << "the first one, when it came back";
  EXPECT_EQ(database_.writes_of_the_past, 0);
}

}  // namespace
}  // namespace casewire::bridge
