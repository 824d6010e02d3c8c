// What a user can get wrong: scenarios that cannot be read, fixtures that are damaged, reports that cannot be written, bridges
// that are not there or misbehave. Each is said with its place, has the right exit code, and comes before anything runs where
// it can.

#include <gmock/gmock.h>

#include <filesystem>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kFeature = R"(Feature: One mail

  Background:
    Given the customer Dana writes from dana@example.test

  Scenario: A handoff opens a Case
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"

  Scenario Outline: <subject> too
    When Dana emails help@acme.test about "<subject>": "Where is it?"
    Then Dana has 0 cases

    Examples:
      | subject |
      | One     |
      | Two     |
)";

class BadInput : public testing::Test {
 protected:
  BadInput() { folder_.write("one.feature", kFeature); }
  /// In the simulated ring: what is wrong here has nothing to do with a ring.
  Ran run(const std::string& arguments) const { return casewire("run --simulated --fixtures fixtures " + arguments); }
  Ran run_bridge(const std::string& command, const std::string& arguments) const {
    return shell("timeout 60 \"$CASEWIRE\" run --fixtures fixtures --bridge \"" + command + "\" " + arguments);
  }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  /// A copy of the fixtures with one file of it changed by sed.
  void damage(const std::string& file, const std::string& sed) const {
    const Ran copied = shell("cp -r fixtures " + folder_.path() + "/ && sed -i '" + sed + "' " + path("fixtures/" + file));
    ASSERT_EQ(copied.exit_code, 0) << copied.output;
  }

  const ScratchFolder folder_;
};

TEST_F(BadInput, APathThatIsNotThere) {
  const Ran ran = run(path("none.feature") + " " + path("one.feature"));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, AllOf(HasSubstr("there is no file or folder " + path("none.feature")), Not(HasSubstr("passed"))));
}

TEST_F(BadInput, ASeedThatIsNoNumber) {
  for (const char* seed : {"-1", "x", "1.5"}) {
    const Ran ran = run("--seed " + std::string(seed) + " " + path("one.feature"));
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_THAT(ran.output, HasSubstr("--seed: expected a whole number, found \"" + std::string(seed) + "\""));
  }
}

TEST_F(BadInput, ATagThatNoScenarioHas) {
  folder_.write("tagged.feature", "@smoke\n" + std::string(kFeature));
  for (const char* listed : {"", "--list "}) {
    const Ran ran = run(listed + ("--tag @smoek " + path("tagged.feature")));
    EXPECT_EQ(ran.exit_code, 4);
    EXPECT_THAT(ran.output,
                HasSubstr("no scenario matches; nothing was exercised\ndid you mean \"@smoke\"?\nknown tags: @smoke\n"));
  }
}

// It said that none matches, and the author looked for a wrong name.
TEST_F(BadInput, AScenarioThatOnlyOurBridgeIsAskedFor) {
  folder_.write("ours.feature", "@house\n" + std::string(kFeature));
  const Ran ran = run_bridge("/bin/true", path("ours.feature"));
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_THAT(ran.output, HasSubstr("what matches is asked of our own bridge only, for it asks for more than the vendors' pages "
                                    "(3 @house); nothing was exercised"));
}

TEST_F(BadInput, AnOptionThatNobodyKnows) {
  const Ran ran = run("--lisst " + path("one.feature"));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, HasSubstr("did you mean \"--list\"?"));
}

// The path was taken for the number that --fail-fast may have.
TEST_F(BadInput, FailFastBeforeAPath) {
  const Ran ran = run("--list --fail-fast " + path("one.feature"));
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("one.feature:"));
}

TEST_F(BadInput, AFolderWithoutFeatures) {
  std::filesystem::create_directory(path("empty"));
  const Ran ran = run(path("empty"));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, HasSubstr("no file below " + path("empty") + " is named *.feature"));
}

TEST_F(BadInput, ALineThatBelongsToNoScenario) {
  EXPECT_THAT(run(path("one.feature:999")).output, HasSubstr("one.feature: there is no line 999, the file has 18"));
  EXPECT_THAT(run(path("one.feature:0")).output, HasSubstr("there is no line 0"));
  EXPECT_THAT(run(path("one.feature:2")).output, HasSubstr("line 2 belongs to no scenario; the first begins in line 6"));
  EXPECT_THAT(run(folder_.path() + ":3").output, HasSubstr("is a folder; a line is that of a file"));
  EXPECT_EQ(run(path("one.feature:999")).exit_code, 2);
}

