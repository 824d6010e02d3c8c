// The program `casewire` from outside: the suite in both rings, exit codes, error messages, reports and recordings.

#include <gmock/gmock.h>

#include <filesystem>
#include <map>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kGreen = R"(Feature: One mail

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke
  Scenario: A handoff opens a Case
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"

  Scenario: Another
    When Dana emails help@acme.test about "Order 1183": "And this?"
    And the AI hands off: "Asks again"
    Then case A opens from opencx with the summary "Asks again"
)";

std::string with_fixtures() { return " --fixtures fixtures"; }

TEST(CasewireRun, KeepsEverythingAboutAFailureInOneFolder) {
  const ScratchFolder folder;
  folder.write("red.feature", R"(Feature: Red
  Scenario: A closing that nobody does
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx with the summary "Refund"
    And case A is closed
)");
  const Ran ran = casewire("run " + folder.path() + "/red.feature" + with_fixtures() + " --artifacts " + folder.path() + "/kept");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  const std::string kept = folder.path() + "/kept/Red-2-A-closing-that-nobody-does";
  for (const char* file : {"report.html", "failure.txt", "journal.jsonl", "bridge.log", "tape.har", "run.json", "red.feature",
                           "fixtures/orgs", "state"}) {
    EXPECT_TRUE(std::filesystem::exists(kept + "/" + file)) << file;
  }
  const Ran shown = casewire("show " + folder.path() + "/kept");
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.output, HasSubstr("failed: Then case A is closed"));
  const std::string lead = "again from here: casewire ";
  const auto at = shown.output.find(lead);
  ASSERT_NE(at, std::string::npos) << shown.output;
  const Ran again = casewire(shown.output.substr(at + lead.size(), shown.output.find('\n', at) - at - lead.size()));
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.output, HasSubstr("failed: Then case A is closed"));

  // One zip of it says the same elsewhere, and is not unpacked over what is there.
  EXPECT_EQ(casewire("pack " + folder.path() + "/kept --out " + folder.path() + "/sent.zip").exit_code, 0);
  const std::string elsewhere = "mkdir " + folder.path() + "/desk && cd " + folder.path() + "/desk && ";
  const Ran opened = shell(elsewhere + "\"$CASEWIRE\" show ../sent.zip; \"$CASEWIRE\" show ../sent.zip; echo $?");
  EXPECT_THAT(opened.output, AllOf(HasSubstr("unpacked into sent\n"), HasSubstr("failed: Then case A is closed"),
                                   HasSubstr("sent/Red-2-A-closing-that-nobody-does/state"), HasSubstr("there is sent already")));
}

TEST(CasewireRun, PlaysOneScenarioByItsLine) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const Ran ran = casewire("run --simulated " + folder.path() + "/one.feature:10" + with_fixtures());
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("1 passed, 0 failed"));
}

TEST(CasewireRun, SelectsByTag) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  EXPECT_THAT(casewire("run --simulated --tag @smoke " + folder.path() + with_fixtures()).output,
              HasSubstr("1 passed, 0 failed"));
  EXPECT_THAT(casewire("run --simulated --tag '~@smoke' " + folder.path() + with_fixtures()).output,
              HasSubstr("1 passed, 0 failed"));
}

TEST(CasewireRun, IsNeverGreenWhenNothingWasExercised) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const Ran ran = casewire("run --simulated --tag @nobody " + folder.path() + with_fixtures());
  EXPECT_EQ(ran.exit_code, 4) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("nothing was exercised"));
}

TEST(CasewireRun, AnswersTwoToAnUnreadableScenarioAndPointsAtIt) {
  const ScratchFolder folder;
  folder.write("bad.feature", "Feature: x\n  Scenario: y\n    When Dana sings \"la\"\n");
  const Ran ran = casewire("run " + folder.path() + "/bad.feature" + with_fixtures());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, ContainsRegex("bad\\.feature:3:[0-9]+: error: "));
}

TEST(CasewireRun, AnswersTwoToAMissingFileAndToUnknownOptions) {
  EXPECT_EQ(casewire("run /nowhere/at-all.feature").exit_code, 2);
  EXPECT_EQ(casewire("run --no-such-option").exit_code, 2);
  EXPECT_EQ(casewire("").exit_code, 2);
}

