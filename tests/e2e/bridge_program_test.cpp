// The program casewire-bridge from outside: what it refuses to start with, and what it says then.

#include <gmock/gmock.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Complete settings; nobody listens at the URLs.
std::string settings(const ScratchFolder& folder) {
  return "export CASEWIRE_LISTEN=127.0.0.1:0 CASEWIRE_STATE_DIR=" + folder.path() +
         "/state SALESFORCE_LOGIN_URL=http://127.0.0.1:1 SALESFORCE_CLIENT_ID=a SALESFORCE_CLIENT_SECRET=b SALESFORCE_REFRESH_TOKEN=c "
         "SALESFORCE_WEBHOOK_SECRET=sf-secret OPENCX_URL=http://127.0.0.1:1 OPENCX_API_KEY=d OPENCX_WEBHOOK_SECRET=cx-secret; ";
}

TEST(BridgeProgram, NamesEverySettingThatIsMissing) {
  const Ran ran = shell("env -i \"$BRIDGE\"");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, AllOf(HasSubstr("CASEWIRE_LISTEN is not set"), HasSubstr("OPENCX_WEBHOOK_SECRET is not set")));
}

TEST(BridgeProgram, SaysWhereTheConfigurationIsWrongWithoutShowingIt) {
  const ScratchFolder folder;
  folder.write("b.yaml", "opencx:\n  webhook_secret: hush\n");
  const Ran ran = shell(settings(folder) + "\"$BRIDGE\" --config " + folder.path() + "/b.yaml");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, AllOf(HasSubstr("b.yaml:2:19: error: opencx.webhook_secret"), Not(HasSubstr("hush"))));
}

TEST(BridgeProgram, TakesAFolderForNoConfiguration) {
  const ScratchFolder folder;
  const Ran ran = shell(settings(folder) + "timeout 20 \"$BRIDGE\" --config " + folder.path());
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, HasSubstr("cannot be read"));
}

TEST(BridgeProgram, RefusesADamagedStoreWithoutCrashing) {
  const ScratchFolder folder;
  // One page after the first is noise: the file is recognised, its tables are not to be read.
  const Ran ran = shell(settings(folder) + R"sh("$BRIDGE" 2> "$CASEWIRE_STATE_DIR.log" & first=$!
    i=0; until grep -q listening "$CASEWIRE_STATE_DIR.log" || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done
    kill -TERM $first; wait $first
    size=$(stat -c %s "$CASEWIRE_STATE_DIR/bridge.sqlite")
    head -c $((size - 4096)) /dev/zero | tr '\0' 'x' | dd of="$CASEWIRE_STATE_DIR/bridge.sqlite" bs=4096 seek=1 conv=notrunc status=none
    timeout 20 "$BRIDGE"; echo "second: $?")sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("malformed (restore it from a backup)"), HasSubstr("second: 3"))) << ran.output;
}

// Two bridges on one store would each send what the other is sending.
TEST(BridgeProgram, DoesNotStartTwiceOnOneStateDirectory) {
  const ScratchFolder folder;
  const Ran ran = shell(settings(folder) + R"sh("$BRIDGE" 2> "$CASEWIRE_STATE_DIR.log" & first=$!
    i=0; until grep -q listening "$CASEWIRE_STATE_DIR.log" || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done
    timeout 20 "$BRIDGE"; echo "second: $?"
    kill -KILL $first; wait $first
    "$BRIDGE" 2> "$CASEWIRE_STATE_DIR.log2" & third=$!
    i=0; until grep -q listening "$CASEWIRE_STATE_DIR.log2" || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done
    kill -TERM $third; wait $third; echo "third: $?")sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("another casewire-bridge works on this state directory"), HasSubstr("second: 3"),
                                HasSubstr("third: 0")))
      << ran.output;
}

TEST(BridgeProgram, TakesAWrongControlAddressForAMistakeInTheCommandLine) {
  const ScratchFolder folder;
  for (const char* url : {"nonsense", "http://0.0.0.0:1234", "http://127.0.0.1:"}) {
    const Ran ran = shell(settings(folder) + "timeout 20 \"$BRIDGE\" --control " + url);
    EXPECT_EQ(ran.exit_code, 2) << ran.output;
    EXPECT_THAT(ran.output, HasSubstr("expected http://127.0.0.1:PORT")) << url;
  }
}

