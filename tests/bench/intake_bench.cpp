#include <cstdio>
#include <string>

#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "tests/bench/bare_commits.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/paced_load.hpp"
#include "tests/bench/running_bridge.hpp"
#include "tests/bench/table.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bench {
namespace {

constexpr std::string_view kFolder = "casewire-bench";
constexpr std::size_t kCommits = 10'000;
constexpr std::size_t kConnections = 8;
constexpr std::size_t kBacklogJobs = 1'000'000;

void show(const char* name, const Latencies& result) {
  value(name, rate(result.per_second) + ", p50 " + milliseconds_text(result.p50_ms) + ", p99 " +
                  milliseconds_text(result.p99_ms) + ", worst " + milliseconds_text(result.worst_ms) +
                  (result.errors == 0 ? "" : ", " + std::to_string(result.errors) + " errors"));
}

Latencies load(const RunningBridge& bridge, std::size_t per_second, std::size_t requests, std::size_t first) {
  return paced_load(
      {.per_second = per_second, .requests = requests, .connections = kConnections, .request = [&, first](std::size_t number) {
         return bridge.event(first + number);
       }});
}

/// At a rate, and as fast as it goes beside what the store alone does.
void measure_store(const std::string& store, bridge::Store& bare_store) {
  RunningBridge bridge({.store = store});
  if (const auto started = bridge.start(); !started) return left_out("bridge", started.error());
  show("1,000 events a second", load(bridge, 1'000, 5'000, 0));
  show("2,000 events a second (goal: p99 under 5 ms)", load(bridge, 2'000, 10'000, 1'000'000));
  const Latencies fastest = load(bridge, 0, 10'000, 2'000'000);
  show("as fast as 8 connections go", fastest);
  const double bare = bare_commits_per_second(bare_store, kCommits, kConnections);
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

/// In the database itself: a statement for each would take as long as the measurement of intake would have it. And as it is once the backlog is some
/// minutes old: the database tends what has just come in such numbers, for which it takes a processor of its own.
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
  server.ask(uri, "VACUUM ANALYZE");
  server.ask(uri, "CHECKPOINT");
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
  heading("The same: PostgreSQL, set up as recommended, on a disk that takes no time");
  if (tests::PostgresServer::programs().empty()) return left_out("PostgreSQL", tests::PostgresServer::kMissing);
  // The disk is no part of it: SQLite's files are in memory too, where there is a folder of that kind.
  tests::PostgresServer server(std::string(tests::PostgresServer::kAsDeployed) + " -c fsync=off");
  const auto bare = bridge::PostgresStore::open(server.make_database());
  if (!bare) return left_out("store", render(bare.error()));
  measure_store(server.make_database(), **bare);
  const auto uri = server.make_database();
  fill(server, uri);
  RunningBridge bridge({.store = uri});
  measure_backlog(bridge);
}

}  // namespace casewire::bench
