// Recordings as the built programs make them and take people out of them.

#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include "tests/e2e/built_program.hpp"
#include "tests/e2e/org_world.hpp"

namespace casewire::tests {
namespace {

TEST(Recordings, OfAHandoffAreMadeWithoutPeople) {
  const ScratchFolder folder;
  folder.write("key", "a key that stays with the customer");
  std::filesystem::create_directory(folder.path() + "/recordings");
  const std::string redacted = folder.path() + "/recordings/redacted.har";
  const Ran ran = casewire("redact fixtures/recordings/handoff.har " + redacted + " --key " + folder.path() + "/key");
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  const std::string text = folder.read("recordings/redacted.har");
  for (const char* left : {"Dana", "dana@example", "Refund", "741cb601", "500Cw"})
    EXPECT_EQ(text.find(left), std::string::npos) << left;
  EXPECT_EQ(shell("stat -c %a " + redacted).output, "600\n");
}

TEST(Recordings, AreMadeByAProxyBeforeASystem) {
  const ScratchFolder folder;
  const Ran ran = shell("D=" + folder.path() + R"sh(
    wait_for() { i=0; until grep -q 'Ctrl-C' "$1" || [ $i -gt 100 ]; do sleep 0.05; i=$((i+1)); done; }
    "$CASEWIRE" opencx > $D/fake & fake=$!; wait_for $D/fake
    URL=$(grep -o 'http://127.0.0.1:[0-9]*' $D/fake | head -n 1)
    "$CASEWIRE" record --salesforce http://127.0.0.1:9 --opencx $URL --out $D/out > $D/recorder & recorder=$!; wait_for $D/recorder
    PROXY=$(sed -n 's/.*OPENCX_URL=//p' $D/recorder)
    curl -s -H 'Authorization: Bearer ocx_live_casewire' $PROXY/chat/sessions
    kill -TERM $recorder; wait $recorder; echo "[$?]"; stat -c %a $D/out/tape.har
    kill -TERM $fake; wait $fake; cat $D/recorder)sh");
  EXPECT_THAT(ran.output, testing::AllOf(testing::HasSubstr("\"items\":[]"), testing::HasSubstr("[0]\n600\n"),
                                         testing::HasSubstr("1 exchanges in ")))
      << ran.output;
  const std::string tape = folder.read("out/tape.har");
  EXPECT_THAT(tape, testing::HasSubstr("\"url\": \"http://opencx.test/chat/sessions\""));
  EXPECT_EQ(tape.find("ocx_live_casewire"), std::string::npos);
}

/// The recorder before the two URLs; `do` is what is done with it, where $SALESFORCE and $OPENCX are its proxies. Prints its exit code.
Ran recorded(const ScratchFolder& folder, const std::string& upstreams, const std::string& what,
             const std::string& signal = "TERM") {
  return shell("D=" + folder.path() + R"sh(
    wait_for() { i=0; until grep -q "$2" "$1" 2>/dev/null || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; }
    rm -f $D/recorder; "$CASEWIRE" record )sh" +
               upstreams + R"sh( --out $D/out > $D/recorder 2>&1 & recorder=$!; wait_for $D/recorder 'Ctrl-C\|casewire record:'
    SALESFORCE=$(sed -n 's/.*SALESFORCE_LOGIN_URL=\([^ ]*\).*/\1/p' $D/recorder); OPENCX=$(sed -n 's/.*OPENCX_URL=//p' $D/recorder)
    )sh" + what +
               "\nkill -" + signal + " $recorder; wait $recorder; echo \"[$?]\"; cat $D/recorder");
}

TEST(Recordings, R4WhatGotNoAnswerIsAnEntryAndTheExitCodeSaysSo) {
  const ScratchFolder folder;
  const Ran ran =
      recorded(folder, "--salesforce http://127.0.0.1:9 --opencx http://127.0.0.1:9", "curl -s $SALESFORCE/services/data");
  EXPECT_THAT(ran.output, testing::AllOf(testing::HasSubstr("[1]\n"), testing::HasSubstr("1 exchanges in "),
                                         testing::HasSubstr("; 1 without an answer")))
      << ran.output;
  EXPECT_THAT(folder.read("out/tape.har"),
              testing::AllOf(testing::HasSubstr("\"status\": 0"), testing::HasSubstr("\"error\": \"not sent\"")));
}