TEST(CasewireRun, SaysWhatIsWrongWithAnEmptyFileAndWithMissingFixtures) {
  const ScratchFolder folder;
  folder.write("empty.feature", "");
  folder.write("one.feature", kGreen);
  const Ran empty = casewire("run " + folder.path() + "/empty.feature" + with_fixtures());
  EXPECT_EQ(empty.exit_code, 2);
  EXPECT_THAT(empty.output, HasSubstr("empty.feature:1:1: error: "));
  // Far from any fixtures, the built-in ones too.
  const Ran lost = shell("cp \"$CASEWIRE\" " + folder.path() + " && cd / && " + folder.path() + "/casewire run --simulated " +
                         folder.path() + "/one.feature");
  EXPECT_EQ(lost.exit_code, 2);
  EXPECT_THAT(lost.output, HasSubstr("name it with --fixtures")) << lost.output;
  EXPECT_EQ(casewire("run --bridge '' " + folder.path() + "/one.feature" + with_fixtures()).exit_code, 2);
}

TEST(CasewireRun, GivesACommandThatPlaysAFailureAgain) {
  const ScratchFolder folder;
  folder.write(
      "red.feature",
      "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n    Then Dana has 1 case\n");
  const Ran ran = casewire("run --bridge 'sh -c \"exit 7\"' " + folder.path() + "/red.feature" + with_fixtures());
  EXPECT_THAT(ran.output, HasSubstr("rerun: casewire run --bridge 'sh -c \"exit 7\"' --fixtures fixtures --seed 1 "))
      << ran.output;
}

TEST(CasewireRun, FailsWhenAFaultNeverFired) {
  const ScratchFolder folder;
  folder.write("unfired.feature",
               "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n"
               "    When Dana emails help@acme.test about \"a\": \"b\"\n    And the next webhook from Salesforce is lost\n"
               "    Then Dana has 0 cases\n");
  const Ran ran = casewire("run --simulated " + folder.path() + "/unfired.feature" + with_fixtures());
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("never fired"));
}

TEST(CasewireRun, SaysWhatABridgeSaidThatDoesNotStart) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const Ran ran =
      casewire("run --bridge 'sh -c \"echo no luck today; exit 7\"' " + folder.path() + "/one.feature:10" + with_fixtures());
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("exited with 7"), HasSubstr("no luck today")));
}

// A developer's own settings changed verdicts: OPENCX_REQUIRE_SIGNATURE=true in the shell made every webhook be refused.
TEST(CasewireRun, LetsNothingOfTheCallersEnvironmentReachTheBridgeButWhatItIsGiven) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const std::string play = " run " + folder.path() + "/one.feature:10" + with_fixtures();
  const std::string leaking = "CASEWIRE_WORKERS=none OPENCX_URL=http://127.0.0.1:9 SALESFORCE_LOGIN_URL=x \"$CASEWIRE\"" + play;
  const Ran deaf = shell(leaking);
  EXPECT_EQ(deaf.exit_code, 0) << deaf.output;
  const Ran told = shell(leaking + " --bridge-env CASEWIRE_WORKERS=none --html " + folder.path() + "/r.html --json " +
                         folder.path() + "/r.json");
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_THAT(told.output, AllOf(HasSubstr("the bridge's environment: CASEWIRE_WORKERS=none\n"), HasSubstr("CASEWIRE_WORKERS"),
                                 HasSubstr("rerun: casewire run --bridge-env CASEWIRE_WORKERS=none")))
      << told.output;
  EXPECT_THAT(folder.read("r.html"), HasSubstr("CASEWIRE_WORKERS=none"));
  EXPECT_THAT(folder.read("r.json"), HasSubstr(R"("bridge_environment":{"CASEWIRE_WORKERS":"none"})"));
}

TEST(CasewireRun, RefusesToGiveTheBridgeWhatCasewireItselfSets) {
  const Ran set = casewire("run --bridge-env OPENCX_URL=http://127.0.0.1:9");
  EXPECT_EQ(set.exit_code, 2);
  EXPECT_THAT(set.output, HasSubstr("OPENCX_URL names the bridge's world, and Casewire sets it itself"));
  EXPECT_THAT(casewire("run --bridge-env NOTHING").output, HasSubstr("expected NAME=VALUE, found \"NOTHING\""));
  EXPECT_THAT(casewire("run --bridge-env A=1 --bridge-env A=2").output, HasSubstr("A is given twice"));
  EXPECT_EQ(casewire("run --simulated --bridge-env A=1").exit_code, 2);
}

