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

}  // namespace
}  // namespace casewire::tests
