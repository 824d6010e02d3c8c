// What every Store must do. An implementation joins by one line in the list at the end.

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "bridge/store/memory_store.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<Store>()> make;
};

const WallTime kNine = *parse_iso8601("2026-01-05T09:00:00Z");

class StoreContract : public testing::TestWithParam<Implementation> {
 protected:
  std::unique_ptr<Store> store_ = GetParam().make();

  void hint(const std::string& subject, WallTime at = kNine, const std::string& conversation = {}) {
    store_->commit({.at = at, .hints = {{.subject = subject, .conversation = conversation}}});
  }
  Claim claim(WallTime now, const std::string& owner = "a") {
    return store_->claim({.now = now, .owner = owner, .lease_until = now + 10min});
  }
  void end(const Job& job, JobOutcome outcome, WallTime at) {
    outcome.subject = job.subject;
    outcome.revision = job.revision;
    if (outcome.owner.empty()) outcome.owner = "a";
    store_->commit({.at = at, .outcome = outcome});
  }
};

TEST_P(StoreContract, MakesOneJobOfManyHints) {
  hint("case:1");
  hint("case:1");
  const auto job = store_->job("case:1");
  ASSERT_TRUE(job);
  EXPECT_EQ(job->revision, 2u);
  EXPECT_EQ(job->conversation, "case:1");
  EXPECT_EQ(store_->count_jobs(kNine).due, 1u);
}

TEST_P(StoreContract, ForgetsAFinishedJob) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  end(job, {.kind = JobOutcome::Kind::finished}, kNine);
  EXPECT_FALSE(store_->job("case:1"));
  EXPECT_FALSE(claim(kNine + 1h).job);
}

TEST_P(StoreContract, RunsAJobAgainThatWasHintedWhileItRan) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  hint("case:1", kNine + 1s);
  end(job, {.kind = JobOutcome::Kind::finished}, kNine + 2s);
  const auto next = claim(kNine + 2s).job;
  ASSERT_TRUE(next);
  EXPECT_EQ(next->revision, 2u);
}

TEST_P(StoreContract, DoesNotFinishAJobThatIsHintedInTheSameCommit) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  store_->commit({.at = kNine,
                  .hints = {{.subject = "case:1"}},
                  .outcome = JobOutcome{.subject = "case:1", .owner = "a", .revision = job.revision}});
  EXPECT_TRUE(claim(kNine).job);
}

TEST_P(StoreContract, ClaimsTheJobThatIsDueFirst) {
  hint("case:2", kNine + 1s);
  hint("case:1", kNine + 2s);
  EXPECT_EQ(claim(kNine + 3s).job->subject, "case:2");
  EXPECT_EQ(claim(kNine + 3s).job->subject, "case:1");
}

TEST_P(StoreContract, NeverClaimsTwoJobsOfOneConversation) {
  hint("case:1", kNine, "contact:dana@example.test");
  hint("session:1", kNine, "contact:dana@example.test");
  hint("session:2", kNine, "contact:kim@example.test");
  const auto first = *claim(kNine).job;
  EXPECT_EQ(claim(kNine, "b").job->subject, "session:2");
  EXPECT_FALSE(claim(kNine, "b").job);
  end(first, {.kind = JobOutcome::Kind::finished}, kNine);
  EXPECT_EQ(claim(kNine, "b").job->subject, "session:1");
}

TEST_P(StoreContract, LetsAnotherOwnerTakeAJobWhenItsLeaseHasEnded) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  EXPECT_EQ(claim(kNine + 1min, "b").next, kNine + 10min);
  EXPECT_TRUE(claim(kNine + 10min, "b").job);
  end(job, {.owner = "a", .kind = JobOutcome::Kind::finished}, kNine + 11min);
  EXPECT_TRUE(store_->job("case:1")) << "the former owner has no say any more";
}

TEST_P(StoreContract, GivesAnOwnerItsLeasesBack) {
  hint("case:1");
  ASSERT_TRUE(claim(kNine).job);
  store_->release_leases("b");
  EXPECT_FALSE(claim(kNine).job);
  store_->release_leases("a");
  EXPECT_TRUE(claim(kNine).job);
}

TEST_P(StoreContract, SaysWhenTheNextJobIsDue) {
  EXPECT_FALSE(claim(kNine).next);
  hint("case:1");
  const auto job = *claim(kNine).job;
  end(job, {.kind = JobOutcome::Kind::failed, .due = kNine + 8s, .attempts = 1, .failing_since = kNine, .problem = "no"}, kNine);
  const auto nothing = claim(kNine + 1s);
  EXPECT_FALSE(nothing.job);
  EXPECT_EQ(nothing.next, kNine + 8s);
  EXPECT_EQ(store_->count_jobs(kNine + 1s).waiting, 1u);
}

TEST_P(StoreContract, KeepsTheBackOffWhenAHintComes) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  end(job, {.kind = JobOutcome::Kind::failed, .due = kNine + 8s, .attempts = 3, .failing_since = kNine, .problem = "no"}, kNine);
  hint("case:1", kNine + 1s);
  EXPECT_FALSE(claim(kNine + 2s).job);
  const auto again = claim(kNine + 8s).job;
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 3);
  EXPECT_EQ(again->failing_since, kNine);
  EXPECT_EQ(again->problem, "no");
}