TEST(CasewireRun, SaysHowABridgeWithoutControlConnectionWasJudged) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const Ran ran = casewire("run --bridge \"$BRIDGE\" --real-time --html " + folder.path() + "/r.html " + folder.path() +
                           "/one.feature:10" + with_fixtures());
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(folder.read("r.html"), HasSubstr("no control connection"));
}

TEST(CasewireRun, WritesReportsAndRecordings) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const Ran ran = casewire("run " + folder.path() + "/one.feature" + with_fixtures() + " --html " + folder.path() +
                           "/r.html --junit " + folder.path() + "/j.xml --har " + folder.path() + "/har");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(folder.read("r.html"), HasSubstr("id=\"pack-0\""));
  EXPECT_THAT(folder.read("j.xml"), StartsWith("<?xml"));
  std::size_t recordings = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder.path() + "/har"))
    recordings += file.path().extension() == ".har";
  EXPECT_EQ(recordings, 2u);
  EXPECT_FALSE(folder.read("har/One-mail-9-A-handoff-opens-a-Case.har").empty());
}

TEST(CasewireRun, NamesTheFirstDifferenceFromARecording) {
  const ScratchFolder folder;
  const Ran prepared = shell("cp -r fixtures " + folder.path() +
                             "/ && sed -i 's/Description\\\\\":\\\\\"Refund/Description\\\\\":\\\\\"Repair/' " + folder.path() +
                             "/fixtures/recordings/handoff.har");
  ASSERT_EQ(prepared.exit_code, 0) << prepared.output;
  const Ran ran = casewire("run --simulated scenarios/suite/handoff/recording.feature --fixtures " + folder.path() + "/fixtures");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("recording.feature:9:5: failed: When the recorded webhooks arrive"),
                                HasSubstr("  expected  each request as it was recorded\n"),
                                ContainsRegex("differs at /body/compositeRequest/[0-9]/body/Description: recorded \"Repair")))
      << ran.output;
}

TEST(CasewireRun, ShowsItsSentencesAndItsHelp) {
  EXPECT_THAT(casewire("steps").output, HasSubstr("hands off"));
  const Ran help = casewire("--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.output, HasSubstr("Examples:"));
}

// From a folder below the file: its paths, and its bridge's, are meant from its own.
TEST(ProjectFile, SaysWhatTheCommandLineDoesNot) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const Ran ran = shell("cd " + folder.path() +
                        R"( && cp -r "$OLDPWD/fixtures" fixtures && mkdir -p bridge below && cat > casewire.yaml << 'END'
scenarios: one.feature
bridge:
  command: ./bridge/start.sh
  control: true
  environment: {WHO: the file, WHERE: the file}
reports:
  junit: out/junit.xml
END
printf '#!/bin/sh\necho "$PWD $WHO $WHERE" > said\nexec %s "$@"\n' "$BRIDGE" > bridge/start.sh; chmod +x bridge/start.sh
cd below && "$CASEWIRE" run --bridge-env "WHO=the command line" && cat ../said ../out/junit.xml && "$CASEWIRE" run --simulated --no-config ../one.feature)");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("casewire: with the settings of ../casewire.yaml\n"), HasSubstr("against ./bridge/start.sh"),
                    HasSubstr(folder.path() + " the command line the file\n"), HasSubstr("<testsuites")));
}

TEST(Install, PutsAProgramThatPlaysAScenarioIntoAnyPrefix) {
  const ScratchFolder folder;
  folder.write("one.feature", kGreen);
  const Ran ran = shell("cmake --install '" CASEWIRE_BINARY_DIR "' --prefix " + folder.path() + "/usr > /dev/null && cd / && " +
                        folder.path() + "/usr/bin/casewire run " + folder.path() + "/one.feature:10");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  // Without the source tree: its own fixtures, and what shells and readers look for.
  const Ran home = shell("cd " + folder.path() + R"sh(
    export PATH="$PWD/usr/bin:$PATH"; mkdir home && cd home && casewire init > said && casewire run --simulated &&
    casewire promises --no-config | tail -n 1 && cd ../usr/share && bash -n bash-completion/completions/casewire &&
    grep -c '' man/man1/casewire.1 man/man1/casewire-bridge.1 zsh/site-functions/_casewire casewire/steps.js doc/casewire/install.md)sh");
  EXPECT_EQ(home.exit_code, 0) << home.output;
  EXPECT_THAT(home.output, AllOf(HasSubstr("2 passed, 0 failed"), HasSubstr(" 0 holes")));
}

}  // namespace
}  // namespace casewire::tests