TEST(BridgeProgram, AnswersItsOperatorThroughASocketOfItsOwn) {
  const ScratchFolder folder;
  const Ran ran = shell(settings(folder) + R"sh("$BRIDGE" 2> "$CASEWIRE_STATE_DIR.log" & bridge=$!
    i=0; until [ -S "$CASEWIRE_STATE_DIR/admin.sock" ] || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done
    stat -c 'mode: %a' "$CASEWIRE_STATE_DIR/admin.sock"
    "$BRIDGE" status --json | grep '"version"'
    "$BRIDGE" trace nobody; echo "trace: $?"
    env -u CASEWIRE_STATE_DIR "$BRIDGE" parked list --state-dir "$CASEWIRE_STATE_DIR"; echo "list: $?"
    "$BRIDGE" parked retry session:s-1; echo "retry: $?"
    kill -TERM $bridge; wait $bridge; echo "bridge: $?"
    "$BRIDGE" status; echo "nobody: $?"
    env -u CASEWIRE_STATE_DIR "$BRIDGE" status; echo "nowhere: $?"
    grep 'bridge started' "$CASEWIRE_STATE_DIR.log")sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("mode: 600"), HasSubstr("\"version\": \"0.1.0\""), HasSubstr("nobody: unknown\n"),
                                HasSubstr("trace: 1"), HasSubstr("nothing is parked\nlist: 0")))
      << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("no job of \"session:s-1\" is parked"), HasSubstr("retry: 1"), HasSubstr("bridge: 0")));
  EXPECT_THAT(ran.output, AllOf(HasSubstr("no casewire-bridge runs on this state directory"), HasSubstr("nobody: 3"),
                                HasSubstr("which bridge is meant is not said"), HasSubstr("nowhere: 2")));
  EXPECT_THAT(
      ran.output,
      HasSubstr(
          "version=0.1.0 settings=environment store=sqlite salesforce_org=\"not known yet\" salesforce=http://127.0.0.1:1"));
}

// SIGHUP ended it.
TEST(BridgeProgram, ReadsItsSettingsAgainAtAHangUp) {
  const ScratchFolder folder;
  folder.write("b.yaml", "workers: 2\nopencx:\n  require_signature: false\n");
  const Ran ran = shell(settings(folder) + "file=" + folder.path() + "/b.yaml; " +
                        R"sh("$BRIDGE" --config "$file" 2> "$CASEWIRE_STATE_DIR.log" & bridge=$!
    wait_for() { i=0; until grep -q "$1" "$CASEWIRE_STATE_DIR.log" || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; }
    wait_for listening
    url=$(sed -n 's/.*url=//p' "$CASEWIRE_STATE_DIR.log" | head -1)/hooks/opencx/cx-secret
    hook() { curl -s -o /dev/null -w "$1: %{http_code}\n" -X POST -d '{"event":"conversation.handoff_to_human","data":[{"conversation_id":"s-1"}]}' "$url"; }
    hook before
    echo 'opencx: nonsense' > "$file"; kill -HUP $bridge; wait_for 'not taken up'; hook wrong
    printf 'workers: 3\nopencx:\n  require_signature: true\n' > "$file"; kill -HUP $bridge; wait_for 'read again'; hook after
    grep 'read again' "$CASEWIRE_STATE_DIR.log"
    kill -TERM $bridge; wait $bridge; echo "bridge: $?")sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("before: 202"), HasSubstr("wrong: 202"), HasSubstr("after: 401"),
                                HasSubstr("changed=opencx.require_signature need_a_restart=workers"), HasSubstr("bridge: 0")))
      << ran.output;
}

// A rule or a picture of a metric that there is not would be silent for ever.
TEST(BridgeProgram, HasEveryMetricThatAlertsAndDashboardAskFor) {
  const ScratchFolder folder;
  const Ran ran = shell(settings(folder) + R"sh("$BRIDGE" 2> "$CASEWIRE_STATE_DIR.log" & bridge=$!
    i=0; until grep -q listening "$CASEWIRE_STATE_DIR.log" || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done
    curl -s "$(sed -n 's/.*url=//p' "$CASEWIRE_STATE_DIR.log" | head -1)/metrics" > "$CASEWIRE_STATE_DIR.metrics"
    kill -TERM $bridge; wait $bridge
    grep -ohE 'casewire_bridge_[a-z_]+' packaging/prometheus/casewire-bridge.rules.yml packaging/grafana/casewire-bridge.json | sort -u |
      while read -r name; do
        grep -qE "^# TYPE ${name%_sum}( |$)|^# TYPE ${name%_count} " "$CASEWIRE_STATE_DIR.metrics" || echo "no metric $name"
        echo "asked"
      done)sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("asked"), Not(HasSubstr("no metric")))) << ran.output;
}

/// A fake Salesforce at $SALESFORCE_LOGIN_URL, and `sign_in FILE DECISION`: what a person does with the page that `connect` has printed into FILE.
constexpr const char* kSignIn = R"sh(
    wait_for() { i=0; until grep -q "$1" "$2" 2> /dev/null || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; }
    "$CASEWIRE" salesforce > "$here/salesforce" & fake=$!
    wait_for 'Ctrl-C stops it' "$here/salesforce"
    export SALESFORCE_LOGIN_URL=$(grep -oE 'http://127.0.0.1:[0-9]+' "$here/salesforce" | head -1)
    export SALESFORCE_CLIENT_ID=3MVG9casewire SALESFORCE_CLIENT_SECRET=casewire-secret
    sign_in() {
      wait_for 'services/oauth2/authorize' "$1"
      page=$(grep -oE 'http[^ ]*/services/oauth2/authorize[^ ]*' "$1")
      link=$(curl -s "$page" | grep -oE "href=\"[^\"]*decision=$2\"" | sed 's/^href="//; s/"$//; s/&amp;/\&/g')
      back=$(curl -s -o /dev/null -w '%{redirect_url}' "$SALESFORCE_LOGIN_URL$link")
      curl -s -4 "$back"
    }
)sh";

