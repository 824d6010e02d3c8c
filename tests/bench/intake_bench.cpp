#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "scenarios/runner/child_process.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/paced_load.hpp"
#include "tests/bench/table.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bench {
namespace {

constexpr const char* kOpenCxSecret = "opencx-bench-secret";
constexpr const char* kSalesforceSecret = "salesforce-bench-secret";
constexpr std::string_view kFolder = "casewire-bench";
constexpr std::size_t kCommits = 10'000;
constexpr std::size_t kConnections = 8;
constexpr std::size_t kBacklogJobs = 1'000'000;

// A port that was free a moment ago.
std::string free_address() {
  ThreadRuntime runtime;
  const auto server = http::SocketServer::start(runtime, [](const http::Request&) { return http::Reply{}; });
  return server ? "127.0.0.1:" + std::to_string((*server)->port()) : std::string{};
}

/// The shipped program with its store on disk. Nobody listens where its vendors should be, and its clock stands still:
/// each event's job is tried once and then waits, so that intake is measured with workers beside it, but not their
/// work.
class RunningBridge {
 public:
  /// `store`: as the setting has it; empty: a file.
  explicit RunningBridge(std::string store = {}) : store_(std::move(store)) {}

  const std::string& folder() const { return folder_.path(); }

  Result<void, std::string> start() {
    const std::string address = free_address();
    url_ = "http://" + address;
    const std::string control = "http://" + free_address();
    auto child = host_.start({.command = {CASEWIRE_BRIDGE, "--control", control},
                              .environment = {{"CASEWIRE_LISTEN", address},
                                              {"CASEWIRE_STATE_DIR", folder_.path()},
                                              {"CASEWIRE_STORE", store_.empty() ? "sqlite" : store_},
                                              {"SALESFORCE_LOGIN_URL", "http://127.0.0.1:9"},
                                              {"SALESFORCE_CLIENT_ID", "id"},
                                              {"SALESFORCE_CLIENT_SECRET", "secret"},
                                              {"SALESFORCE_REFRESH_TOKEN", "token"},
                                              {"OPENCX_URL", "http://127.0.0.1:9"},
                                              {"OPENCX_API_KEY", "key"},
                                              {"OPENCX_WEBHOOK_SECRET", kOpenCxSecret},
                                              {"SALESFORCE_WEBHOOK_SECRET", kSalesforceSecret}}});
    if (!child) return fail(child.error());
    child_ = std::move(*child);
    http::SocketTransport transport;
    const http::Request begin{.method = "PUT", .target = control + "/clock", .body = R"({"now":"2026-01-05T09:00:00.000Z"})"};
    for (int attempt = 0; attempt < 200 && child_->running(); ++attempt) {
      const auto began = transport.send(begin, {});
      const auto answer = transport.send({.method = "GET", .target = url_ + "/healthz"}, {});
      if (began && began->status == 200 && answer && answer->status == 200) return {};
      std::this_thread::sleep_for(std::chrono::milliseconds{25});
    }
    return fail("casewire-bridge did not answer at /healthz: " + child_->output());
  }
  const std::string& url() const { return url_; }
  /// What it holds in memory; 0: nobody tells.
  double resident_megabytes() const {
    std::ifstream status("/proc/" + std::to_string(child_->group()) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1'024;
    }
    return 0;
  }

