// Bridges that share a database hear of what another one has stored: an idle one is at work at once, where looking from time to time alone would let a
// conversation wait for half a second in the middle.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>

#include "base/runtime/thread_runtime.hpp"
#include "bridge/delivery/workers.hpp"
#include "bridge/store/postgres_store.hpp"
#include "tests/support/line_log.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using tests::PostgresServer;
using Clock = std::chrono::steady_clock;

/// Another bridge, which has nothing to do.
class IdleBridge {
 public:
  explicit IdleBridge(const std::string& uri) : store_(PostgresStore::open(uri).value()) {
    workers_.prepare();
    workers_.start();
  }
  ~IdleBridge() {
    workers_.stop(runtime_.steady_now() + 10s);
    runtime_.stop();
  }
  /// When the job began; nullopt: not within 5 s.
  std::optional<Clock::time_point> begins(const std::string& subject) {
    std::unique_lock lock(mutex_);
    if (!has_begun_.wait_for(lock, 5s, [&] { return begun_.contains(subject); })) return std::nullopt;
    return begun_.at(subject);
  }

 private:
  JobResult run(const Job& job) {
    const std::lock_guard lock(mutex_);
    begun_[job.subject] = Clock::now();
    has_begun_.notify_all();
    return finished();
  }

  std::unique_ptr<PostgresStore> store_;
  ThreadRuntime runtime_;
  LineLog log_;
  SeededRng rng_{1};
  Events events_{runtime_, log_};
  Vendors vendors_{runtime_, events_};
  std::mutex mutex_;
  std::condition_variable has_begun_;
  std::map<std::string, Clock::time_point> begun_;
  Workers workers_{{runtime_, *store_, rng_, events_, vendors_, "idle"},
                   Config{},
                   [this](const Job& job, const Lease&, const http::Permit&) { return run(job); }};
};

class NewsOfOthers : public testing::Test {
 protected:
  void SetUp() override {
    if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
    uri_ = PostgresServer::shared().make_database();
  }
  /// From the moment at which one bridge is told until another is at work, of several in the middle.
  static std::chrono::microseconds time_to_work(PostgresStore& store, IdleBridge& idle, int first) {
    constexpr int kTimes = 9;
    std::vector<Clock::duration> times;
    for (int i = first; i < first + kTimes; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{37 * i % 200});
      const auto subject = "session:" + std::to_string(i);
      const auto told = Clock::now();
      store.commit({.at = WallTime{std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch())},
                    .hints = {{.subject = subject}}});
      const auto begun = idle.begins(subject);
      times.push_back(begun ? *begun - told : 5s);
    }
    std::nth_element(times.begin(), times.begin() + kTimes / 2, times.end());
    return std::chrono::duration_cast<std::chrono::microseconds>(times[kTimes / 2]);
  }
  std::string uri_;
};

TEST_F(NewsOfOthers, SetsAnIdleBridgeToWorkAtOnce) {
  const auto store = PostgresStore::open(uri_).value();
  IdleBridge idle(uri_);
  const auto time = time_to_work(*store, idle, 0);
  std::cout << "from what the one is told to the other's work: " << time.count() << " us\n";
  EXPECT_LT(time, 150ms);
}

TEST_F(NewsOfOthers, IsHeardAgainAfterTheServerWasKilled) {
  const auto store = PostgresStore::open(uri_).value();
  IdleBridge idle(uri_);
  EXPECT_LT(time_to_work(*store, idle, 0), 150ms);
  PostgresServer::shared().kill();
  PostgresServer::shared().start();
  // What is stored before somebody listens again is found by looking.
  store->commit({.at = WallTime{}, .hints = {{.subject = "session:first"}}});
  EXPECT_TRUE(idle.begins("session:first"));
  std::this_thread::sleep_for(1'500ms);
  EXPECT_LT(time_to_work(*store, idle, 100), 150ms);
}

TEST_F(NewsOfOthers, IsNotToldToWhoStoredIt) {
  const auto store = PostgresStore::open(uri_).value();
  const auto other = PostgresStore::open(uri_).value();
  std::atomic<int> told = 0, told_to_other = 0;
  const auto news = store->listen([&] { ++told; });
  const auto news_of_other = other->listen([&] { ++told_to_other; });
  const auto comes = [](const std::atomic<int>& count, int least) {
    for (int i = 0; i < 500 && count < least; ++i) std::this_thread::sleep_for(10ms);
    return count >= least;
  };
  ASSERT_TRUE(comes(told, 1) && comes(told_to_other, 1)) << "each is told once when it begins to listen";
  store->commit({.hints = {{.subject = "session:1"}}});
  EXPECT_TRUE(comes(told_to_other, 2));
  store->commit({.marks = {{.name = "no hint", .value = "x"}}});
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(told_to_other, 2);
}

}  // namespace
}  // namespace casewire::bridge
