// What only a store in a database has to promise: servers that die, restart, do not answer or take no writes, and bridges that share it.

#include "bridge/store/postgres_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "tests/support/postgres_server.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::PostgresServer;

WallTime second(int n) { return WallTime{std::chrono::seconds{1'767'603'600 + n}}; }

class InPostgresStore : public testing::Test {
 protected:
  void SetUp() override {
    if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
    uri_ = server().make_database();
  }
  static PostgresServer& server() { return PostgresServer::shared(); }
  std::unique_ptr<PostgresStore> open(const std::string& more = {}) { return PostgresStore::open(uri_ + more).value(); }
  std::string refusal_to_open() {
    const auto store = PostgresStore::open(uri_);
    return store ? "opened" : render(store.error());
  }
  static std::string failure_of(const std::function<void()>& deed) {
    try {
      deed();
    } catch (const StoreFailure& failure) {
      return failure.what();
    }
    return "none";
  }

  std::string uri_;
};

TEST_F(InPostgresStore, HasEverythingItAcknowledgedWhenTheServerIsKilled) {
  const auto store = open();
  std::array<std::atomic<int>, 4> acknowledged{};
  std::atomic<bool> is_over = false, has_failed = false;
  std::vector<std::thread> writers;
  for (std::size_t writer = 0; writer < acknowledged.size(); ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; !is_over; ++i) {
        const auto name = std::to_string(writer) + "-" + std::to_string(i);
        const Changes changes{.at = second(0),
                              .hints = {{.subject = "session:" + name}},
                              .ledger = {{.key = name, .about = "all"}},
                              .marks = {{.name = name, .value = "x"}}};
        for (bool is_stored = false; !is_stored && !is_over;) {
          try {
            store->commit(changes);
            is_stored = true;
            acknowledged[writer] = i + 1;
          } catch (const StoreFailure&) {
            has_failed = true;
            std::this_thread::sleep_for(5ms);
          }
        }
      }
    });
  }
  const auto wait_for_more = [&] {
    for (auto& count : acknowledged) {
      for (const int before = count; count < before + 10;) std::this_thread::sleep_for(1ms);
    }
  };
  for (int round = 0; round < 3; ++round) {
    wait_for_more();
    server().kill();
    has_failed = false;
    while (!has_failed) std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(store->is_failing());
    EXPECT_THAT(failure_of([&] { store->mark("x"); }), HasSubstr("postgres://" + server().folder()));
    server().start();
    wait_for_more();
    EXPECT_FALSE(store->is_failing());
  }
  is_over = true;
  for (auto& writer : writers) writer.join();
  for (std::size_t writer = 0; writer < acknowledged.size(); ++writer) {
    for (int i = 0; i < acknowledged[writer]; ++i) {
      const auto name = std::to_string(writer) + "-" + std::to_string(i);
      ASSERT_EQ(store->mark(name), "x") << name;
      ASSERT_TRUE(store->ledger_entry(name)) << name;
      ASSERT_TRUE(store->job("session:" + name)) << name;
    }
  }
}

TEST_F(InPostgresStore, NobodyNoticesARestartBetweenTwoCalls) {
  const auto store = open();
  store->commit({.marks = {{.name = "a", .value = "1"}}});
  for (int i = 0; i < 8; ++i) EXPECT_EQ(store->mark("a"), "1");
  server().stop();
  server().start();
  store->commit({.marks = {{.name = "a", .value = "2"}}});
  for (int i = 0; i < 8; ++i) EXPECT_EQ(store->mark("a"), "2");
}

TEST_F(InPostgresStore, OpensThoughTheServerIsNotThereYet) {
  server().stop();
  const auto store = open();
  EXPECT_TRUE(store->is_failing());
  EXPECT_THROW(store->commit({.marks = {{.name = "a", .value = "1"}}}), StoreFailure);
  server().start();
  store->commit({.marks = {{.name = "a", .value = "1"}}});
  EXPECT_FALSE(store->is_failing());
}

