// From a customer's bundle to a verdict, as a support engineer gets there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Import, SaysWhatTheBundleShowsAndThatOurBridgeDoesItRight) {
  const ScratchFolder folder;
  const Ran ran = casewire("import fixtures/bundles/two-cases --out " + folder.path() + " --symptom 'two cases' --run");
  EXPECT_EQ(ran.exit_code, 4) << ran.output;
  EXPECT_THAT(
      ran.output,
      AllOf(HasSubstr("two cases: the contact mira@lindholm.example now has 2 open Cases  (cases.csv line 3)  [I3]"),
            HasSubstr("The material shows what the ticket says: two cases."), HasSubstr("Not reproduced with casewire-bridge")));
}

TEST(Import, ReproducesTheFaultWithABridgeThatHasIt) {
  const ScratchFolder folder;
  const Ran ran = shell("\"$CASEWIRE\" import fixtures/bundles/reply-lost --out " + folder.path() +
                        " --symptom 'reply lost' --run --bridge \"$WRONG_BRIDGE drop-reply\"");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("failed: Then Mira receives \"We send you a new lid today.\""), HasSubstr("Reproduced with ")));
}

TEST(Import, DoesNotTakeAnotherFaultForTheReportedOne) {
  const ScratchFolder folder;
  const Ran ran = shell("\"$CASEWIRE\" import fixtures/bundles/reply-lost --out " + folder.path() +
                        " --symptom 'two cases' --run --bridge \"$WRONG_BRIDGE drop-reply\"");
  EXPECT_EQ(ran.exit_code, 4) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("The ticket says \"two cases\"; the material contradicts it"),
                                HasSubstr("the scenario fails, but for another reason: reply lost")));
}

TEST(Import, OfARecordingTellsTheSameConversationAgain) {
  const ScratchFolder folder;
  const Ran ran = shell("D=" + folder.path() + R"sh(
    "$CASEWIRE" run --simulated scenarios/suite/takeover/ai-stays-silent.feature scenarios/suite/takeover/second-session.feature --har $D/har > /dev/null || exit 9
    n=0; for har in $D/har/*.har; do n=$((n+1))
      "$CASEWIRE" import "$har" --out $D/$n --run > $D/out 2>&1; code=$?
      grep -q 'nothing that breaks a promise' $D/out && [ $code = 4 ] && grep -q 'it does right what the material tells' $D/out || { echo "$har: $code"; cat $D/out; }
    done; echo "$n told again")sh");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.output, testing::MatchesRegex("[1-9][0-9] told again\n")) << ran.output;
}

TEST(Pack, HoldsTheScenarioItsFixturesAndWhatTheRunLeft) {
  const ScratchFolder folder;
  const std::string zip = folder.path() + "/ticket.zip";
  const Ran ran = casewire("pack scenarios/suite/attachments/out-and-in.feature --simulated --out " + zip);
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  const std::string listed = folder.read("ticket.zip");  // names stand in it as they are
  for (const char* name : {"out-and-in.feature", "fixtures/files/invoice.pdf", "run/report.html", "run/har/", "run/journal/"})
    EXPECT_NE(listed.find(name), std::string::npos) << name;
  EXPECT_EQ(listed.find("handoff.har"), std::string::npos) << "what no sentence names stays out";
}

TEST(Lint, FindsNothingInWhatIsShipped) {
  const Ran ran = casewire("lint");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("nothing found in"));
}

TEST(Lint, IsAGateForCommits) {
  const ScratchFolder folder;
  folder.write("mail.eml", "From: Mira <mira@lindholm.se>\n\nHello");
  const Ran ran = casewire("lint " + folder.path());
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("mail.eml:1:13: error: this may be somebody's address"), HasSubstr("1 found in 1 files")));
  EXPECT_EQ(casewire("lint " + folder.path() + "/nowhere").exit_code, 2);
}

TEST(Import, LeavesAScenarioAloneThatIsThereAlready) {
  const ScratchFolder folder;
  folder.write("two-cases.feature", "mine");
  const Ran ran = casewire("import fixtures/bundles/two-cases --out " + folder.path());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, HasSubstr("is there already; name another folder with --out"));
  EXPECT_EQ(folder.read("two-cases.feature"), "mine");
}

TEST(Import, SaysWhatItCannotUse) {
  const ScratchFolder folder;
  EXPECT_THAT(casewire("import README.md --out " + folder.path()).output,
              AllOf(HasSubstr("README.md: not understood"), HasSubstr("nothing in README.md tells what happened")));
  EXPECT_THAT(casewire("import fixtures/bundles/two-cases --out " + folder.path() + " --symptom 'two case'").output,
              HasSubstr("did you mean \"two cases\"?"));
}

}  // namespace
}  // namespace casewire::tests