TEST(BridgeProgram, IsConnectedByAPersonWhoSignsIn) {
  const ScratchFolder folder;
  const Ran ran = shell(settings(folder) + "here=" + folder.path() + R"sh(; unset SALESFORCE_REFRESH_TOKEN
    )sh" + kSignIn + R"sh(
    "$BRIDGE" connect --callback-port 0 > "$here/connect" 2>&1 & connect=$!
    wait_for 'authorize' "$here/connect"
    other=$(grep -oE 'http://localhost:[0-9]+/oauth/callback' "$here/connect" | head -1)
    curl -s -4 -o /dev/null -w 'lured: %{http_code}\n' "$other?code=somebodys&state=guessed"
    sign_in "$here/connect" allow
    wait $connect; echo "connect: $?"
    grep connected "$here/connect"
    grep -c 'code_challenge_method=S256' "$here/connect"
    stat -c 'mode: %a' "$CASEWIRE_STATE_DIR/bridge.sqlite"
    grep -c 5Aep "$CASEWIRE_STATE_DIR/bridge.sqlite"
    "$BRIDGE" 2> "$here/log" & bridge=$!
    wait_for 'salesforce access renewed' "$here/log"
    "$BRIDGE" check | grep 'salesforce answers'
    "$BRIDGE" connect --callback-port 0 > "$here/again" 2>&1 & connect=$!
    sign_in "$here/again" allow > /dev/null
    wait $connect; echo "again: $?"; grep connected "$here/again"
    grep 'salesforce connected' "$here/log"
    kill -TERM $bridge; wait $bridge; kill -TERM $fake; wait $fake)sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("lured: 400\n"), HasSubstr("<h1>Connected</h1>"), HasSubstr("connect: 0\n"),
                                HasSubstr("connected as user 005"), HasSubstr("; the bridge uses it when it is started\n1\n")))
      << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("mode: 600\n0\n"), HasSubstr("ok            salesforce answers: as user 005")))
      << "sealed, and of use";
  EXPECT_THAT(ran.output, AllOf(HasSubstr("again: 0\n"), HasSubstr("; the bridge that runs uses it from now on"),
                                HasSubstr("event=\"salesforce connected\" salesforce_org=00D")));
}

TEST(BridgeProgram, IsNotConnectedByADenialNorToAnotherOrgThanIsMeant) {
  const ScratchFolder folder;
  const Ran ran = shell(settings(folder) + "here=" + folder.path() + R"sh(; unset SALESFORCE_REFRESH_TOKEN
    )sh" + kSignIn + R"sh(
    "$BRIDGE" connect --callback-port 0 > "$here/denied" 2>&1 & connect=$!
    sign_in "$here/denied" deny
    wait $connect; echo "denied: $?"; grep error: "$here/denied"
    "$BRIDGE" connect 00D000000000009AAA --callback-port 0 > "$here/other" 2>&1 & connect=$!
    sign_in "$here/other" allow
    wait $connect; echo "other: $?"; grep error: "$here/other"
    "$BRIDGE" connect production; echo "no name: $?"
    "$BRIDGE" connect Production; echo "no id: $?"
    env -u SALESFORCE_CLIENT_SECRET "$BRIDGE" connect; echo "incomplete: $?"
    kill -TERM $fake; wait $fake)sh");
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("<h1>Not connected</h1>"), HasSubstr("denied: 1\n"),
                    HasSubstr("error: not connected: Salesforce says access_denied: end-user denied authorization"),
                    HasSubstr("other: 1\n"), HasSubstr("and org 00D000000000009AAA is meant: the connection was given back")))
      << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("the settings are of one org, and it has no name"), HasSubstr("no name: 2"),
                    HasSubstr("an org's id of 15 or 18 characters"), HasSubstr("no id: 2"),
                    HasSubstr("SALESFORCE_CLIENT_SECRET (salesforce.client_secret) is not set"), HasSubstr("incomplete: 2")));
}

// What libpq brings along was a third of what starting the bridge took, with a memory in a file too.
TEST(BridgeProgram, NeedsPostgreSqlsLibraryForAMemoryThereOnly) {
  const ScratchFolder folder;
  folder.write("libpq.so.5", "no library");
  const std::string without = settings(folder) + "export LD_LIBRARY_PATH=" + folder.path() + "; ";
  EXPECT_EQ(shell(without + "\"$BRIDGE\" --version").exit_code, 0);
  const Ran ran = shell(without + "CASEWIRE_STORE=postgres://bridge@db.example.com/casewire timeout 20 \"$BRIDGE\"");
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.output, HasSubstr("store: error: PostgreSQL's client library libpq.so.5 cannot be loaded"));
}

}  // namespace
}  // namespace casewire::tests