TEST_F(InPostgresStore, IsPreparedForReadingThoughTheServerCameLate) {
  server().stop();
  const auto store = open();
  EXPECT_THAT(failure_of([&] { store->prepare(); }), HasSubstr("No such file"));
  server().start();
  store->prepare();
  EXPECT_EQ(store->mark("cursor"), std::nullopt);
}

TEST_F(InPostgresStore, WaitsForNoServerThatDoesNotAnswer) {
  const auto store = open("&connect_timeout=1");
  store->commit({.marks = {{.name = "a", .value = "1"}}});
  EXPECT_EQ(store->mark("a"), "1");
  server().freeze(true);
  EXPECT_THAT(failure_of([&] { store->commit({.marks = {{.name = "a", .value = "2"}}}); }), HasSubstr("no answer for 1 s"));
  server().freeze(false);
  store->commit({.marks = {{.name = "b", .value = "1"}}});
}

TEST_F(InPostgresStore, WritesToNoReplicaAndGoesOnWhenItIsPromoted) {
  const auto store = open();
  store->commit({.marks = {{.name = "a", .value = "1"}}});
  server().stop();
  server().start();
  server().stop_in_order();
  server().become_replica();
  server().start();
  EXPECT_THAT(failure_of([&] { store->commit({.marks = {{.name = "a", .value = "2"}}}); }),
              HasSubstr("takes no writes: it is a replica"));
  EXPECT_THAT(failure_of([&] { store->mark("a"); }), HasSubstr("takes no writes"));
  server().ask(uri_, "SELECT pg_promote()");
  store->commit({.marks = {{.name = "a", .value = "3"}}});
  EXPECT_EQ(store->mark("a"), "3");
}

TEST_F(InPostgresStore, RefusesANewerSchema) {
  open();
  server().ask(uri_, "UPDATE casewire.schema_version SET version = 99");
  EXPECT_THAT(
      refusal_to_open(),
      AllOf(
          HasSubstr("the database has schema version 99.3, this program knows versions up to 1.3\n"),
          HasSubstr(
              "hint: use the newer casewire-bridge that wrote it, or take the store back with that one (casewire-bridge store downgrade)")));
}

TEST_F(InPostgresStore, RefusesASchemaThatIsAnotherPrograms) {
  server().ask(uri_, "CREATE SCHEMA casewire; CREATE TABLE casewire.songs (title text)");
  EXPECT_THAT(refusal_to_open(), HasSubstr("the schema \"casewire\" is another program's"));
}

TEST_F(InPostgresStore, TakesASchemaThatWasMadeForIt) {
  server().ask(uri_, "CREATE SCHEMA casewire");
  EXPECT_EQ(refusal_to_open(), "opened");
}

// Each org has its own tables, queue and fences in the one database.
TEST_F(InPostgresStore, KeepsOrgsApartByTheirSchemas) {
  const auto acme = PostgresStore::open(uri_, "casewire_acme").value();
  const auto globex = PostgresStore::open(uri_, "casewire_globex_eu").value();
  acme->commit({.at = second(0), .hints = {{.subject = "session:s-1"}}, .marks = {{.name = "a", .value = "acme"}}});
  globex->commit({.at = second(0), .hints = {{.subject = "session:s-1"}, {.subject = "session:s-2"}}});
  EXPECT_EQ(acme->count_jobs(second(0)).due, 1u);
  EXPECT_EQ(globex->count_jobs(second(0)).due, 2u);
  EXPECT_EQ(globex->mark("a"), std::nullopt);
  const ClaimRequest request{.now = second(0), .owner = "me", .lease_until = second(30)};
  EXPECT_EQ(acme->claim(request).lease.fence, 1u);
  EXPECT_FALSE(acme->claim(request).job);
  EXPECT_EQ(globex->claim(request).lease.fence, 1u);
  EXPECT_TRUE(globex->claim(request).job);
  EXPECT_EQ(server().ask(uri_, "SELECT to_regnamespace('casewire') IS NULL"), "t\n");
  server().ask(uri_, "UPDATE casewire_acme.schema_version SET version = 99");
  const auto newer = PostgresStore::open(uri_, "casewire_acme");
  ASSERT_FALSE(newer);
  EXPECT_THAT(render(newer.error()), HasSubstr("(schema casewire_acme): error: the database has schema version 99"));
  EXPECT_TRUE(PostgresStore::open(uri_, "casewire_globex_eu"));
}

