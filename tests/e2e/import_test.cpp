// From a customer's bundle to a verdict, as a support engineer gets there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "base/runtime/stopwatch.hpp"
#include "scenarios/tape/tape_files.hpp"
#include "tests/e2e/built_program.hpp"
#include "tests/support/many_customers.hpp"

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

TEST(Import, LeavesMailsAndRecordingsWhereSentencesFindThem) {
  const ScratchFolder folder;
  shell("mkdir " + folder.path() +
        "/in; cp fixtures/recordings/takeover.har fixtures/bundles/internal-comment/what-she-got.eml " + folder.path() + "/in");
  const Ran ran = casewire("import " + folder.path() + "/in --out " + folder.path() + "/out");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_EQ(shell("cmp " + folder.path() + "/in/what-she-got.eml " + folder.path() + "/out/fixtures/mail/in-1.eml").exit_code, 0);
  folder.write(
      "replay.feature",
      "Feature: F\n  Scenario: S\n    Given the recording \"in.har\"\n    When the recorded webhooks arrive\n    Then every "
      "recorded request was made\n");
  const Ran replayed =
      casewire("run --simulated --fixtures " + folder.path() + "/out/fixtures " + folder.path() + "/replay.feature");
  EXPECT_EQ(replayed.exit_code, 0) << replayed.output;
}

TEST(Import, SaysWhatTheTicketsOwnWordsClaimAndTheMaterialContradicts) {
  const ScratchFolder folder;
  shell("cp -r fixtures/bundles/reply-lost " + folder.path() +
        "/in; echo 'She never got the reply, and there are two cases.' > " + folder.path() + "/in/note.txt");
  const Ran ran = casewire("import " + folder.path() + "/in --out " + folder.path() + "/out");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("The material shows what note.txt says: reply lost."),
                                HasSubstr("note.txt says \"two cases\"; the material contradicts it")));
}

TEST(Import, SaysWhyAMailboxThatEndsTooSoonProvesNothing) {
  const ScratchFolder folder;
  shell("cp -r fixtures/bundles/reply-lost " + folder.path() + "/in; sed -i '/^From tove/,$d' " + folder.path() +
        "/in/mira.mbox");
  const Ran ran = casewire("import " + folder.path() + "/in --out " + folder.path() + "/out --symptom 'reply lost'");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("What is missing in it, which proves nothing by itself:\n  reply lost: "),
                    HasSubstr("The material speaks for what the ticket says (reply lost) and does not prove it: her mailbox "
                              "would show all that she got, and the last mail that she received in it is of "
                              "2026-03-09T09:00:40.000Z.")));
}

TEST(Import, DoesNotTakeWhatARecordingDoesNotShowForAContradiction) {
  const ScratchFolder folder;
  const Ran ran = casewire("import fixtures/recordings/takeover.har --out " + folder.path() + "/out --symptom 'two cases'");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              HasSubstr("Nothing in the material shows what the ticket says (two cases), and it may not hold all of it: "
                        "an export of Salesforce would show all there are."));
}

TEST(Import, SaysThatTheProgramsOwnFixturesAreMissing) {
  const ScratchFolder folder;
  const Ran ran = shell("cp \"$CASEWIRE\" " + folder.path() + "/casewire; cp -r fixtures/bundles/two-cases " + folder.path() +
                        "/ticket; cd " + folder.path() + "; ./casewire import ticket --out out");
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  EXPECT_THAT(ran.output,
              HasSubstr("casewire import: the scenario's org is not to be found: there is no orgs/service-cloud/org.json"));
}

TEST(Import, SaysHowAStrangeHostIsNamed) {
  const ScratchFolder folder;
  folder.write("one.har", R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [
    {"startedDateTime": "2026-01-05T09:00:00Z", "time": 1, "request": {"method": "GET", "url": "https://gw.acme.example/convs/1",
     "headers": []}, "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", "text": "{}"}}}]}})");
  const Ran ran = casewire("import " + folder.path() + "/one.har --out " + folder.path() + "/out");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("gw.acme.example is no host that is known"),
                    HasSubstr("hint: say once whose host it is: --opencx-host, --salesforce-host, --ignore-host HOST")));
}

TEST(Import, ReproducesTheFaultWithABridgeThatHasIt) {
  const ScratchFolder folder;
  const Ran ran = shell("\"$CASEWIRE\" import fixtures/bundles/reply-lost --out " + folder.path() +
                        " --symptom 'reply lost' --run --bridge \"$WRONG_BRIDGE drop-reply\"");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("failed: Then Mira receives \"We send you a new lid today.\""), HasSubstr("Reproduced with ")));
}

