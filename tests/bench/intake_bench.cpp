#include <thread>
#include <vector>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "scenarios/runner/child_process.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/paced_load.hpp"
#include "tests/bench/table.hpp"

namespace casewire::bench {
namespace {

constexpr const char* kOpenCxSecret = "opencx-bench-secret";
constexpr const char* kSalesforceSecret = "salesforce-bench-secret";
constexpr std::string_view kFolder = "casewire-bench";
constexpr std::size_t kCommits = 10'000;
constexpr std::size_t kConnections = 8;

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
  Result<void, std::string> start() {
    const std::string address = free_address();
    url_ = "http://" + address;
    const std::string control = "http://" + free_address();
    auto child = host_.start({.command = {CASEWIRE_BRIDGE, "--control", control},
                              .environment = {{"CASEWIRE_LISTEN", address},
                                              {"CASEWIRE_STATE_DIR", folder_.path()},
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

 private:
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
double bare_commits_per_second() {
  const scenarios::TemporaryFolder folder{kFolder};
  const auto store = bridge::SqliteStore::open(folder.path() + "/bare.db");
  if (!store) return 0;
  std::vector<std::thread> threads;
  const RealStopwatch watch;
  for (std::size_t thread = 0; thread < kConnections; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t number = thread; number < kCommits; number += kConnections) {
        bridge::Changes changes;
        changes.hints.push_back({.subject = "session:bare-" + std::to_string(number)});
        (*store)->commit(changes);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(kCommits) * 1e6 / static_cast<double>(watch.elapsed_microseconds());
}

}  // namespace

void measure_intake() {
  heading("Durable intake of casewire-bridge over HTTP, each event a new conversation");
  RunningBridge bridge;
  if (const auto started = bridge.start(); !started) return left_out("bridge", started.error());
  const auto at_rate = [&](std::size_t per_second, std::size_t requests, std::size_t first) {
    return paced_load(
        {.per_second = per_second, .requests = requests, .connections = kConnections, .request = [&, first](std::size_t number) {
           return event(bridge.url(), first + number);
         }});
  };
  show("1,000 events a second (goal: p99 under 10 ms)", at_rate(1'000, 5'000, 0));
  const Latencies fastest = at_rate(0, 10'000, 1'000'000);
  show("as fast as 8 connections go", fastest);
  const double bare = bare_commits_per_second();
  value("the store's bare commits, 8 threads", rate(bare));
  ratio("", fastest.per_second, bare);
}

}  // namespace casewire::bench
