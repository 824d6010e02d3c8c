// What every Store promises (bridge/store/store.hpp), asked of each implementation.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "bridge/store/memory_store.hpp"
#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "tests/contract/store_file.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bridge {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

WallTime at(int seconds) { return WallTime{std::chrono::seconds{1'767'603'600 + seconds}}; }

/// A store that can be closed and opened again.
class Opened {
 public:
  virtual ~Opened() = default;
  virtual Store& store() = 0;
  virtual void reopen() = 0;
};

class InMemory final : public Opened {
 public:
  Store& store() override { return store_; }
  void reopen() override {}  // it lives as long as the process: a crash of the bridge leaves it standing

 private:
  MemoryStore store_;
};

class OnDisk final : public Opened {
 public:
  OnDisk() { reopen(); }
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open_store(file_.path());
  }

 private:
  StoreFile file_;
  std::unique_ptr<SqliteStore> store_;
};

class InPostgres final : public Opened {
 public:
  explicit InPostgres(std::string schema) : schema_(std::move(schema)) { reopen(); }
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = PostgresStore::open(uri_, schema_).value();
  }

 private:
  std::string schema_;
  std::string uri_ = tests::PostgresServer::shared().emptied_database();
  std::unique_ptr<PostgresStore> store_;
};

struct Implementation {
  const char* name;
  std::unique_ptr<Opened> (*make)();
};

class StoreContract : public testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override {
    if (std::string_view{GetParam().name}.starts_with("Postgres") && tests::PostgresServer::programs().empty()) {
      GTEST_SKIP() << tests::PostgresServer::kMissing;
    }
    opened_ = GetParam().make();
  }
  Store& store() { return opened_->store(); }
  void reopen() { opened_->reopen(); }

  void hint(const std::string& subject, int second, const std::string& conversation = {}, const std::string& traceparent = {}) {
    store().commit({.at = at(second), .hints = {{.subject = subject, .conversation = conversation, .traceparent = traceparent}}});
  }
  Claim claim(int second, const std::string& owner = "me", int lease_seconds = 60) {
    return store().claim({.now = at(second), .owner = owner, .lease_until = at(second + lease_seconds)});
  }
  std::string claimed(int second, const std::string& owner = "me", int lease_seconds = 60) {
    const auto taken = claim(second, owner, lease_seconds);
    if (taken.job) leases_[taken.job->subject] = taken.lease;
    return taken.job ? taken.job->subject : "";
  }
  Lease lease_of(const std::string& subject) const { return leases_.at(subject); }
  /// Of the job as it was last claimed.
  void settle(const std::string& subject, const JobOutcome& outcome, int second) {
    store().commit({.at = at(second), .under = leases_.at(subject), .outcome = outcome});
  }

 private:
  std::map<std::string, Lease> leases_;
  std::unique_ptr<Opened> opened_;
};