TEST_F(InPostgresStore, SaysWhichRightsItsUserLacks) {
  server().ask(uri_, "CREATE ROLE guest LOGIN");
  uri_.replace(uri_.find("user=bridge"), 11, "user=guest");
  const auto store = open();
  EXPECT_THAT(failure_of([&] { store->commit({.marks = {{.name = "a", .value = "1"}}}); }),
              AllOf(HasSubstr("permission denied"), HasSubstr("lists the rights")));
}

TEST_F(InPostgresStore, TakesNothingThatIsNoUri) {
  const auto store = PostgresStore::open("postgres://user:hush@host/db?colour=red");
  ASSERT_FALSE(store);
  EXPECT_THAT(render(store.error()), AllOf(HasSubstr("not a connection URI"), Not(HasSubstr("hush"))));
}

// An id that somebody made up must not keep the webhooks of others out.
TEST_F(InPostgresStore, FailsForWhatCannotBeStoredAndForNothingElse) {
  const auto store = open();
  std::string noise(100'000, 'x');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * 7919 % 251);
  std::atomic<int> stored = 0, refused = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 6; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < 20; ++i) {
        const bool is_noise = writer == 0;
        const auto subject = is_noise ? noise + std::to_string(i) : "session:" + std::to_string(writer) + "-" + std::to_string(i);
        try {
          store->commit({.at = second(0), .hints = {{.subject = subject}}});
          ++stored;
        } catch (const StoreFailure&) {
          ++refused;
        }
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(refused, 20);
  EXPECT_EQ(stored, 100);
  EXPECT_EQ(store->count_jobs(second(0)).due, 100u);
}

/// Two bridges, several workers each, while hints move jobs between conversations and workers die with their leases.
TEST_F(InPostgresStore, LetsBridgesShareItsWork) {
  constexpr int kJobs = 60, kConversations = 12;
  std::array<std::unique_ptr<PostgresStore>, 2> stores{open(), open()};
  std::atomic<int> now = 0, finished = 0, refused = 0;
  std::mutex mutex;
  struct Held {
    Lease lease;
    WallTime since{};
  };
  std::multimap<std::string, Held> running;  // by conversation
  std::set<std::string> done;
  bool overlap = false;
  for (int i = 0; i < kJobs; ++i) {
    stores[0]->commit(
        {.at = second(0),
         .hints = {{.subject = "s" + std::to_string(i), .conversation = "c" + std::to_string(i % kConversations)}}});
  }
  const auto work = [&](PostgresStore& store, int worker) {
    const auto owner = "w" + std::to_string(worker);
    for (int turn = 0; turn < 4'000; ++turn) {
      {
        const std::lock_guard lock(mutex);
        if (done.size() == kJobs) return;
      }
      const auto at = second(now);
      const auto claim = store.claim({.now = at, .owner = owner, .lease_until = at + 30s});
      if (!claim.job) {
        // Leases of the dead end, and those of the living are short enough here to lose some of them too.
        if (turn % 3 == 0) now += 1;
        continue;
      }
      const auto& job = *claim.job;
      {
        const std::lock_guard lock(mutex);
        // Whose job was taken over has lost its lease, however old the worker's idea of the time is that took it.
        std::erase_if(running, [&](const auto& run) { return run.second.lease.subject == job.subject; });
        const auto [first, last] = running.equal_range(job.conversation);
        for (auto other = first; other != last; ++other) {
          const auto since = other->second.since;
          if (since < at + 30s && at < since + 30s) overlap = true;
        }
        running.emplace(job.conversation, Held{claim.lease, at});
      }
      const auto has_ended = [&] {
        const std::lock_guard lock(mutex);
        std::erase_if(running, [&](const auto& run) { return run.second.lease.fence == claim.lease.fence; });
      };
      if (turn % 7 == worker) continue;  // it died
      if (turn % 5 == 0) {
        // It turns out to be of another conversation, and somebody hints at another job of that.
        has_ended();
        const auto other = "c" + std::to_string((turn + worker) % kConversations);
        store.commit({.at = at, .hints = {{.subject = job.subject, .conversation = other}}});
      }
      has_ended();
      try {
        store.commit({.at = at,
                      .under = claim.lease,
                      .marks = {{.name = job.subject, .value = owner}},
                      .outcome = JobOutcome{.revision = job.revision}});
        ++finished;
        const bool is_done = !store.job(job.subject);
        const std::lock_guard lock(mutex);
        if (is_done) done.insert(job.subject);
      } catch (const LeaseLost&) {
        ++refused;
      }
    }
  };
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 6; ++worker) {
    workers.emplace_back(work, std::ref(*stores[static_cast<std::size_t>(worker % 2)]), worker);
  }
  for (auto& worker : workers) worker.join();
  EXPECT_FALSE(overlap);
  EXPECT_EQ(done.size(), static_cast<std::size_t>(kJobs)) << "finished " << finished << ", refused " << refused;
  EXPECT_EQ(stores[1]->count_jobs(second(now)).due, 0u);
  EXPECT_EQ(server().ask(uri_, "SELECT count(*) FROM casewire.conversations"), "0\n") << "no row stays behind its jobs";
}

