// A project's own scenarios: how they begin, and what is looked for where.

#include <gmock/gmock.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Ran in_folder(const ScratchFolder& folder, const std::string& script) { return shell("cd " + folder.path() + "\n" + script); }

TEST(Init, MakesAHomeWhoseScenariosPass) {
  const ScratchFolder folder;
  const Ran made = in_folder(folder, R"sh("$CASEWIRE" init && "$CASEWIRE" run && "$CASEWIRE" lint && ls out)sh");
  EXPECT_EQ(made.exit_code, 0) << made.output;
  EXPECT_THAT(made.output, AllOf(HasSubstr("wrote       casewire/first.feature\n"), HasSubstr("2 passed, 0 failed"),
                                 HasSubstr("nothing found in"), HasSubstr("report.html")));
}

TEST(Init, LeavesAloneWhatIsThere) {
  const ScratchFolder folder;
  folder.write("casewire.yaml", "jobs: 1\n");
  const Ran made = in_folder(folder, R"sh("$CASEWIRE" init --ci gitlab && cat casewire.yaml && ls -a casewire .)sh");
  EXPECT_EQ(made.exit_code, 0) << made.output;
  EXPECT_THAT(made.output, AllOf(HasSubstr("left alone  casewire.yaml"), HasSubstr("jobs: 1\n"), HasSubstr("gitlab-ci.yml"),
                                 Not(HasSubstr(".github"))));
}

TEST(Init, SaysThatItCannotWrite) {
  const Ran made = shell("\"$CASEWIRE\" init /proc/nowhere");
  EXPECT_EQ(made.exit_code, 2);
  EXPECT_THAT(made.output, HasSubstr("cannot write /proc/nowhere/casewire.yaml"));
}

// The engine of VS Code's Cucumber extension, fed with the file that `init` writes: it knows every sentence of the suite, complains of
// one that is none, and completes. ./dev clients installs it.
TEST(EditorGlue, IsUnderstoodByTheCucumberExtension) {
  if (shell("test -d '" CASEWIRE_BINARY_DIR "/clients/node_modules/@cucumber/language-service'").exit_code != 0) {
    GTEST_SKIP() << "./dev clients installs what this needs";
  }
  const Ran ran =
      shell(R"sh("$CASEWIRE" steps --glue > ')sh" CASEWIRE_BINARY_DIR
            R"(/clients/steps.js' && node tests/e2e/clients/editor.mjs ')" CASEWIRE_BINARY_DIR R"(/clients' scenarios/suite)");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("every step is defined"));
}

TEST(Fixtures, OfTheUserComeBeforeTheBuiltInOnes) {
  const ScratchFolder folder;
  folder.write("one.feature", R"(Feature: Files
  Scenario: One
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order" with the file "own.txt" and the file "invoice.pdf": "Here."
    Then Dana has 0 cases
  Scenario: Two
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order" with the file "owm.txt": "Here."
    Then Dana has 0 cases
)");
  const Ran ran = in_folder(folder, R"(mkdir -p fixtures/files && echo hi > fixtures/files/own.txt
    "$CASEWIRE" check one.feature; sed -i s/owm/own/ one.feature; "$CASEWIRE" run --simulated one.feature; mkdir -p fixtures/orgs/service-cloud; echo '{' > fixtures/orgs/service-cloud/org.json
    "$CASEWIRE" check one.feature)");
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("did you mean \"own.txt\"?"), HasSubstr("2 passed, 0 failed"),
                                HasSubstr(folder.path() + "/fixtures/orgs/service-cloud/org.json:")));
}

TEST(Watch, PlaysAgainWhatWasChanged) {
  const ScratchFolder folder;
  const std::string head = "Feature: One\n  Scenario: One\n    Given the customer Dana writes from dana@example.test\n";
  const std::string deed = "    When Dana emails help@acme.test about \"Order\": \"Here.\"\n";
  folder.write("one.feature", head + deed + "    Then Dana has 1 case\n");
  folder.write("two.feature", head + deed + "    Then Dana has 0 cases\n");
  const Ran ran = in_folder(folder, R"sh("$CASEWIRE" run --simulated --watch . > said 2>&1 & pid=$!
    await() { i=0; until [ "$(grep -c "$1" said)" -ge "$2" ] || [ $i -gt 400 ]; do sleep 0.05; i=$((i+1)); done; }
    await '^watching' 1; sed -i 's/1 case/0 cases/' one.feature; await '^watching' 2; kill -INT $pid; wait $pid; status=$?
    cat said; exit $status)sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("1 passed, 1 failed"), HasSubstr("changed: ./one.feature\n"), HasSubstr("1 passed, 0 failed")));
}

}  // namespace
}  // namespace casewire::tests
