// How the bridge starts, stops, and says how it is.

#include <gmock/gmock.h>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/bridge.hpp"
#include "bridge/store/memory_store.hpp"
#include "bridge/store/store_around.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// What it knows is kept; while the disk is full nothing more is.
class FillingStore final : public StoreAround {
 public:
  FillingStore() : StoreAround(inner_) {}
  bool is_full = false;
  void commit(const Changes& changes) override {
    is_failing_ = is_full;
    if (is_failing_) throw StoreFailure("disk full");
    inner_.commit(changes);
  }
  bool is_failing() const override { return is_failing_; }

 private:
  MemoryStore inner_;
  bool is_failing_ = false;
};

/// Vendors that are down, though they take their time to read a conversation, or for everything.
class DownTransport final : public http::Transport {
 public:
  explicit DownTransport(Runtime& runtime) : runtime_(runtime) {}
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    if (request.target.find("/chat/sessions?") != std::string::npos) ++looks;
    if (request.target.find("/chat/sessions/") != std::string::npos) runtime_.sleep_for(20s);
    runtime_.sleep_for(takes);
    return http::Response{.status = 503};
  }
  int looks = 0;
  milliseconds takes{0};

 private:
  Runtime& runtime_;
};

class Life : public testing::Test {
 protected:
  ~Life() override { process_->kill(); }
  /// On a fiber of the bridge's own, as its program does.
  void start() {
    process_->spawn("bridge main", [this] {
      try {
        bridge_.start();
      } catch (const StoreFailure&) {
        has_failed_to_start_ = true;
      }
    });
    fibers_.run_until_quiet();
  }
  /// nullopt: it had not stopped after 40 s.
  std::optional<bool> stop() {
    std::optional<bool> has_ended;
    process_->spawn("bridge stop", [&] { has_ended = bridge_.stop(); });
    const auto until = fibers_.now() + 40s;
    fibers_.run_until_quiet();
    for (auto timer = fibers_.next_timer(); timer && *timer <= until; timer = fibers_.next_timer()) {
      fibers_.advance_to(*timer);
      fibers_.run_until_quiet();
    }
    return has_ended;
  }
  void hand_off() {
    bridge_.handle({.method = "POST",
                    .target = "/hooks/opencx/cx-secret",
                    .body = R"({"event":"conversation.handoff_to_human","data":[{"conversation_id":"s-1"}]})"});
    fibers_.run_until_quiet();
  }
  http::Response readiness() { return bridge_.handle({.method = "GET", .target = "/readyz"}).response; }

  FiberRuntime fibers_{*parse_iso8601("2026-01-05T09:00:00Z"), 5};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("bridge");
  FillingStore store_;
  DownTransport transport_{*process_};
  SeededRng rng_{11};
  SilentLog log_;
  Bridge bridge_{[] {
                   Config config;
                   config.check_every.reset();
                   config.salesforce.refresh_token = "r0";
                   config.salesforce.login_url = "http://salesforce.test";
                   config.opencx.url = "http://opencx.test";
                   config.opencx.webhook_secrets = {"cx-secret"};
                   return config;
                 }(),
                 {*process_, transport_, store_, rng_, log_}};
  bool has_failed_to_start_ = false;
};

TEST_F(Life, StopsWhatAStartHadBegunThatFailedHalfWay) {
  store_.is_full = true;
  start();
  ASSERT_TRUE(has_failed_to_start_);
  EXPECT_EQ(stop(), true);
  EXPECT_EQ(process_->activity().next_timer, std::nullopt) << "a worker still waits for work";
}

TEST_F(Life, BeginsNoLookWhileItWaitsForTheLastJob) {
  start();
  ASSERT_EQ(transport_.looks, 1);
  hand_off();
  ASSERT_EQ(bridge_.status().jobs_due + bridge_.status().jobs_waiting, 1u);
  EXPECT_EQ(stop(), true);
  EXPECT_EQ(transport_.looks, 1) << "it failed, so that the next would come soon";
}

TEST_F(Life, IsReadyAgainAsSoonAsTheDiskHasRoom) {
  transport_.takes = 1h;  // so that no vendor is given up meanwhile
  start();
  EXPECT_EQ(readiness().status, 200);
  store_.is_full = true;
  hand_off();
  const auto failing = readiness();
  EXPECT_EQ(failing.status, 503);
  EXPECT_THAT(failing.body, HasSubstr("store failed"));
  store_.is_full = false;
  EXPECT_EQ(readiness().status, 200);
}

}  // namespace
}  // namespace casewire::bridge
