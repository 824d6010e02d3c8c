// The program casewire-bridge with its memory in a PostgreSQL server that is killed under it.

#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <set>
#include <sstream>
#include <thread>

#include "tests/e2e/built_program.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

class PostgresProgram : public testing::Test {
 protected:
  void SetUp() override {
    if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
    uri_ = server().make_database();
  }
  ~PostgresProgram() override {
    if (bridge_ > 0) ::kill(bridge_, SIGKILL);
  }
  static PostgresServer& server() { return PostgresServer::shared(); }

  void start_bridge() {
    const auto started = shell("export CASEWIRE_LISTEN=127.0.0.1:0 CASEWIRE_STORE='" + uri_ + "' CASEWIRE_STATE_DIR=" + state() +
                               " SALESFORCE_LOGIN_URL=http://127.0.0.1:1 SALESFORCE_CLIENT_ID=a SALESFORCE_CLIENT_SECRET=b"
                               " SALESFORCE_REFRESH_TOKEN=c SALESFORCE_WEBHOOK_SECRET=sf-secret OPENCX_URL=http://127.0.0.1:1"
                               " OPENCX_API_KEY=d OPENCX_WEBHOOK_SECRET=cx-secret; \"$BRIDGE\" > " +
                               log() + " 2>&1 & echo $!");
    bridge_ = std::stoi(started.output);
    ASSERT_TRUE(comes_true([&] { return shell("grep -q listening " + log()).exit_code == 0; }));
    url_ = shell("sed -n 's/.*url=//p' " + log() + " | head -1 | tr -d '\\n'").output;
  }
  std::string state() const { return folder_.path() + "/state"; }
  std::string log() const { return folder_.path() + "/log"; }
  std::string readiness() const { return shell("curl -s -m 20 " + url_ + "/readyz").output; }
  bool is_alive() const { return ::kill(bridge_, 0) == 0; }
  template <class Question>
  static bool comes_true(Question question) {
    for (int i = 0; i < 1'000; ++i) {
      if (question()) return true;
      std::this_thread::sleep_for(20ms);
    }
    return false;
  }

  ScratchFolder folder_;
  std::string uri_, url_;
  pid_t bridge_ = -1;
};

TEST_F(PostgresProgram, LosesNothingThatItAcknowledgedWhenTheServerIsKilled) {
  start_bridge();
  // Webhook after webhook, until the file "enough" is there. Says each answer and its session.
  std::string answers;
  std::thread sender([&] {
    answers =
        shell(
            "i=0; until [ -e " + folder_.path() + "/enough ] || [ $i -ge 20000 ]; do i=$((i+1)); " +
            R"(curl -s -m 20 -o /dev/null -w "%{http_code} session:s-$i\n" -X POST -d '{"event":"conversation.handoff_to_human","data":[{"conversation_id":"s-'$i'"}]}' )" +
            url_ + "/hooks/opencx/cx-secret; done")
            .output;
  });
  const auto stored = [&] { return std::stoi(server().ask(uri_, "SELECT count(*) FROM casewire.jobs")); };
  EXPECT_TRUE(comes_true([&] { return stored() >= 20; }));
  server().kill();
  EXPECT_TRUE(comes_true([&] { return readiness().find("store failed") != std::string::npos; })) << readiness();
  const auto status = shell("\"$BRIDGE\" status --state-dir " + state()).output;
  EXPECT_THAT(status, AllOf(HasSubstr("status        store failed"), HasSubstr("store         postgres:///bridge")));
  EXPECT_TRUE(is_alive());
  server().start();
  const int before = stored();
  EXPECT_TRUE(comes_true([&] { return stored() >= before + 20; })) << shell("tail -5 " + log()).output;
  EXPECT_TRUE(comes_true([&] { return readiness().find("store failed") == std::string::npos; })) << readiness();
  folder_.write("enough", "");
  sender.join();

  std::set<std::string> jobs;
  std::istringstream listed(server().ask(uri_, "SELECT convert_from(subject, 'UTF8') FROM casewire.jobs"));
  for (std::string subject; std::getline(listed, subject);) jobs.insert(subject);
  std::istringstream told(answers);
  int acknowledged = 0, refused = 0;
  for (std::string code, subject; told >> code >> subject;) {
    (code == "202" ? acknowledged : refused) += 1;
    if (code == "202") {
      EXPECT_TRUE(jobs.contains(subject)) << subject;
    }
  }
  EXPECT_GE(acknowledged, 40);
  EXPECT_GE(refused, 1);
  ::kill(bridge_, SIGTERM);
  EXPECT_TRUE(comes_true([&] { return shell("grep -q 'bridge stopped' " + log()).exit_code == 0; }));
}

TEST_F(PostgresProgram, EndsWhenItsDatabaseIsOfANewerVersion) {
  start_bridge();
  ::kill(bridge_, SIGTERM);
  EXPECT_TRUE(comes_true([&] { return shell("grep -q 'bridge stopped' " + log()).exit_code == 0; }));
  server().ask(uri_, "UPDATE casewire.schema_version SET version = 99");
  const auto again = shell("export CASEWIRE_LISTEN=127.0.0.1:0 CASEWIRE_STORE='" + uri_ + "' CASEWIRE_STATE_DIR=" + state() +
                           " SALESFORCE_LOGIN_URL=http://127.0.0.1:1 SALESFORCE_CLIENT_ID=a SALESFORCE_CLIENT_SECRET=b"
                           " SALESFORCE_WEBHOOK_SECRET=sf-secret OPENCX_URL=http://127.0.0.1:1 OPENCX_API_KEY=d"
                           " OPENCX_WEBHOOK_SECRET=cx-secret; timeout 20 \"$BRIDGE\"");
  EXPECT_EQ(again.exit_code, 3) << again.output;
  EXPECT_THAT(again.output, HasSubstr("the database has schema version 99"));
}

TEST_F(PostgresProgram, StartsBeforeItsDatabase) {
  server().stop();
  start_bridge();
  EXPECT_THAT(readiness(), HasSubstr("store failed"));
  EXPECT_TRUE(comes_true([&] { return shell("grep -q 'waiting for the database' " + log()).exit_code == 0; }));
  server().start();
  EXPECT_TRUE(comes_true([&] { return shell("grep -q 'bridge started' " + log()).exit_code == 0; }))
      << shell("cat " + log()).output;
  EXPECT_THAT(shell("cat " + log()).output, HasSubstr("store=\"postgres:///bridge"));
}

}  // namespace
}  // namespace casewire::tests