INSTANTIATE_TEST_SUITE_P(
    , StoreContract,
    testing::Values(Implementation{"Memory", [] { return std::unique_ptr<Opened>{std::make_unique<InMemory>()}; }},
                    Implementation{"Sqlite", [] { return std::unique_ptr<Opened>{std::make_unique<OnDisk>()}; }},
                    Implementation{"Postgres", [] { return std::unique_ptr<Opened>{std::make_unique<InPostgres>("casewire")}; }},
                    Implementation{"PostgresOfAnOrg",
                                   [] { return std::unique_ptr<Opened>{std::make_unique<InPostgres>("casewire_acme_eu")}; }}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST_P(StoreContract, KeepsEverythingItCommitted) {
  const Link link{.session_id = "s1", .number = 2, .case_id = "500A", .conversation = "c1", .replies_since = at(-5)};
  const LedgerEntry entry{.key = "reply:02s", .about = "s1", .done = true, .begun_at = at(3), .detail = "d", .result = "r"};
  store().commit({.at = at(0),
                  .hints = {{.subject = "session:s1", .conversation = "c1", .traceparent = "00-a"}},
                  .ledger = {entry},
                  .links = {link},
                  .marks = {{.name = "cursor", .value = "42"}}});
  reopen();
  const auto job = store().job("session:s1");
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->conversation, "c1");
  EXPECT_EQ(job->traceparent, "00-a");
  EXPECT_EQ(job->due, at(0));
  EXPECT_EQ(job->revision, 1U);
  EXPECT_FALSE(job->failing_since.has_value());
  EXPECT_THAT(store().links_of_session("s1"), ElementsAre(link));
  EXPECT_EQ(store().ledger_entry("reply:02s"), entry);
  EXPECT_EQ(store().mark("cursor"), "42");
}

TEST_P(StoreContract, KeepsTextsByteForByte) {
  const std::string text = std::string{"a\0b", 3} + "\xC3\x9C'\"\n";
  store().commit({.marks = {{.name = text, .value = text}, {.name = "empty", .value = ""}}});
  reopen();
  EXPECT_EQ(store().mark(text), text);
  EXPECT_EQ(store().mark("empty"), "");
}

TEST_P(StoreContract, ForgetsWhatWasDoneLongAgoAndNothingElse) {
  constexpr int kDay = 24 * 3'600;
  const LedgerEntry begun{.key = "reply:begun", .about = "s1", .begun_at = at(-400 * kDay)};
  const LedgerEntry young{.key = "reply:young", .about = "s1", .done = true, .begun_at = at(-100 * kDay)};
  store().commit({.at = at(0),
                  .ledger = {begun,
                             young,
                             {.key = "reply:old", .about = "s1", .done = true, .begun_at = at(-400 * kDay)},
                             {.key = "reply:older", .about = "s2", .done = true, .begun_at = at(-4'000 * kDay)}}});
  const auto tend = [&](std::optional<WallTime> forget_before) {
    for (int pieces = 0; store().tend(at(0), forget_before); ++pieces) ASSERT_LT(pieces, 100);
  };
  tend(std::nullopt);
  EXPECT_THAT(store().ledger_about("s1"), testing::SizeIs(3));
  EXPECT_TRUE(store().ledger_entry("reply:older"));
  tend(at(-200 * kDay));
  reopen();
  EXPECT_THAT(store().ledger_about("s1"), ElementsAre(begun, young));
  EXPECT_EQ(store().ledger_entry("reply:old"), std::nullopt);
  EXPECT_THAT(store().ledger_about("s2"), IsEmpty());
}

TEST_P(StoreContract, KeepsOneEntryForAKeyWheneverItWasBegun) {
  constexpr int kDay = 24 * 3'600;
  while (store().tend(at(0), std::nullopt)) {
  }
  LedgerEntry entry{.key = "close:c", .about = "c", .done = true, .begun_at = at(-100 * kDay), .detail = "first"};
  for (const int day : {-100, 0, -40, 20, 40}) {
    for (const bool is_done : {true, false, true}) {
      entry.begun_at = at(day * kDay);
      entry.done = is_done;
      entry.detail = std::to_string(day);
      store().commit({.at = at(0), .ledger = {entry}});
      EXPECT_EQ(store().ledger_entry("close:c"), entry);
      EXPECT_THAT(store().ledger_about("c"), ElementsAre(entry));
      while (store().tend(at(0), std::nullopt)) {
      }
      EXPECT_THAT(store().ledger_about("c"), ElementsAre(entry));
    }
  }
}

TEST_P(StoreContract, KnowsNothingThatWasNeverSaid) {
  EXPECT_EQ(store().job("x"), std::nullopt);
  EXPECT_EQ(store().mark("x"), std::nullopt);
  EXPECT_EQ(store().ledger_entry("x"), std::nullopt);
  EXPECT_THAT(store().links_of_session("x"), IsEmpty());
  EXPECT_THAT(store().links_of_case("x"), IsEmpty());
  EXPECT_THAT(store().ledger_about("x"), IsEmpty());
  const auto none = claim(0);
  EXPECT_FALSE(none.job.has_value());
  EXPECT_FALSE(none.next.has_value());
}

TEST_P(StoreContract, MakesAJobsConversationItsSubjectUntilItIsKnown) {
  hint("session:s", 0);
  EXPECT_EQ(store().job("session:s")->conversation, "session:s");
  hint("session:s", 1, "c", "00-b");
  hint("session:s", 2);
  EXPECT_EQ(store().job("session:s")->conversation, "c");
  EXPECT_EQ(store().job("session:s")->traceparent, "00-b");
  EXPECT_EQ(store().job("session:s")->revision, 3U);
  EXPECT_EQ(store().job("session:s")->due, at(0));
}

TEST_P(StoreContract, MakesANewJobsConversationThatOfTheFirstLinkOfItsSessionOrCase) {
  store().commit({.at = at(0),
                  .links = {{.session_id = "s", .number = 2, .case_id = "500B", .conversation = "later"},
                            {.session_id = "s", .number = 1, .case_id = "500A", .conversation = "c"},
                            {.session_id = "r", .number = 7, .case_id = "500B", .conversation = "d"}}});
  for (const char* subject : {"session:s", "case:500B", "session:500B", "case:s", "other:s", "s"}) hint(subject, 1);
  EXPECT_EQ(store().job("session:s")->conversation, "c");
  EXPECT_EQ(store().job("case:500B")->conversation, "d");
  for (const char* subject : {"session:500B", "case:s", "other:s", "s"}) {
    EXPECT_EQ(store().job(subject)->conversation, subject) << "nothing is linked to it";
  }
  hint("case:500A", 1, "another");
  EXPECT_EQ(store().job("case:500A")->conversation, "another") << "who says one is right";
}

TEST_P(StoreContract, KeepsTheConversationOfAJobThatWasThereBeforeTheLink) {
  hint("session:s", 0);
  store().commit({.at = at(0), .links = {{.session_id = "s", .case_id = "500A", .conversation = "c"}}});
  hint("session:s", 1);
  EXPECT_EQ(store().job("session:s")->conversation, "session:s") << "its run moves it";
}

TEST_P(StoreContract, HandsOutTheEarliestDueJobThenBySubject) {
  hint("b", 5);
  hint("c", 5);
  hint("a", 6);
  EXPECT_EQ(claimed(4), "");
  EXPECT_EQ(claim(4).next, at(5));
  EXPECT_EQ(claimed(10), "b");
  EXPECT_EQ(claimed(10), "c");
  EXPECT_EQ(claimed(10), "a");
  EXPECT_EQ(claimed(10), "");
}

TEST_P(StoreContract, NeverRunsTwoJobsOfOneConversation) {
  hint("session:s", 0, "c");
  hint("case:k", 1, "c");
  hint("case:other", 2);
  EXPECT_EQ(claimed(10, "me"), "session:s");
  EXPECT_EQ(claimed(10, "you"), "case:other");
  EXPECT_EQ(claimed(10, "me"), "");
  settle("session:s", {.revision = 1}, 11);
  EXPECT_EQ(claimed(11, "you"), "case:k");
}

TEST_P(StoreContract, GivesAJobAwayWhenItsLeaseEnds) {
  hint("session:s", 0, "c");
  hint("case:k", 50, "c");
  EXPECT_EQ(claimed(1, "me", 60), "session:s");
  const auto former = lease_of("session:s");
  EXPECT_EQ(claim(2, "you").next, at(61));
  EXPECT_EQ(claimed(60, "you"), "");
  EXPECT_EQ(claimed(61, "you"), "session:s");
  // The former owner has nothing to say any more.
  EXPECT_THROW(store().commit({.at = at(62), .under = former, .outcome = JobOutcome{.revision = 1}}), LeaseLost);
  EXPECT_TRUE(store().job("session:s").has_value());
}

TEST_P(StoreContract, KeepsLeasesOverARestart) {
  hint("session:s", 0);
  EXPECT_EQ(claimed(1), "session:s");
  reopen();
  EXPECT_EQ(claimed(2), "");
  store().release_leases("another", at(2));
  EXPECT_EQ(claimed(2), "");
  store().release_leases("me", at(2));
  EXPECT_EQ(claimed(2), "session:s");
}

// A restart that comes quickly meets what its former self had asked for and what is still under way.
TEST_P(StoreContract, LetsAConversationRestWhoseLeaseIsTakenBack) {
  hint("session:s", 0);
  EXPECT_EQ(claimed(1), "session:s");
  reopen();
  store().release_leases("me", at(7));
  hint("session:s", 3);
  EXPECT_EQ(claimed(6), "");
  EXPECT_EQ(claim(6).next, at(7));
  EXPECT_EQ(store().count_jobs(at(6)).due, 0U);
  EXPECT_EQ(store().count_jobs(at(6)).waiting, 1U);
  EXPECT_EQ(claimed(7), "session:s");
}

TEST_P(StoreContract, LetsAConversationRestAfterALostAnswer) {
  hint("a", 0, "c");
  hint("b", 0, "c");
  hint("other", 0);
  EXPECT_EQ(claimed(1), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::failed, .due = at(30), .attempts = 1, .rest_until = at(6)}, 1);
  reopen();
  EXPECT_EQ(store().count_jobs(at(2)).due, 1U);
  EXPECT_EQ(store().count_jobs(at(2)).waiting, 2U);
  EXPECT_EQ(claimed(2), "other");
  EXPECT_EQ(claim(2).next, at(6));
  EXPECT_EQ(claimed(6), "b");
}

// A worker that was stopped for longer than its lease wakes up, and believes that it still works.
TEST_P(StoreContract, TakesNothingFromAWorkerWhoseLeaseHasEnded) {
  hint("a", 0);
  EXPECT_EQ(claimed(0, "me", 30), "a");
  const auto mine = lease_of("a");
  store().commit({.at = at(29), .under = mine, .marks = {{.name = "in time", .value = "1"}}});
  const auto late = [&](int second, const char* name) {
    store().commit({.at = at(second),
                    .under = mine,
                    .hints = {{.subject = "b"}},
                    .ledger = {{.key = name, .about = "s"}},
                    .links = {{.session_id = name, .case_id = "500A", .conversation = "c"}},
                    .marks = {{.name = name, .value = "1"}},
                    .outcome = JobOutcome{.revision = 1}});
  };
  EXPECT_THROW(late(30, "nobody has it"), LeaseLost);
  EXPECT_EQ(claimed(31, "you", 30), "a");
  EXPECT_GT(lease_of("a").fence, mine.fence);
  EXPECT_THROW(late(32, "you have it"), LeaseLost);
  store().renew({mine}, at(32), at(1'000));
  settle("a", {.revision = 1}, 33);
  EXPECT_THROW(late(34, "it is done"), LeaseLost);
  for (const auto* name : {"nobody has it", "you have it", "it is done"}) {
    EXPECT_EQ(store().mark(name), std::nullopt);
    EXPECT_EQ(store().ledger_entry(name), std::nullopt);
    EXPECT_THAT(store().links_of_session(name), IsEmpty());
  }
  EXPECT_EQ(store().job("a"), std::nullopt);
  EXPECT_EQ(store().job("b"), std::nullopt);
  EXPECT_EQ(store().mark("in time"), "1");
  EXPECT_FALSE(store().is_failing()) << "that was no fault of the store";
}

TEST_P(StoreContract, RenewsTheLeasesThatLive) {
  hint("a", 0, "c");
  hint("b", 0, "c");
  hint("other", 0);
  EXPECT_EQ(claimed(0, "me", 30), "a");
  EXPECT_EQ(claimed(0, "me", 30), "other");
  store().renew({lease_of("a"), {"b", 0}, {"nobody", 7}}, at(10), at(40));
  reopen();
  EXPECT_EQ(claimed(35, "you"), "other");
  EXPECT_EQ(claimed(39, "you"), "");
  EXPECT_EQ(claim(39, "you").next, at(40));
  settle("a", {.revision = 1}, 39);
  EXPECT_EQ(claimed(39, "you"), "b");
}

TEST_P(StoreContract, MovesALeaseWithItsJobToAnotherConversation) {
  hint("a", 0);
  hint("b", 0, "c");
  EXPECT_EQ(claimed(0, "me", 30), "a");
  hint("a", 1, "c");
  EXPECT_EQ(claimed(2, "you"), "") << "whose conversation it is now has a worker";
  store().renew({lease_of("a")}, at(10), at(60));
  EXPECT_EQ(claimed(45, "you"), "");
  hint("late", 46, "a");
  EXPECT_EQ(claimed(46, "you"), "late") << "and the other has none any more";
  settle("a", {.revision = 2, .kind = JobOutcome::Kind::again, .due = at(90), .conversation = "d"}, 47);
  EXPECT_EQ(claimed(47, "you"), "b");
  EXPECT_EQ(claimed(90, "you"), "a");
}

TEST_P(StoreContract, LetsOneBridgeAtATimeHoldAName) {
  EXPECT_TRUE(store().hold("token", "me", at(0), at(30)));
  EXPECT_FALSE(store().hold("token", "you", at(29), at(60)));
  EXPECT_TRUE(store().hold("another", "you", at(29), at(60)));
  EXPECT_TRUE(store().hold("token", "me", at(29), at(50)));
  reopen();
  EXPECT_FALSE(store().hold("token", "you", at(49), at(80)));
  EXPECT_TRUE(store().hold("token", "you", at(50), at(80))) << "it has ended";
  EXPECT_FALSE(store().hold("token", "me", at(51), at(90)));
  EXPECT_TRUE(store().hold("token", "you", at(52), at(52)));
  EXPECT_TRUE(store().hold("token", "me", at(52), at(90))) << "it was let go";
}

TEST_P(StoreContract, SpendsOfAnAllowanceNoMoreThanComesBack) {
  const auto spend = [&](int at_second, const char* name = "opencx") {
    return store().spend(name, at(at_second), milliseconds{4'000}, milliseconds{10'000});
  };
  EXPECT_TRUE(spend(0));
  EXPECT_TRUE(spend(0));
  EXPECT_FALSE(spend(0)) << "12 of 10 seconds' worth";
  EXPECT_TRUE(spend(0, "another"));
  EXPECT_FALSE(spend(1));
  reopen();
  EXPECT_TRUE(spend(2));
  EXPECT_FALSE(spend(5));
  EXPECT_TRUE(spend(6));
  EXPECT_TRUE(spend(600));
  EXPECT_TRUE(spend(600));
  EXPECT_FALSE(spend(600)) << "it is no fuller than full";
  EXPECT_FALSE(store().spend("new", at(0), milliseconds{4'000}, milliseconds{3'000}));
}

TEST_P(StoreContract, SaysWhenTheNextJobCanBeHad) {
  hint("a", 0, "c");
  hint("b", 0, "c");
  hint("later", 0);
  EXPECT_EQ(claimed(0, "me", 100), "a");
  EXPECT_EQ(claimed(0, "me", 100), "later");
  settle("later", {.revision = 1, .kind = JobOutcome::Kind::failed, .due = at(30), .attempts = 1}, 1);
  EXPECT_EQ(claim(2).next, at(30));
  EXPECT_EQ(claimed(30, "me", 200), "later");
  EXPECT_EQ(claim(31).next, at(100));
}

TEST_P(StoreContract, RemovesAFinishedJobUnlessItWasHintedMeanwhile) {
  hint("a", 0);
  hint("b", 0);
  EXPECT_EQ(claimed(1), "a");
  EXPECT_EQ(claimed(1), "b");
  hint("b", 2);
  settle("a", {.revision = 1}, 3);
  settle("b", {.revision = 1}, 3);
  EXPECT_FALSE(store().job("a").has_value());
  const auto job = store().job("b");
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->due, at(3));
  EXPECT_EQ(job->revision, 2U);
  EXPECT_EQ(claimed(3), "b");
}

TEST_P(StoreContract, DoesNotFinishAJobThatTheSameCommitHints) {
  hint("a", 0);
  EXPECT_EQ(claimed(1), "a");
  store().commit({.at = at(2), .under = lease_of("a"), .hints = {{.subject = "a"}}, .outcome = JobOutcome{.revision = 1}});
  EXPECT_TRUE(store().job("a").has_value());
  EXPECT_EQ(claimed(2), "a");
}

TEST_P(StoreContract, KeepsBackOffOverHints) {
  hint("a", 0);
  EXPECT_EQ(claimed(1), "a");
  settle("a",
         {.revision = 1,
          .kind = JobOutcome::Kind::failed,
          .due = at(40),
          .attempts = 2,
          .failing_since = at(1),
          .problem = "503",
          .conversation = "c"},
         2);
  hint("a", 3);
  reopen();
  const auto job = store().job("a");
  EXPECT_EQ(job->due, at(40));
  EXPECT_EQ(job->attempts, 2);
  EXPECT_EQ(job->failing_since, at(1));
  EXPECT_EQ(job->problem, "503");
  EXPECT_EQ(job->conversation, "c");
  EXPECT_EQ(job->revision, 2U);
}

TEST_P(StoreContract, HoldsAJobWithoutBlamingIt) {
  hint("a", 0);
  EXPECT_EQ(claimed(1), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::failed, .due = at(2), .attempts = 1, .failing_since = at(1)}, 1);
  EXPECT_EQ(claimed(2), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::held, .due = at(90), .attempts = 7}, 3);
  EXPECT_EQ(store().job("a")->attempts, 1);
  EXPECT_EQ(store().job("a")->failing_since, at(1));
  EXPECT_EQ(store().job("a")->due, at(90));
}

TEST_P(StoreContract, RunsAJobAgainWhenItAsks) {
  hint("a", 0);
  EXPECT_EQ(claimed(1), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::again, .due = at(30), .attempts = 5}, 2);
  EXPECT_EQ(store().job("a")->due, at(30));
  EXPECT_EQ(store().job("a")->attempts, 0);
  // Without failures a hint brings it forward.
  hint("a", 5);
  EXPECT_EQ(claimed(5), "a");
}

TEST_P(StoreContract, ParksAJobUntilAHint) {
  hint("a", 0);
  hint("b", 9);
  EXPECT_EQ(claimed(1), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::parked, .attempts = 3, .failing_since = at(1), .problem = "no"}, 2);
  reopen();
  EXPECT_EQ(store().count_jobs(at(5)).parked, 1U);
  EXPECT_EQ(store().count_jobs(at(5)).waiting, 1U);
  EXPECT_EQ(store().count_jobs(at(9)).due, 1U);
  ASSERT_EQ(store().parked_jobs(10).size(), 1U);
  EXPECT_EQ(store().parked_jobs(10)[0].problem, "no");
  EXPECT_THAT(store().parked_jobs(0), IsEmpty());
  EXPECT_EQ(claimed(5), "");
  hint("a", 6);
  EXPECT_EQ(store().job("a")->attempts, 0);
  EXPECT_FALSE(store().job("a")->failing_since.has_value());
  EXPECT_FALSE(store().job("a")->parked);
  EXPECT_EQ(claimed(6), "a");
}

TEST_P(StoreContract, NeverWakesAParkedJobByTime) {
  hint("a", 0);
  EXPECT_EQ(claimed(1), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::parked, .due = at(2)}, 2);
  const auto nothing = claim(1'000'000);
  EXPECT_FALSE(nothing.job.has_value());
  EXPECT_FALSE(nothing.next.has_value());
}

TEST_P(StoreContract, DropsAJobOnlyWhileItIsParked) {
  hint("a", 0);
  hint("b", 9);
  EXPECT_EQ(claimed(1), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::parked, .due = at(2)}, 2);
  store().commit({.at = at(3), .dropped = {"a", "b", "no such"}});
  reopen();
  EXPECT_FALSE(store().job("a").has_value());
  EXPECT_TRUE(store().job("b").has_value());
}

