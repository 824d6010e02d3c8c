// Recordings as the built programs make them and take people out of them.

#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include "tests/e2e/built_program.hpp"

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

}  // namespace
}  // namespace casewire::tests
