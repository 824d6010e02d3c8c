// One conversation, told again and again, while the bridge dies at each of its commits and at each of its calls, just before and
// just after. Whatever happens, the end is the same: nothing lost, nothing doubled (I1, I2, I3; F7, F36).

#include <gtest/gtest.h>

#include <set>

#include "bridge/cases/transcript.hpp"
#include "world/stage.hpp"

namespace casewire::bridge {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using testing::StartsWith;

/// Tells the story. False when the crash point was never reached: there are no more.
bool tell_with_crash(const CrashPoint& point) {
  Stage stage;
  stage.crash_at(point);
  stage.start_bridge();
  stage.settle();
  stage.dana_writes("Where is it?", {{.name = "a.txt", .media_type = "text/plain", .content = "a"}});
  EXPECT_TRUE(stage.platform->hand_off("A person, please"));
  stage.pass(11min);  // the sweep's deadline, for hints that died with the bridge
  const auto first = stage.newest_case();
  if (first.empty()) {
    ADD_FAILURE() << "no Case";
    return true;
  }
  stage.ruiz_comments(first, "internal", false);
  stage.ruiz_replies(first, "One.", {{"b.txt", "b", "text/plain"}});
  stage.ruiz_replies(first, "Two.");
  stage.pass(11min);
  stage.dana_answers("Thanks, but no.");
  stage.pass(11min);
  stage.ruiz_closes(first);
  stage.pass(11min);
  stage.dana_answers("It broke again.");
  stage.pass(11min);

  EXPECT_THAT(stage.texts_danas_got(), ElementsAre("One.", "Two."));
  EXPECT_THAT(stage.danas_inbox().front().message.attachments, SizeIs(1));
  EXPECT_THAT(stage.transcript_of(first), ElementsAre(StartsWith("Where is it?"), "internal", StartsWith("Thanks, but no.")));
  const auto cases = stage.query("SELECT Id, ParentId FROM Case ORDER BY CaseNumber");
  EXPECT_THAT(cases, SizeIs(2));
  if (cases.size() == 2) {
    EXPECT_EQ(string_member(cases[1], "ParentId"), first);
    EXPECT_THAT(stage.transcript_of(string_member(cases[1], "Id")), ElementsAre(StartsWith("It broke again.")));
    EXPECT_EQ(string_member(stage.platform->sessions().front().custom_data, "salesforce_case_id"), string_member(cases[1], "Id"));
  }
  EXPECT_THAT(stage.query("SELECT Id FROM ContentVersion WHERE Description LIKE 'opencx attachment %'"), SizeIs(1));
  EXPECT_EQ(stage.store.count_jobs(stage.fibers.now()).parked, 0u);
  const auto left = stage.store.count_jobs(stage.fibers.now());
  EXPECT_EQ(left.due + left.waiting, 0u) << "I10";
  return stage.has_crashed();
}

struct CrashCase {
  const char* name;
  CrashPoint::At at;
  Moment moment;
};

class Crash : public testing::TestWithParam<CrashCase> {};
TEST_P(Crash, LosesNothingAndDoublesNothing) {
  constexpr int kPointsMax = 500;
  int number = 1;
  for (; number < kPointsMax; ++number) {
    SCOPED_TRACE("point " + std::to_string(number));
    if (!tell_with_crash({GetParam().at, number, GetParam().moment})) break;
    if (HasFailure()) break;
  }
  EXPECT_GT(number, 15) << "the story has that many points at least";
  EXPECT_LT(number, kPointsMax);
}
INSTANTIATE_TEST_SUITE_P(, Crash,
                         testing::ValuesIn(std::vector<CrashCase>{{"BeforeACommit", CrashPoint::At::commit, Moment::before},
                                                                  {"AfterACommit", CrashPoint::At::commit, Moment::after},
                                                                  {"BeforeACall", CrashPoint::At::call, Moment::before},
                                                                  {"AfterACall", CrashPoint::At::call, Moment::after}}),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::bridge