TEST(Recordings, R5AKilledRecorderLeavesAReadableTape) {
  const ScratchFolder folder;
  const Ran ran = recorded(folder, "--salesforce http://127.0.0.1:9 --opencx http://127.0.0.1:9",
                           "curl -s $OPENCX/chat/sessions; wait_for $D/out/tape.har chat/sessions", "KILL");
  EXPECT_THAT(ran.output, testing::HasSubstr("[137]\n"));
  const Ran read = casewire("redact " + folder.path() + "/out/tape.har " + folder.path() + "/shared.har");
  EXPECT_EQ(read.exit_code, 0) << read.output;
  EXPECT_THAT(read.output, testing::HasSubstr("1 exchanges without people"));
}

TEST(Recordings, AreMadeOfHttpsWhoseCertificateIsTrusted) {
  if (shell("command -v openssl").exit_code != 0) GTEST_SKIP() << "openssl is not installed";
  const ScratchFolder folder;
  folder.write("hello", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
  const Ran ran = shell("cd " + folder.path() + R"sh(
    openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
    port=$((20000 + $$ % 12000)); openssl s_server -accept $port -cert cert.pem -key key.pem -HTTP -quiet >s_server 2>&1 & echo $! > server
    i=0; until curl -s --cacert cert.pem https://localhost:$port/hello >/dev/null || [ $i -gt 100 ]; do sleep 0.05; i=$((i+1)); done; echo $port > port)sh");
  const std::string port = folder.read("port").substr(0, folder.read("port").find('\n'));
  const std::string upstreams = "--salesforce https://localhost:" + port + " --opencx https://localhost:" + port;
  const Ran trusted = recorded(folder, upstreams + " --ca " + folder.path() + "/cert.pem", "curl -s $OPENCX/hello");
  EXPECT_THAT(trusted.output, testing::AllOf(testing::HasSubstr("hello"), testing::HasSubstr("[0]\n"))) << trusted.output;
  const Ran strange = recorded(folder, upstreams, "curl -s $OPENCX/hello");
  EXPECT_THAT(strange.output, testing::AllOf(testing::HasSubstr("[1]\n"), testing::HasSubstr("1 without an answer")))
      << strange.output;
  shell("kill $(cat " + folder.path() + "/server)");
}

TEST(Recordings, R14AreWrittenWithoutPeopleFromTheFirstByte) {
  const ScratchFolder folder;
  const Ran ran = recorded(folder, "--redact --salesforce http://127.0.0.1:9 --opencx http://127.0.0.1:9",
                           "curl -s \"$OPENCX/contacts?email=dana.miller%40acme.example\"; wait_for $D/out/tape.har contacts");
  EXPECT_THAT(ran.output, testing::HasSubstr("1 exchanges in "));
  const std::string tape = folder.read("out/tape.har");
  EXPECT_THAT(tape, testing::AllOf(testing::HasSubstr("\"redacted\": true"), testing::HasSubstr("/contacts?email=")));
  for (const char* left : {"dana", "miller", "acme"}) EXPECT_EQ(tape.find(left), std::string::npos) << left;
}

TEST(Recordings, HaveTheMailBesideThem) {
  const ScratchFolder folder;
  const Ran ran = recorded(folder, "--mail fixtures/mail --salesforce http://127.0.0.1:9 --opencx http://127.0.0.1:9", ":");
  EXPECT_THAT(ran.output, testing::ContainsRegex("[0-9]+ files of mail in .*/out/mail")) << ran.output;
  EXPECT_EQ(shell("cmp " + folder.path() + "/out/mail/1.eml fixtures/mail/attachment.eml").exit_code, 0);
  EXPECT_THAT(shell("stat -c %a " + folder.path() + "/out/mail/1.eml").output, "600\n");
}

TEST(Recordings, OfTheBridgeItselfArePlainlyReadAndTellTheModelsNothingNew) {
  const ScratchFolder folder;
  const std::string tapes = folder.path() + "/tapes";
  const Ran ran = casewire("run scenarios/recorded/takeover.feature --bridge \"$BRIDGE --record " + tapes + "\"");
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  const Ran compared = shell("for tape in " + tapes + "/*.har; do \"$CASEWIRE\" compare $tape || exit 1; done");
  EXPECT_EQ(compared.exit_code, 0) << compared.output;
  EXPECT_THAT(compared.output, testing::HasSubstr("history read: 0 of "));
  EXPECT_THAT(shell("stat -c %a " + tapes + "/*.har").output, "600\n");
  const std::string tape = shell("cat " + tapes + "/*.har").output;
  EXPECT_THAT(tape, testing::HasSubstr("/hooks/salesforce/casewire-masked-"));
  for (const char* secret : {"ocx_live_casewire", "casewire-secret", "5Aep861casewire"})
    EXPECT_EQ(tape.find(secret), std::string::npos) << secret;
}

TEST(Recordings, OfABridgeThatIsKilledAreWhole) {
  const ScratchFolder folder;
  const std::string tapes = folder.path() + "/tapes";
  const std::string settings =
      "CASEWIRE_LISTEN=127.0.0.1:0 CASEWIRE_STATE_DIR=" + folder.path() +
      "/state SALESFORCE_LOGIN_URL=http://127.0.0.1:9 SALESFORCE_CLIENT_ID=client SALESFORCE_CLIENT_SECRET=client-secret "
      "SALESFORCE_REFRESH_TOKEN=refresh-token SALESFORCE_WEBHOOK_SECRET=salesforce-webhook-secret OPENCX_URL=http://127.0.0.1:9 "
      "OPENCX_API_KEY=opencx-api-key OPENCX_WEBHOOK_SECRET=opencx-webhook-secret ";
  const Ran ran =
      shell(settings + "\"$BRIDGE\" --record " + tapes + " > " + folder.path() +
            "/log 2>&1 & bridge=$!; i=0; until grep -q oauth2 " + tapes +
            "/*.har 2>/dev/null || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; kill -KILL $bridge; wait $bridge; echo "
            "\"[$?]\"; \"$CASEWIRE\" redact " +
            tapes + "/*.har " + folder.path() + "/shared.har");
  EXPECT_THAT(ran.output, testing::AllOf(testing::HasSubstr("[137]"), testing::ContainsRegex("[0-9]+ exchanges without people")))
      << ran.output << folder.read("log");
  EXPECT_THAT(folder.read("shared.har"), testing::HasSubstr("/services/oauth2/token"));
}

// A bridge as it runs for a customer looks by itself whether all is in order, which no bridge of a scenario does unasked; its customers may have no
// name; the org's callouts lead to a place of its own.
TEST(Recordings, OfABridgeAsItRunsPlayBackAndTellTheModelsNothingNew) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder.path() + "/recordings");
  folder.write(
      "replay.feature",
      "Feature: What it said\n\n  Scenario: plain\n    Given the recording \"plain.har\"\n    When the recorded webhooks arrive\n"
      "    Then every recorded request was made\n\n  Scenario: without people\n    Given the recording \"redacted.har\"\n"
      "    When the recorded webhooks arrive\n    Then every recorded request was made\n");
  shell("ln -s $PWD/fixtures/orgs " + folder.path() + "/orgs");
  const std::string port = free_port();
  const Ran made = shell("D=" + folder.path() + "; PORT=" + port + R"sh(
    wait_for() { i=0; until grep -q "$2" $1 2>/dev/null || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; }
    "$CASEWIRE" salesforce --webhook http://127.0.0.1:$PORT/hooks/salesforce/salesforce-secret > $D/sf & sf=$!
    "$CASEWIRE" opencx --webhook http://127.0.0.1:$PORT/hooks/opencx/opencx-secret --webhook-secret opencx-secret > $D/ox & ox=$!
    wait_for $D/sf 'Ctrl-C'; wait_for $D/ox 'Ctrl-C'
    SF=$(grep -o 'http://127.0.0.1:[0-9]*' $D/sf | head -n 1); OX=$(sed -n 's/^ *API  *\(http.*\)/\1/p' $D/ox)
    CASEWIRE_LISTEN=127.0.0.1:$PORT CASEWIRE_STATE_DIR=$D/state SALESFORCE_LOGIN_URL=$SF SALESFORCE_CLIENT_ID=3MVG9casewire \
      SALESFORCE_CLIENT_SECRET=casewire-secret SALESFORCE_REFRESH_TOKEN=5Aep861casewire SALESFORCE_WEBHOOK_SECRET=salesforce-secret \
      OPENCX_URL=$OX OPENCX_API_KEY=ocx_live_casewire OPENCX_WEBHOOK_SECRET=opencx-secret \
      "$BRIDGE" --record $D/tapes 2> $D/log & bridge=$!
    wait_for "$D/tapes/*.har" /limits
    curl -s $OX/_casewire/mail -d '{"from": "dana.miller@umbrella.test", "text": "Where is order 77431?", "subject": "Order 77431"}'
    sleep 0.7  # or both are one piece of work, at the chance of a moment
    curl -s $OX/_casewire/hand-off -d '{"summary": "Dana Miller waits"}'
    wait_for $D/log 'case opened'; sleep 1
    kill -TERM $bridge $sf $ox; wait
    cp -r $D/tapes/*.bodies $D/recordings/; cp $D/tapes/*.har $D/recordings/plain.har
    "$CASEWIRE" redact $D/recordings/plain.har $D/recordings/redacted.har)sh");
  for (const char* name : {"plain", "redacted"}) {
    const Ran compared = casewire("compare " + folder.path() + "/recordings/" + name + ".har");
    EXPECT_EQ(compared.exit_code, 0) << name << "\n" << compared.output << made.output << folder.read("log");
    EXPECT_THAT(compared.output, testing::HasSubstr("tooling query: 0 of "));
  }
  const Ran ran = casewire("run --simulated --fixtures " + folder.path() + " " + folder.path() + "/replay.feature");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

/// The shipped recording with one more member in every session that OpenCX shows.
std::string with_drift(const ScratchFolder& folder) {
  const std::string file = folder.path() + "/drifted.har";
  shell("sed 's/\\\\\"assist_mode\\\\\":false/\\\\\"assist_mode\\\\\":true/g' fixtures/recordings/case-opens.har > " + file);
  return file;
}

TEST(Comparing, R24SaysTheSameSidesInTheConsoleAndInEveryReport) {
  const ScratchFolder folder;
  const std::string reports =
      " --junit " + folder.path() + "/d.xml --html " + folder.path() + "/d.html --json " + folder.path() + "/d.json";
  const Ran ran = casewire("compare " + with_drift(folder) + " --org service-cloud" + reports);
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, testing::HasSubstr("differ: member /assist_mode: another value\n"));
  EXPECT_THAT(ran.output, testing::HasSubstr("  expected  true   (the tape)\n  found     false   (the model)\n"));
  const std::string junit = folder.read("d.xml");
  EXPECT_THAT(junit, testing::HasSubstr("expected  true")) << junit;
  EXPECT_THAT(junit, testing::HasSubstr("found     false"));
  const std::string json = folder.read("d.json");
  EXPECT_THAT(json, testing::ContainsRegex("\"expected\": *\"true\"")) << json;
  EXPECT_THAT(json, testing::ContainsRegex("\"found\": *\"false\""));
  EXPECT_THAT(folder.read("d.html"), testing::HasSubstr("member /assist_mode: another value"));
}

TEST(Comparing, PassesWhatTheBaselineNames) {
  const ScratchFolder folder;
  const std::string tape = with_drift(folder), baseline = " --baseline " + folder.path() + "/known.json";
  EXPECT_EQ(casewire("compare " + tape + baseline).exit_code, 2) << "there is none yet";
  EXPECT_EQ(casewire("compare " + tape + baseline + " --update-baseline").exit_code, 0);
  const Ran known = casewire("compare " + tape + baseline);
  EXPECT_EQ(known.exit_code, 0) << known.output;
  EXPECT_THAT(known.output, testing::HasSubstr("member /assist_mode: another value (known)"));
  const Ran gone = casewire("compare fixtures/recordings/case-opens.har" + baseline);
  EXPECT_EQ(gone.exit_code, 0) << gone.output;
  EXPECT_THAT(gone.output,
              testing::HasSubstr("no longer so, and still in the baseline: session read: member /assist_mode: another value"));
}

TEST(Comparing, SaysWhatItCannotRead) {
  const ScratchFolder folder;
  folder.write("none.har", R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": []}})");
  EXPECT_EQ(casewire("compare " + folder.path() + "/none.har").exit_code, 4);
  EXPECT_EQ(casewire("compare " + folder.path() + "/missing.har").exit_code, 2);
  const Ran org = casewire("compare fixtures/recordings/case-opens.har --org service-clod");
  EXPECT_EQ(org.exit_code, 2);
  EXPECT_THAT(org.output, testing::HasSubstr("did you mean --org service-cloud?"));
}

TEST(Recordings, R29OfHalfAGigabyteThatAreNoneAreRefusedInLittleMemory) {
  const ScratchFolder folder;
  shell("truncate -s 500M " + folder.path() + "/big.har");
  for (const std::string& command : {"compare " + folder.path() + "/big.har", "redact " + folder.path() + "/big.har /dev/null"}) {
    const Ran ran = shell("ulimit -v 400000; \"$CASEWIRE\" " + command);
    EXPECT_EQ(ran.exit_code, 2) << ran.output;
    EXPECT_THAT(ran.output, testing::HasSubstr("there are more than 16 MB beside its entries"));
  }
}

TEST(Recordings, OfTheSameScenarioStayAsTheyAre) {
  const ScratchFolder folder;
  const std::string file = folder.path() + "/case-opens.har";
  const auto record = [&] { return casewire("run scenarios/recorded/case-opens.feature --seed 3 --record " + file); };
  ASSERT_EQ(record().exit_code, 0);
  const std::string first = folder.read("case-opens.har");
  EXPECT_THAT(first, testing::HasSubstr("\"of_fakes\": true"));
  ASSERT_EQ(record().exit_code, 0);
  EXPECT_EQ(folder.read("case-opens.har"), first);
  EXPECT_EQ(casewire("run scenarios/recorded --record " + file).exit_code, 2) << "one scenario is one recording";
}

TEST(Recordings, AreNotRedactedIntoThemselves) {
  const ScratchFolder folder;
  const std::string tape = folder.path() + "/tape.har";
  std::filesystem::copy_file(CASEWIRE_SOURCE_DIR "/fixtures/recordings/append.har", tape);
  const std::string before = folder.read("tape.har");
  for (const std::string& other : {tape, folder.path() + "/./tape.har"}) {
    const Ran ran = casewire("redact " + tape + " " + other);
    EXPECT_EQ(ran.exit_code, 2) << ran.output;
    EXPECT_NE(ran.output.find("is the recording itself"), std::string::npos) << ran.output;
  }
  EXPECT_EQ(folder.read("tape.har"), before);
}

TEST(Recordings, ThatWereRedactedPlayBack) {
  const ScratchFolder folder;
  folder.write("key", "a key that stays with the customer");
  for (const char* part : {"orgs", "files", "mail"})
    shell("ln -s $PWD/fixtures/" + std::string(part) + " " + folder.path() + "/" + part);
  std::filesystem::create_directory(folder.path() + "/recordings");
  std::string feature = "Feature: What was redacted is said again\n";
  for (const char* name : {"case-opens", "append", "reply-with-file", "takeover", "close-and-new-case", "lost-answer",
                           "token-expiry", "no-case-appears", "reply-does-not-arrive"}) {
    const std::string redacted = folder.path() + "/recordings/" + name + ".har";
    ASSERT_EQ(
        casewire("redact fixtures/recordings/" + std::string(name) + ".har " + redacted + " --key " + folder.path() + "/key")
            .exit_code,
        0);
    feature += "\n  Scenario: " + std::string(name) + "\n    Given the recording \"" + name +
               ".har\"\n    When the recorded webhooks arrive\n    Then every recorded request was made\n";
  }
  folder.write("replay.feature", feature);
  const Ran ran = casewire("run --simulated --fixtures " + folder.path() + " " + folder.path() + "/replay.feature");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

}  // namespace
}  // namespace casewire::tests