TEST_F(BadInput, ALineOfAnOutlineMeansItsRowsAndNotTheScenarioBeforeIt) {
  EXPECT_THAT(run(path("one.feature:11")).output, HasSubstr("2 passed, 0 failed"));
  EXPECT_THAT(run(path("one.feature:13")).output, HasSubstr("2 passed, 0 failed"));
  EXPECT_THAT(run(path("one.feature:18")).output, AllOf(HasSubstr("Two too"), HasSubstr("1 passed, 0 failed")));
}

TEST_F(BadInput, AnEndlessFileIsNotReadToItsEnd) {
  const Ran ran = shell("timeout 20 \"$CASEWIRE\" check --fixtures fixtures /dev/zero");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, HasSubstr("a feature file has at most 1 MiB"));
}

TEST_F(BadInput, ADamagedRecordingIsTheInputsFault) {
  damage("recordings/handoff.har", "0,/\"method\"/s//\"methud\"/");
  const Ran ran =
      shell("\"$CASEWIRE\" run --simulated --fixtures " + path("fixtures") + " scenarios/suite/handoff/recording.feature");
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(ContainsRegex("recordings/handoff\\.har:[0-9]+:[0-9]+: error: .*method"), Not(HasSubstr("harness"))));
}

TEST_F(BadInput, ADamagedOrgIsTheInputsFault) {
  damage("orgs/service-cloud/org.json", "$d");
  const Ran ran = shell("\"$CASEWIRE\" check --fixtures " + path("fixtures") + " " + path("one.feature"));
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  EXPECT_THAT(ran.output, ContainsRegex("orgs/service-cloud/org\\.json:[0-9]+:[0-9]+: error: "));
}

TEST_F(BadInput, AMailOfSomebodyElse) {
  folder_.write("mail.feature",
                "Feature: x\n  Scenario: y\n    Given the customer Dana writes from other@example.test\n"
                "    When Dana sends the mail \"plain.eml\"\n    Then Dana has 0 cases\n");
  const Ran ran = run(path("mail.feature"));
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  EXPECT_THAT(ran.output, ContainsRegex("mail\\.feature:4:[0-9]+: error: the mail \"plain\\.eml\" is from .*, not from other@"));
}

TEST_F(BadInput, AReportThatCannotBeWrittenIsSaidBeforeAnythingRuns) {
  for (const char* option : {"--html ", "--junit "}) {
    const Ran ran = run(option + std::string("/proc/nowhere/report ") + path("one.feature"));
    EXPECT_EQ(ran.exit_code, 2) << ran.output;
    EXPECT_THAT(ran.output, AllOf(HasSubstr("cannot make the folder /proc/nowhere: "), Not(HasSubstr("passed"))));
  }
  EXPECT_THAT(run("--har " + path("one.feature") + " " + path("one.feature")).output, HasSubstr("cannot make the folder "));
  EXPECT_THAT(run("--html " + folder_.path() + " " + path("one.feature")).output, HasSubstr(": it is a folder"));
  EXPECT_THAT(run("--html " + path("r") + " --junit " + path("./r") + " " + path("one.feature")).output,
              HasSubstr("name the same file"));
}

TEST_F(BadInput, ADiskThatFillsUpCostsOneReportAndNotTheOthers) {
  const Ran ran = run("--html /dev/full --junit " + path("j.xml") + " " + path("one.feature:6"));
  EXPECT_EQ(ran.exit_code, 3) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("cannot write /dev/full: No space left on device"), HasSubstr("1 passed, 0 failed"),
                                HasSubstr("report: " + path("j.xml")), Not(HasSubstr("report: /dev/full"))));
}

TEST_F(BadInput, ABridgeThatIsNotThereIsSaidOnce) {
  const Ran ran = run_bridge("no-such-bridge --x", path("one.feature"));
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, HasSubstr("the bridge cannot be started: there is no program no-such-bridge in PATH"));
  EXPECT_THAT(run_bridge("./docs", path("one.feature")).output, HasSubstr("./docs is a folder"));
}

TEST_F(BadInput, ABridgeThatNeverBecomesReady) {
  const Ran ran = run_bridge("sh -c 'echo warming up; sleep 1000'", path("one.feature:6"));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output, AllOf(HasSubstr("the bridge was not ready within 10 s: http://127.0.0.1:"),
                                HasSubstr("/healthz gave no answer: "), HasSubstr("warming up"), HasSubstr("rerun: ")))
      << ran.output;
}

