// Clients of Salesforce that nobody changed for us, against the fake org alone. `./dev clients` installs them from npm under
// build/clients and runs these tests; where they are not installed the tests are skipped.

#include <gmock/gmock.h>

#include <filesystem>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::HasSubstr;

/// Starts the fake, runs `command` with what it printed in the environment, and stops it.
Ran with_fake(const std::string& command) {
  return shell(R"sh(out=$(mktemp); "$CASEWIRE" salesforce > "$out" & pid=$!
    i=0; until grep -q 'Ctrl-C' "$out" || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done
    value() { sed -n "s/^  $1  *//p" "$out" | head -n 1; }
    export URL_OF_FAKE=$(value URL) USER=$(value 'user name') PASSWORD=$(value password) TOKEN=$(value 'security token')
    export CLIENT=$(value 'client id') SECRET=$(value 'client secret') REFRESH=$(value 'refresh token')
    )sh" + command +
               R"sh(
    status=$?; kill -TERM $pid; wait $pid
    cat "$out"; rm -f "$out"; exit $status)sh");
}

std::string clients() { return std::string{CASEWIRE_BINARY_DIR} + "/clients"; }

class Clients : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(clients() + "/node_modules"))
      GTEST_SKIP() << "not installed; ./dev clients installs and runs them";
  }
  static Ran play(const std::string& script) {
    return with_fake(
        "cp tests/e2e/clients/" + script + " '" + clients() + "/' && cd '" + clients() +
        "' && HOME=$(mktemp -d) SF_DISABLE_DNS_CHECK=true SF_DISABLE_TELEMETRY=true SF_USE_GENERIC_UNIX_KEYCHAIN=true "
        "SFDX_USE_GENERIC_UNIX_KEYCHAIN=true timeout 90 node " +
        script);
  }
};

TEST_F(Clients, Jsforce3) {
  const Ran ran = play("jsforce3.cjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("jsforce 3 is content"));
}

TEST_F(Clients, Jsforce1) {
  const Ran ran = play("jsforce1.cjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("jsforce 1 is content"));
}

TEST_F(Clients, Nforce) {
  const Ran ran = play("nforce.cjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("nforce is content"));
}

TEST_F(Clients, SalesforceCore) {
  const Ran ran = play("salesforce_core.mjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("@salesforce/core is content"));
}

TEST_F(Clients, Postman) {
  if (!std::filesystem::exists(clients() + "/node_modules/newman"))
    GTEST_SKIP() << "newman is not installed; ./dev clients installs it";
  const Ran ran = play("postman.cjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("postman is content"));
}

TEST_F(Clients, TheVendorsCommandLine) {
  const std::string sf = clients() + "/sf/node_modules/.bin/sf";
  if (!std::filesystem::exists(sf)) GTEST_SKIP() << "@salesforce/cli is not installed; ./dev clients installs it";
  if (const Ran started = shell("'" + sf + "' --version"); started.exit_code != 0)
    GTEST_SKIP() << "@salesforce/cli does not start with this node\n" << started.output;
  const Ran ran = with_fake("timeout 280 tests/e2e/clients/sf.sh '" + sf + "'");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("sf is content"));
}

TEST_F(Clients, TheNodeOfN8n) {
  if (!std::filesystem::exists(clients() + "/n8n/node_modules/n8n-nodes-base/package.json"))
    GTEST_SKIP() << "n8n's node is not installed; ./dev clients installs it";
  const Ran ran =
      with_fake("cp tests/e2e/clients/n8n.cjs '" + clients() + "/n8n/' && cd '" + clients() + "/n8n' && timeout 90 node n8n.cjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("n8n is content"));
}

TEST_F(Clients, PlaywrightServesARecordingToABrowser) {
  if (!std::filesystem::exists(clients() + "/node_modules/playwright-core"))
    GTEST_SKIP() << "playwright-core is not installed; ./dev clients installs it";
  const Ran ran = shell("cp tests/e2e/clients/playwright_har.mjs '" + clients() + "/' && timeout 90 node '" + clients() +
                        "/playwright_har.mjs' \"$PWD/fixtures/recordings/case-opens.har\"");
  if (ran.exit_code == 77) GTEST_SKIP() << ran.output;
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("Playwright is content"));
}

// Not of Salesforce: those that read our reports.
TEST_F(Clients, ReadersOfReportsFindEachFailureInThem) {
  if (!std::filesystem::exists(clients() + "/node_modules/junit-to-ctrf"))
    GTEST_SKIP() << "junit-to-ctrf is not installed; ./dev clients installs it";
  const Ran ran =
      shell(R"sh(out=$(mktemp -d) && "$CASEWIRE" run --simulated -j 1 --fail-fast 2 --junit $out/junit.xml --messages \
    $out/messages.ndjson --ctrf $out/ctrf.json --json $out/run.json tests/browser/verdicts.feature >/dev/null 2>&1
    [ $? -eq 1 ] && cp tests/e2e/clients/readers.mjs ')sh" +
            clients() + "/' && timeout 90 node '" + clients() + "/readers.mjs' $out; status=$?; rm -rf $out; exit $status");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("the readers are content"));
}

TEST(PythonClient, IsServedAsSimpleSalesforceAsks) {
  if (shell("command -v python3").exit_code != 0) GTEST_SKIP() << "there is no python3";
  const Ran ran = with_fake("timeout 90 python3 tests/e2e/clients/simple_salesforce.py");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("simple-salesforce is content"));
}

TEST(PythonClient, IsServedAsRestforceAsks) {
  if (shell("command -v python3").exit_code != 0) GTEST_SKIP() << "there is no python3";
  const Ran ran = with_fake("timeout 90 python3 tests/e2e/clients/restforce.py");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("restforce is content"));
}

TEST(CurlClient, GetsInByTheLinesOfItsPage) {
  const Ran ran = with_fake(R"sh(
    T=$(curl -s $URL_OF_FAKE/services/oauth2/token -d grant_type=password -d client_id=$CLIENT -d client_secret=$SECRET -d username=$USER \
        -d password=$PASSWORD | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
    curl -s -H "Authorization: Bearer $T" -H 'Content-Type: application/json' $URL_OF_FAKE/services/data/v66.0/sobjects/Case -d '{"Subject":"Order 1182"}'
    curl -s -H "Authorization: Bearer $T" "$URL_OF_FAKE/services/data/v66.0/query?q=SELECT+Id,Subject+FROM+Case"
    curl -s -X POST $URL_OF_FAKE/_casewire/expire
    curl -s -H "Authorization: Bearer $T" $URL_OF_FAKE/services/data/v66.0/limits)sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, testing::AllOf(HasSubstr("\"Subject\":\"Order 1182\""), HasSubstr("Session expired or invalid")));
}

}  // namespace
}  // namespace casewire::tests