TEST_P(StoreContract, SaysWhatIsDueFirstAndWhatFailsForTheLongest) {
  EXPECT_EQ(store().count_jobs(at(0)).oldest_due, std::nullopt);
  hint("a", 4);
  hint("b", 9);
  EXPECT_EQ(store().count_jobs(at(20)).oldest_due, at(4));
  EXPECT_EQ(store().count_jobs(at(20)).failing_since, std::nullopt);
  EXPECT_EQ(claimed(20), "a");
  settle("a", {.revision = 1, .kind = JobOutcome::Kind::failed, .due = at(30), .attempts = 1, .failing_since = at(21)}, 21);
  EXPECT_EQ(store().count_jobs(at(22)).oldest_due, at(9));
  EXPECT_EQ(store().count_jobs(at(22)).failing_since, at(21));
  EXPECT_EQ(claimed(30), "b");
  settle("b", {.revision = 1, .kind = JobOutcome::Kind::parked, .due = at(31), .failing_since = at(1)}, 31);
  EXPECT_EQ(store().count_jobs(at(32)).oldest_due, at(30)) << "what is parked does not count";
  EXPECT_EQ(store().count_jobs(at(32)).failing_since, at(21));
}

TEST_P(StoreContract, ReplacesLinksAndListsThemInOrder) {
  const Link first{.session_id = "s1", .number = 1, .case_id = "500A", .conversation = "c"};
  const Link second{.session_id = "s1", .number = 2, .case_id = "500B", .conversation = "c"};
  const Link other{.session_id = "s0", .number = 10, .case_id = "500B", .conversation = "c"};
  store().commit({.links = {second, other, first}});
  EXPECT_THAT(store().links_of_session("s1"), ElementsAre(first, second));
  EXPECT_THAT(store().links_of_case("500B"), ElementsAre(other, second));
  Link moved = first;
  moved.case_id = "500C";
  store().commit({.links = {moved}});
  reopen();
  EXPECT_THAT(store().links_of_session("s1"), ElementsAre(moved, second));
  EXPECT_THAT(store().links_of_case("500A"), IsEmpty());
}

