// Clients that nobody changed for us, against the fake OpenCX alone. `./dev clients` installs them from npm under build/clients and
// runs these tests; where they are not installed the tests are skipped.

#include <gmock/gmock.h>

#include <filesystem>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::HasSubstr;

std::string opencx_clients() { return std::string{CASEWIRE_BINARY_DIR} + "/clients"; }

/// Starts the fake, runs the script with what it printed in the environment, and stops it.
Ran play(const std::string& script) {
  return shell(R"sh(out=$(mktemp); "$CASEWIRE" opencx > "$out" & pid=$!
    i=0; until grep -q 'Ctrl-C' "$out" || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done
    value() { sed -n "s/^  $1  *//p" "$out" | head -n 1; }
    export URL_OF_FAKE=$(value API) KEY=$(value 'API key') BOT=$(value 'widget token')
    export SMTP=$(sed -n 's/.*mail in *\(127.0.0.1:[0-9]*\).*/\1/p' "$out")
    cp tests/e2e/clients/)sh" +
               script + " '" + opencx_clients() + "/' && (cd '" + opencx_clients() + "' && timeout 60 node " + script + R"sh()
    status=$?; kill -TERM $pid; wait $pid
    cat "$out"; rm -f "$out"; exit $status)sh");
}

class OpenCxClients : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* package : {"openapi-fetch", "nodemailer"}) {
      if (!std::filesystem::exists(opencx_clients() + "/node_modules/" + package))
        GTEST_SKIP() << "not installed; ./dev clients installs and runs them";
    }
  }
};

TEST_F(OpenCxClients, OpenapiFetch) {
  const Ran ran = play("openapi_fetch.mjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("openapi-fetch is content"));
}

TEST_F(OpenCxClients, Nodemailer) {
  const Ran ran = play("nodemailer.mjs");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("nodemailer is content"));
}

}  // namespace
}  // namespace casewire::tests
