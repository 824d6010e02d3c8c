#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include "base/http/transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/rng.hpp"
#include "bridge/bridge.hpp"
#include "bridge/store/postgres_store.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/table.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bench {
namespace {

constexpr std::size_t kJobs = 3'000;
constexpr int kWorkers = 8;
constexpr std::chrono::milliseconds kCallTakes{20};
constexpr std::chrono::seconds kAtMost{120};

/// Both vendors. Each call takes its time, and each session is refused for good: a job is a claim, one call, and a write.
class RefusingVendors final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    const std::string_view path = request.path();
    std::this_thread::sleep_for(kCallTakes);
    if (path == "/services/oauth2/token") {
      return http::Response{.status = 200,
                            .body = R"({"access_token":"t","instance_url":"http://salesforce",)"
                                    R"("id":"http://salesforce/id/00D000000000001AAA/005000000000001AAA"})"};
    }
    if (path == "/chat/sessions") return http::Response{.status = 200, .body = R"({"items":[]})"};
    if (path.ends_with("/composite")) {
      return http::Response{.status = 200,
                            .body = R"({"compositeResponse":[{"httpStatusCode":200,"referenceId":"cases","body":{"records":[]}},
                                        {"httpStatusCode":200,"referenceId":"mails","body":{"records":[]}}]})"};
    }
    return http::Response{.status = 400, .body = R"({"message":"no such session"})"};
  }
};

/// One of those that share the database.
struct Member {
  Member(const bridge::Config& config, const std::string& uri, const std::string& name)
      : store(bridge::PostgresStore::open(uri).value()), bridge(config, {runtime, vendors, *store, rng, log, nullptr, name}) {}
  ThreadRuntime runtime;
  RefusingVendors vendors;
  SystemRng rng;
  bridge::SilentLog log;
  std::unique_ptr<bridge::PostgresStore> store;
  bridge::Bridge bridge;
};

/// Jobs a second until all are done; 0: they never were.
double jobs_per_second(tests::PostgresServer& server, int bridges) {
  const auto uri = server.make_database();
  bridge::Config config{.state_dir = ".", .store = uri, .workers = kWorkers, .check_every = std::nullopt};
  config.salesforce = {.login_url = "http://salesforce", .client_id = "c", .client_secret = "s", .refresh_token = "t"};
  config.opencx = {.url = "http://opencx", .api_key = "k", .calls_a_minute = 0};
  std::vector<std::unique_ptr<Member>> members;
  for (int i = 0; i < bridges; ++i) members.push_back(std::make_unique<Member>(config, uri, "bridge-" + std::to_string(i)));
  {
    bridge::Changes changes{.at = members.front()->runtime.now()};
    for (std::size_t i = 0; i < kJobs; ++i) changes.hints.push_back({.subject = "session:" + std::to_string(i)});
    members.front()->store->commit(changes);
  }
  const RealStopwatch watch;
  for (const auto& member : members) member->bridge.start();
  double rate = 0;
  while (watch.elapsed() < kAtMost) {
    const auto left = members.front()->store->count_jobs(members.front()->runtime.now());
    if (left.due + left.waiting == 0) {
      rate = static_cast<double>(kJobs) * 1e6 / static_cast<double>(watch.elapsed_microseconds());
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  for (const auto& member : members) member->bridge.stop();
  for (const auto& member : members) member->runtime.stop();
  return rate;
}

}  // namespace

void measure_fleet() {
  heading("Bridges of 8 workers on one PostgreSQL, calls of 20 ms: 3,000 jobs, each a claim, a call and a write");
  if (tests::PostgresServer::programs().empty()) return left_out("PostgreSQL", tests::PostgresServer::kMissing);
  tests::PostgresServer server;
  const double limit = kWorkers * 1'000.0 / static_cast<double>(kCallTakes.count());
  const double one = jobs_per_second(server, 1);
  value("one bridge", rate(one));
  value("its workers, if a job were its call alone", rate(limit));
  ratio("", one, limit);
  const double three = jobs_per_second(server, 3);
  value("three bridges", rate(three));
  if (one <= 0 || three <= 0) return left_out("three beside one", "not all jobs were done");
  char text[64];
  std::snprintf(text, sizeof text, "%.2f times one (goal: 2.5 until the cores end)", three / one);
  value("three beside one", text);
}

}  // namespace casewire::bench