TEST_P(StoreContract, ReplacesLedgerEntriesAndListsThemByKey) {
  const LedgerEntry b{.key = "b", .about = "s", .begun_at = at(1)};
  const LedgerEntry a{.key = "a", .about = "s", .done = true};
  store().commit({.ledger = {b, a, {.key = "c", .about = "t"}}});
  LedgerEntry done = b;
  done.done = true;
  done.result = "02s";
  store().commit({.ledger = {done}});
  reopen();
  EXPECT_THAT(store().ledger_about("s"), ElementsAre(a, done));
}

TEST_P(StoreContract, ForgetsOldMarksOnly) {
  store().commit({.marks = {{.name = "old", .value = "1", .at = at(0)},
                            {.name = "new", .value = "2", .at = at(10)},
                            {.name = "kept", .value = "3"}}});
  store().commit({.marks = {{.name = "now", .value = "4", .at = at(4)}}, .forget_marks_before = at(5)});
  reopen();
  EXPECT_EQ(store().mark("old"), std::nullopt);
  EXPECT_EQ(store().mark("now"), std::nullopt);
  EXPECT_EQ(store().mark("new"), "2");
  EXPECT_EQ(store().mark("kept"), "3");
}

TEST_P(StoreContract, TakesCommitsFromManyThreads) {
  constexpr int kThreads = 8;
  constexpr int kCommits = 25;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < kCommits; ++i) {
        hint("session:" + std::to_string(thread) + "-" + std::to_string(i), 0);
        hint("session:shared", 0);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  reopen();
  EXPECT_EQ(store().count_jobs(at(0)).due, static_cast<std::size_t>(kThreads * kCommits + 1));
  EXPECT_EQ(store().job("session:shared")->revision, static_cast<std::uint64_t>(kThreads * kCommits));
}

TEST_P(StoreContract, ClaimsEachJobOnceWhateverTheNumberOfWorkers) {
  constexpr int kJobs = 120;
  for (int i = 0; i < kJobs; ++i) hint("case:" + std::to_string(i), 0, "c" + std::to_string(i / 2));
  std::atomic<int> done = 0;
  std::atomic<bool> overlap = false;
  std::array<std::atomic<int>, kJobs / 2> running{};
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&, owner = "w" + std::to_string(worker)] {
      while (done < kJobs) {
        const auto taken = claim(1, owner);
        if (!taken.job) continue;
        auto& busy = running[std::stoul(taken.job->conversation.substr(1))];
        if (busy.fetch_add(1) != 0) overlap = true;
        busy.fetch_sub(1);
        store().commit({.at = at(1), .under = taken.lease, .outcome = JobOutcome{.revision = taken.job->revision}});
        ++done;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_FALSE(overlap);
  EXPECT_EQ(done, kJobs);
  EXPECT_EQ(store().count_jobs(at(1)).due, 0U);
}

}  // namespace
}  // namespace casewire::bridge