/// Two that wait for each other are parted by the server after a second, in which neither bridge stores anything; then one of them tries again.
TEST_F(InPostgresStore, NeverDoTwoBridgesWaitForEachOther) {
  constexpr int kThreads = 4, kCommits = 150, kSubjects = 12, kConversations = 4;
  {
    std::array<std::unique_ptr<PostgresStore>, 2> stores{open(), open()};
    const auto subject = [](int i) { return "s" + std::to_string(i % kSubjects); };
    const auto work = [&](PostgresStore& store, int worker) {
      for (int turn = 0; turn < kCommits; ++turn) {
        Changes changes{.at = second(turn)};
        for (int i = 0; i < 3; ++i) {
          // Each in another order, as webhooks come; now and then a subject turns out to be of another conversation.
          const int chosen = worker % 2 == 0 ? turn + i * 5 : turn + 20 - i * 5;
          changes.hints.push_back(
              {.subject = subject(chosen), .conversation = "c" + std::to_string((chosen + turn / 9) % kConversations)});
        }
        for (int i = 0; i < 3; ++i) {
          changes.marks.push_back(
              {.name = "m" + std::to_string(worker % 2 == 0 ? turn % 5 + i : turn % 5 + 2 - i), .value = "", .at = second(turn)});
        }
        if (turn % 10 == 0) changes.forget_marks_before = second(turn - 10);
        store.commit(changes);
        store.spend(worker % 3 == 0 ? "opencx" : "salesforce", second(turn), milliseconds{1}, milliseconds{1'000});
        const auto claim =
            store.claim({.now = second(turn), .owner = "w" + std::to_string(worker), .lease_until = second(turn + 5)});
        if (!claim.job) continue;
        try {
          // Now and then the last job of a conversation goes while somebody hints at it.
          store.commit({.at = second(turn),
                        .under = claim.lease,
                        .hints = {{.subject = subject(turn + worker)}},
                        .outcome = JobOutcome{.revision = claim.job->revision,
                                              .kind = turn % 2 == 0 ? JobOutcome::Kind::again : JobOutcome::Kind::finished,
                                              .due = second(turn),
                                              .conversation = "c" + std::to_string(turn % kConversations)}});
        } catch (const LeaseLost&) {
          // It was slow, and another one has the job.
        }
      }
    };
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 2 * kThreads; ++worker) {
      workers.emplace_back(work, std::ref(*stores[static_cast<std::size_t>(worker % 2)]), worker);
    }
    for (auto& worker : workers) worker.join();
  }
  // A connection's figures are there when it has gone.
  EXPECT_EQ(server().ask(uri_, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"), "0\n");
}

TEST_F(InPostgresStore, HasWhatIsDoneInTablesOfMonthsAndOnlyWhatIsBegunInTheLedgersOwn) {
  const auto store = open();
  const auto own = [&] { return server().ask(uri_, "SELECT count(*) FROM ONLY casewire.ledger"); };
  const auto months = [&] {
    return server().ask(uri_,
                        "SELECT string_agg(inhrelid::regclass::text, ' ' ORDER BY inhrelid::regclass::text) FROM pg_inherits");
  };
  // What an older program left: two months, of which one is past, and one entry that nobody knows to be done.
  server().ask(
      uri_,
      "INSERT INTO casewire.ledger SELECT ('comment:' || n)::bytea, 's', n <> 7, 1756800000000 + n % 2 * 10368000000, '', ''"
      " FROM generate_series(1, 3000) AS n");
  EXPECT_EQ(own(), "3000\n");
  while (store->tend(second(0), std::nullopt)) {
  }
  EXPECT_EQ(own(), "1\n");
  EXPECT_EQ(months(), "casewire.ledger_2025_09 casewire.ledger_2025_12 casewire.ledger_2026_01 casewire.ledger_2026_02\n");
  EXPECT_EQ(store->ledger_about("s").size(), 3'000u);
  store->commit({.at = second(0), .ledger = {{.key = "comment:7", .about = "s", .done = true, .begun_at = second(0)}}});
  EXPECT_EQ(own(), "0\n") << "at once, and not by the next upkeep";
  store->tend(second(0), second(-60 * 86'400));
  EXPECT_EQ(months(), "casewire.ledger_2025_12 casewire.ledger_2026_01 casewire.ledger_2026_02\n");
  EXPECT_EQ(store->ledger_about("s").size(), 1'500u);
}

// A condition with OR had every commit read all conversations: with a backlog of a million jobs intake stood still.
TEST_F(InPostgresStore, ReadsNoMoreOfALongQueueThanItWorksOn) {
  constexpr int kBacklog = 20'000, kTurns = 20;
  open()->prepare();
  const auto many = std::to_string(kBacklog);
  server().ask(
      uri_,
      "INSERT INTO casewire.jobs SELECT ('session:' || n)::bytea, ('session:' || n)::bytea, 1, 9000000000000 + n, 0, NULL, false,"
      " '', '', '', 0, 0 FROM generate_series(1, " +
          many + ") AS n");
  server().ask(uri_, "INSERT INTO casewire.conversations SELECT conversation, due, 0 FROM casewire.jobs");
  server().ask(uri_, "VACUUM ANALYZE");
  const auto rows_read = [&] {
    return std::stoll(
        server().ask(uri_, "SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname IN ('jobs', 'conversations')"));
  };
  const auto before = rows_read();
  {
    const auto store = open();
    for (int turn = 0; turn < kTurns; ++turn) {
      store->commit({.at = second(turn), .hints = {{.subject = "session:new-" + std::to_string(turn), .conversation = "c"}}});
      const auto claim = store->claim({.now = second(turn), .owner = "me", .lease_until = second(turn + 60)});
      ASSERT_TRUE(claim.job);
      store->renew({claim.lease}, second(turn), second(turn + 60));
      store->commit({.at = second(turn), .under = claim.lease, .outcome = JobOutcome{.revision = claim.job->revision}});
    }
  }
  // A connection's figures are there when it has gone.
  EXPECT_LT(rows_read() - before, kBacklog);
}

}  // namespace
}  // namespace casewire::bridge