TEST(Import, PlaysInAnOrgLikeTheCustomers) {
  const ScratchFolder folder;
  shell("cp -r fixtures/bundles/two-cases " + folder.path() + "/in; cd " + folder.path() +
        "/in; sed -i '1s/$/,Region__c/; 2,$s/$/,North/' cases.csv");
  const Ran ran = casewire("import " + folder.path() + "/in --out " + folder.path() + "/out --run");
  EXPECT_EQ(ran.exit_code, 4) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("beside that of service-cloud"), HasSubstr("Case.Region__c, a string")));
  EXPECT_THAT(folder.read("out/in.feature"), HasSubstr("Given the org \"in\""));
  EXPECT_THAT(folder.read("out/fixtures/orgs/in/org.json"), HasSubstr("\"Region__c\""));
}

TEST(Import, R28TellsAThousandExchangesAgainAndPlaysThemWithinAMinute) {
  const ScratchFolder folder;
  const scenarios::Tape tape = of_many_customers(1'000);
  ASSERT_GE(tape.exchanges.size(), 1'000u);
  std::filesystem::create_directory(folder.path() + "/in");
  ASSERT_TRUE(scenarios::save_tape(folder.path() + "/in/ticket.har", tape));
  const RealStopwatch watch;
  const Ran ran = casewire("import " + folder.path() + "/in --out " + folder.path() + "/out --run");
  EXPECT_LT(watch.elapsed(), std::chrono::seconds(60));
  EXPECT_EQ(ran.exit_code, 4) << ran.output.substr(0, 4'000);
  EXPECT_THAT(ran.output, AllOf(HasSubstr("nothing that breaks a promise"), HasSubstr("it does right what the material tells")));
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
  for (const char* name :
       {"out-and-in.feature", "fixtures/files/invoice.pdf", "run/report.html", "run/har/", "run/journal/", "run/bridge-log/"})
    EXPECT_NE(listed.find(name), std::string::npos) << name;
  EXPECT_EQ(listed.find("handoff.har"), std::string::npos) << "what no sentence names stays out";
}

// The developer who got the zip was shown a command whose feature was not there, and whoever made it reports that were gone.
TEST(Pack, IsPlayedAgainByTheCommandThatShowSays) {
  const ScratchFolder folder;
  folder.write("ticket.feature",
               "Feature: A ticket\n\n  Scenario: It fails\n    Given the customer Dana writes from dana@example.test\n"
               "    When Dana emails help@acme.test about \"Order 1182\": \"Where is it?\"\n    Then Dana has 2 open cases\n");
  const Ran ran = casewire("pack " + folder.path() + "/ticket.feature --simulated --out " + folder.path() + "/sent.zip");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, testing::Not(HasSubstr("report: ")));
  const Ran shown = shell("cd " + folder.path() + "; mkdir desk; cd desk; \"$CASEWIRE\" show ../sent.zip");
  const std::string mark = "again from here: casewire ";
  const auto at = shown.output.find(mark);
  ASSERT_NE(at, std::string::npos) << shown.output;
  const std::string words = shown.output.substr(at + mark.size(), shown.output.find('\n', at) - at - mark.size());
  EXPECT_THAT(words, HasSubstr(" sent/ticket.feature:3"));
  const Ran again = shell("cd " + folder.path() + "/desk; \"$CASEWIRE\" " + words);
  EXPECT_EQ(again.exit_code, 1) << again.output;
  EXPECT_THAT(again.output, HasSubstr("Then Dana has 2 open cases"));
}

TEST(Lint, FindsNothingInWhatIsShipped) {
  const Ran ran = casewire("lint");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("nothing found in"));
}

TEST(Lint, R19LooksAtTheFixturesOfTheFolderThatItIsGiven) {
  const ScratchFolder folder;
  for (const char* part : {"orgs/desk", "files"})
    std::filesystem::create_directories(folder.path() + "/casewire/fixtures/" + part);
  folder.write("casewire/first.feature", "Feature: F\n\n  Scenario: S\n    Given the recording \"gone.har\"\n");
  folder.write("casewire/fixtures/orgs/desk/org.json", "{}");
  folder.write("casewire/fixtures/files/loose.txt", "Hello to dana@acme.test");
  folder.write("casewire/fixtures/lint.json", R"({"unused": ["files/loose.txt"]})");
  const Ran ran = casewire("lint " + folder.path() + "/casewire");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("there is no recordings/gone.har in "), HasSubstr("orgs/desk: error: no scenario names")));
  EXPECT_EQ(ran.output.find("loose.txt"), std::string::npos) << "the policy beside the fixtures: " << ran.output;
}

TEST(Lint, R19SaysWhatItCannotRead) {
  const ScratchFolder folder;
  folder.write("a.bin", std::string("\x01\x02\0\xff", 4));
  folder.write("b.txt", "Hello");
  Ran ran = casewire("lint " + folder.path());
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("a.bin: not looked at, for it is no text"), HasSubstr("nothing found in 1 files")));
  ran = casewire("lint " + folder.path() + "/a.bin");
  EXPECT_EQ(ran.exit_code, 1) << "who names it wants to know of it: " << ran.output;
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