TEST_P(StoreContract, TakesAWaitingJobUpEarlierWhenItDidNotFail) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  end(job, {.kind = JobOutcome::Kind::again, .due = kNine + 5s}, kNine);
  EXPECT_FALSE(claim(kNine + 1s).job);
  hint("case:1", kNine + 1s);
  EXPECT_TRUE(claim(kNine + 1s).job);
}

TEST_P(StoreContract, ParksAJobUntilSomebodyHintsAtIt) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  end(job, {.kind = JobOutcome::Kind::parked, .due = kNine, .attempts = 1, .failing_since = kNine, .problem = "rule"}, kNine);
  const auto nothing = claim(kNine + 24h);
  EXPECT_FALSE(nothing.job);
  EXPECT_FALSE(nothing.next);
  EXPECT_EQ(store_->count_jobs(kNine).parked, 1u);
  ASSERT_EQ(store_->parked_jobs(10).size(), 1u);
  EXPECT_EQ(store_->parked_jobs(10).front().problem, "rule");
  hint("case:1", kNine + 25h);
  const auto again = claim(kNine + 25h).job;
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempts, 0);
  EXPECT_FALSE(again->failing_since);
}

TEST_P(StoreContract, HoldsAJobWithoutCountingAFailure) {
  hint("case:1");
  const auto job = *claim(kNine).job;
  end(job, {.kind = JobOutcome::Kind::held, .due = kNine + 5s, .attempts = 1, .failing_since = kNine, .problem = "limit"}, kNine);
  EXPECT_EQ(claim(kNine + 5s).job->attempts, 0);
}

TEST_P(StoreContract, MovesAJobToAnotherConversation) {
  hint("session:1");
  const auto job = *claim(kNine).job;
  end(job, {.kind = JobOutcome::Kind::again, .due = kNine, .conversation = "contact:dana@example.test"}, kNine);
  EXPECT_EQ(claim(kNine).job->conversation, "contact:dana@example.test");
}

TEST_P(StoreContract, KeepsTheTraceOfTheNewestHintThatHadOne) {
  store_->commit({.at = kNine, .hints = {{.subject = "case:1", .traceparent = "t1"}}});
  store_->commit({.at = kNine, .hints = {{.subject = "case:1", .traceparent = "t2"}}});
  hint("case:1");
  EXPECT_EQ(store_->job("case:1")->traceparent, "t2");
}

TEST_P(StoreContract, FindsLinksFromBothSides) {
  const Link first{.session_id = "s1", .number = 1, .case_id = "500A", .conversation = "c", .replies_since = WallTime{}};
  const Link second{.session_id = "s1", .number = 2, .case_id = "500B", .conversation = "c", .replies_since = kNine};
  const Link other{.session_id = "s0", .number = 1, .case_id = "500A", .conversation = "c", .replies_since = WallTime{}};
  store_->commit({.at = kNine, .links = {second, first, other}});
  EXPECT_EQ(store_->links_of_session("s1"), (std::vector<Link>{first, second}));
  EXPECT_EQ(store_->links_of_case("500A"), (std::vector<Link>{other, first}));
  auto moved = first;
  moved.case_id = "500C";
  store_->commit({.at = kNine, .links = {moved}});
  EXPECT_EQ(store_->links_of_case("500C"), (std::vector<Link>{moved}));
  EXPECT_EQ(store_->links_of_case("500A"), (std::vector<Link>{other}));
}

TEST_P(StoreContract, RemembersEffectsByKeyAndBySubject) {
  LedgerEntry entry{.key = "reply:02s1", .about = "s1", .done = false, .begun_at = kNine, .detail = "d\xC3\xA9", .result = ""};
  store_->commit({.at = kNine, .ledger = {entry}});
  EXPECT_EQ(store_->ledger_entry("reply:02s1"), entry);
  entry.done = true;
  entry.result = "m1";
  const LedgerEntry comment{.key = "comment:h1", .about = "s1", .done = true, .begun_at = kNine};
  store_->commit({.at = kNine, .ledger = {entry, comment}});
  EXPECT_EQ(store_->ledger_about("s1"), (std::vector<LedgerEntry>{comment, entry}));
  EXPECT_FALSE(store_->ledger_entry("reply:02s2"));
  EXPECT_TRUE(store_->ledger_about("s2").empty());
}

TEST_P(StoreContract, ForgetsOldMarksButNoTimelessOnes) {
  store_->commit({.at = kNine,
                  .marks = {{"cursor:x", "1", std::nullopt}, {"seen:a", "old", kNine - 2h}, {"seen:b", "new", kNine}}});
  store_->commit({.at = kNine, .marks = {{"cursor:x", "2", std::nullopt}}, .forget_marks_before = kNine - 1h});
  EXPECT_EQ(store_->mark("cursor:x"), "2");
  EXPECT_FALSE(store_->mark("seen:a"));
  EXPECT_EQ(store_->mark("seen:b"), "new");
}

INSTANTIATE_TEST_SUITE_P(, StoreContract,
                         testing::ValuesIn(std::vector<Implementation>{
                             {"MemoryStore", [] { return std::make_unique<MemoryStore>(); }},
                         }),
                         [](const auto& implementation) { return std::string{implementation.param.name}; });

}  // namespace
}  // namespace casewire::bridge