 private:
  std::string store_;
  scenarios::TemporaryFolder folder_{kFolder};
  scenarios::ProcessHost host_;
  std::unique_ptr<scenarios::ChildProcess> child_;
  std::string url_;
};

// Each event is about a conversation of its own: none can be merged with another.
http::Request event(const std::string& url, std::size_t number) {
  http::Request request{.method = "POST", .target = url + "/hooks/opencx/" + kOpenCxSecret};
  request.headers.add("Content-Type", "application/json");
  request.body = dump_json({{"event", "conversation.handoff"},
                            {"organization_id", "org-1"},
                            {"data", {{"conversation_id", "session-" + std::to_string(number)}}}});
  return request;
}

void show(const char* name, const Latencies& result) {
  value(name, rate(result.per_second) + ", p50 " + milliseconds_text(result.p50_ms) + ", p99 " +
                  milliseconds_text(result.p99_ms) + ", worst " + milliseconds_text(result.worst_ms) +
                  (result.errors == 0 ? "" : ", " + std::to_string(result.errors) + " errors"));
}

/// As many threads as the HTTP load has connections: the store lets them share a sync of the disk.
double bare_commits_per_second(bridge::Store& store) {
  std::vector<std::thread> threads;
  const RealStopwatch watch;
  for (std::size_t thread = 0; thread < kConnections; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t number = thread; number < kCommits; number += kConnections) {
        bridge::Changes changes;
        changes.hints.push_back({.subject = "session:bare-" + std::to_string(number)});
        store.commit(changes);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(kCommits) * 1e6 / static_cast<double>(watch.elapsed_microseconds());
}

Latencies load(const RunningBridge& bridge, std::size_t per_second, std::size_t requests, std::size_t first) {
  return paced_load(
      {.per_second = per_second, .requests = requests, .connections = kConnections, .request = [&, first](std::size_t number) {
         return event(bridge.url(), first + number);
       }});
}

/// At a rate, and as fast as it goes beside what the store alone does.
void measure_store(const std::string& store, bridge::Store& bare_store) {
  RunningBridge bridge(store);
  if (const auto started = bridge.start(); !started) return left_out("bridge", started.error());
  show("1,000 events a second", load(bridge, 1'000, 5'000, 0));
  show("2,000 events a second (goal: p99 under 5 ms)", load(bridge, 2'000, 10'000, 1'000'000));
  const Latencies fastest = load(bridge, 0, 10'000, 2'000'000);
  show("as fast as 8 connections go", fastest);
  const double bare = bare_commits_per_second(bare_store);
  value("the store's bare commits, 8 threads", rate(bare));
  ratio("", fastest.per_second, bare);
}

void fill(bridge::Store& store) {
  constexpr std::size_t kTogether = 5'000;
  for (std::size_t number = 0; number < kBacklogJobs;) {
    bridge::Changes changes{.at = WallTime{}};
    for (const auto end = number + kTogether; number < end; ++number) {
      changes.hints.push_back({.subject = "session:backlog-" + std::to_string(number)});
    }
    store.commit(changes);
  }
}

/// In the database itself: a statement for each would take as long as the measurement of intake would have it.
void fill(tests::PostgresServer& server, const std::string& uri) {
  const auto store = bridge::PostgresStore::open(uri).value();
  store->prepare();
  const auto jobs = std::to_string(kBacklogJobs);
  server.ask(
      uri,
      "INSERT INTO casewire.jobs SELECT ('session:backlog-' || n)::bytea, ('session:backlog-' || n)::bytea, 1, 0, 0, NULL, false,"
      " '', '', '', 0, 0 FROM generate_series(1, " +
          jobs + ") AS n");
  server.ask(uri, "INSERT INTO casewire.conversations SELECT conversation, 0, 0 FROM casewire.jobs");
  server.ask(uri, "ANALYZE");
}

/// The same events beside a million jobs that wait for vendors that are down.
void measure_backlog(RunningBridge& bridge) {
  if (const auto started = bridge.start(); !started) return left_out("bridge", started.error());
  show("2,000 events a second beside 1,000,000 jobs", load(bridge, 2'000, 10'000, 3'000'000));
  char text[64];
  std::snprintf(text, sizeof text, "%.0f MB resident (goal: under 200)", bridge.resident_megabytes());
  value("memory", text);
}

}  // namespace

void measure_intake() {
  heading("Durable intake of casewire-bridge over HTTP, each event a new conversation: SQLite");
  {
    const scenarios::TemporaryFolder folder{kFolder};
    const auto bare = bridge::SqliteStore::open(folder.path() + "/bare.db");
    if (!bare) return left_out("store", render(bare.error()));
    measure_store({}, **bare);
  }
  {
    RunningBridge bridge;
    fill(*bridge::SqliteStore::open(bridge.folder() + "/bridge.sqlite").value());
    measure_backlog(bridge);
  }
  heading("The same: PostgreSQL");
  if (tests::PostgresServer::programs().empty()) return left_out("PostgreSQL", tests::PostgresServer::kMissing);
  tests::PostgresServer server;
  const auto bare = bridge::PostgresStore::open(server.make_database());
  if (!bare) return left_out("store", render(bare.error()));
  measure_store(server.make_database(), **bare);
  const auto uri = server.make_database();
  fill(server, uri);
  RunningBridge bridge(uri);
  measure_backlog(bridge);
}

}  // namespace casewire::bench