// Each wait at the end asked its mute control connection for 20 s more.
TEST_F(BadInput, ABridgeThatDoesNotKnowControlIsGivenUpOnce) {
  const Ran ran = shell("timeout 30 \"$CASEWIRE\" run --fixtures fixtures --bridge 'sh -c \"sleep 1000\"' --bridge-control " +
                        path("one.feature:6"));
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("was not ready within 10 s: the control connection gave no answer: ")) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("It said nothing."));
}

// Its exit code 0 was taken for an end that somebody had asked for.
TEST_F(BadInput, ABridgeThatEndsByItselfIsNamedAlsoWhenItEndsWithZero) {
  folder_.write("wait.feature",
                "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n"
                "    When 4 seconds pass\n    Then Dana has 0 cases\n");
  const Ran ran = run_bridge("sh -c '\\\"$BRIDGE\\\" & sleep 2; exit 0'", path("wait.feature"));
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("the bridge ended by itself: it exited with 0")) << ran.output;
}

TEST_F(BadInput, ABridgeThatDoesNotEndOnSigterm) {
  folder_.write("stop.feature",
                "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n"
                "    When the bridge is stopped\n    And the bridge starts again\n    Then Dana has 0 cases\n");
  const Ran ran = run_bridge("sh -c 'trap \\\"\\\" TERM; \\\"$BRIDGE\\\"; while :; do sleep 1; done'", path("stop.feature"));
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("stop.feature:4:5: failed: "), HasSubstr("the bridge ends on SIGTERM"),
                                HasSubstr("still running 10 s of real time after SIGTERM")))
      << ran.output;
}

// Such a link is how an editor locks a file that is not saved yet.
TEST_F(BadInput, ALinkThatLeadsNowhereIsNoFeature) {
  ASSERT_EQ(shell("ln -s nowhere '" + path(".#one.feature") + "'").exit_code, 0);
  const Ran ran = casewire("check " + folder_.path());
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

TEST_F(BadInput, AnInterruptedRunReportsWhatItPlayed) {
  std::string many = "Feature: Many\n";
  for (int i = 0; i < 40; ++i) {
    many +=
        "  Scenario: S" + std::to_string(i) +
        "\n    Given the customer Dana writes from dana@example.test\n    When Dana emails help@acme.test about \"a\": \"b\"\n"
        "    Then Dana has 0 cases\n";
  }
  folder_.write("many.feature", many);
  const Ran ran = shell("timeout 60 \"$CASEWIRE\" run --fixtures fixtures -j 1 --junit " + path("j.xml") + " " +
                        path("many.feature") + " > " + path("log") + " & pid=$!; i=0; until grep -q passed " + path("log") +
                        " || [ $i -gt 500 ]; do sleep 0.02; i=$((i+1)); done; kill -INT $pid; wait $pid; echo \"exit $?\"; cat " +
                        path("log"));
  EXPECT_THAT(ran.output, AllOf(HasSubstr("exit 4"), HasSubstr("casewire: interrupted; "),
                                ContainsRegex("[0-9]+ passed, 0 failed, [0-9]+ skipped")))
      << ran.output;
  EXPECT_THAT(folder_.read("j.xml"), HasSubstr("the run was interrupted before this scenario began"));
}

TEST_F(BadInput, ARerunCommandSurvivesABlankInThePath) {
  std::filesystem::create_directory(path("my drafts"));
  folder_.write(
      "my drafts/red.feature",
      "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n    Then Dana has 1 case\n");
  const Ran ran = run("\"" + path("my drafts/red.feature") + "\"");
  EXPECT_THAT(ran.output, HasSubstr("--seed 1 '" + path("my drafts/red.feature") + ":2'")) << ran.output;
}

TEST_F(BadInput, ASettingOfCasewireYamlThatItsOptionRefuses) {
  folder_.write("casewire.yaml", "scenarios: one.feature\njobs: 0\n");
  const Ran ran = shell("cd " + folder_.path() + " && \"$CASEWIRE\" run --simulated");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("casewire.yaml:2:7: error: jobs: "), HasSubstr("0 not in range"), HasSubstr("    2 | jobs: 0\n")));
}

TEST_F(BadInput, FeaturesOfOneNameDoNotOverwriteEachOthersFiles) {
  std::filesystem::create_directory(path("copy"));
  folder_.write("copy/one.feature", kFeature);
  const Ran ran = run("--journal " + path("journal") + " " + path("one.feature:6") + " " + path("copy/one.feature:6"));
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_FALSE(folder_.read("journal/One-mail-6-A-handoff-opens-a-Case.jsonl").empty());
  EXPECT_FALSE(folder_.read("journal/One-mail-6-A-handoff-opens-a-Case-2.jsonl").empty());
}

}  // namespace
}  // namespace casewire::tests
