// What an operator does around an upgrade: look at the memory's schema, try the new program on a copy, and take the memory back.

#include <gmock/gmock.h>

#include "bridge/store/sqlite.hpp"
#include "tests/e2e/acme_bridge.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class UpgradeProgram : public AcmeBridge {
 protected:
  std::string backup() const { return folder_.path() + "/acme.backup"; }
  Ran replay(const std::string& file) const { return shell("\"$BRIDGE\" replay " + file); }
  void change(const std::string& file, const std::string& sql) const {
    (*bridge::sqlite::Connection::open(file, bridge::sqlite::Connection::Access::read_write))->run(sql);
  }
  bool has_no_work() const {
    return becomes_true([&] { return command("status").output.find("jobs: 0 due, 0 waiting") != std::string::npos; });
  }
  /// Two conversations: one answered, one answered and closed.
  void work() {
    start_bridge();
    acme_.begin("dana", "Where is it?");
    ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 1; })) << bridge_->output();
    reply(0, "Looking into it.");
    ASSERT_TRUE(receives("dana", "Looking into it.")) << bridge_->output();
    acme_.begin("eli", "Broken");
    ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 2; })) << bridge_->output();
    reply(1, "A new one is on its way.");
    ASSERT_TRUE(receives("eli", "A new one is on its way.")) << bridge_->output();
    reply(0, "It is found.");
    ASSERT_TRUE(receives("dana", "It is found.")) << bridge_->output();
  }
};

TEST_F(UpgradeProgram, ReplayFindsNothingToBeDoneAgainAndNamesWhatWouldBe) {
  write_settings();
  work();
  // A version may be noted as seen, and the last outcome stored, a moment after the customer has her mail.
  ASSERT_TRUE(becomes_true([&] {
    shell("rm -f " + backup());
    return command("backup acme --to " + backup()).output.find("jobs 0\n") != std::string::npos;
  }));
  const auto before = shell("sha256sum < " + backup()).output;
  const auto found = replay(backup());
  EXPECT_EQ(found.exit_code, 0) << found.output;
  EXPECT_THAT(found.output,
              AllOf(HasSubstr("4 sessions and Cases, for 0 of them a job waits: nothing that was done would be done again"),
                    Not(HasSubstr("DIFFERENT"))));
  EXPECT_EQ(shell("sha256sum < " + backup()).output, before);

  // As if this program knew no reply by what an older one has noted of it.
  change(backup(), "UPDATE ledger SET done = 0, result = '', begun_at = begun_at - 60000 WHERE key LIKE 'reply:02s%'");
  const auto again = replay(backup());
  EXPECT_EQ(again.exit_code, 1) << again.output;
  EXPECT_THAT(again.output, AllOf(HasSubstr("DIFFERENT  case:500"), HasSubstr("would write opencx: POST /chat/sessions/"),
                                  HasSubstr("with 2 something would be done that was done")));
  EXPECT_EQ(shell("\"$BRIDGE\" replay " + backup() + " --json | tail -1").output,
            "{\"subjects\":4,\"waiting\":0,\"different\":2}\n");

  change(
      backup(),
      "INSERT INTO jobs (subject, conversation, revision, due, attempts, parked, problem, traceparent, lease_owner, lease_until)"
      " VALUES ('session:unheard-of', 'session:unheard-of', 1, 0, 3, 1, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', '', '', 0)");
  EXPECT_THAT(replay(backup()).output, HasSubstr("waits      session:unheard-of (parked: FIELD_CUSTOM_VALIDATION_EXCEPTION)"));
  const auto other = replay("fixtures/orgs/service-cloud/org.json");
  EXPECT_EQ(other.exit_code, 3) << other.output;
}

TEST_F(UpgradeProgram, AMemoryGoesBackAndForthWithAllItHolds) {
  write_settings();
  work();
  EXPECT_THAT(command("store show acme").output, HasSubstr("schema version 2.1; this program's is 2.1\n"));
  const auto running = command("store downgrade acme");
  EXPECT_EQ(running.exit_code, 3) << running.output;
  bridge_->kill(SIGTERM);
  ASSERT_TRUE(becomes_true([&] { return command("store downgrade acme").exit_code == 0; }));
  EXPECT_THAT(command("store show acme").output, AllOf(HasSubstr("schema version 2; this program's is 2.1\n"),
                                                       HasSubstr("This program brings it to 2.1 when it starts.")));
  EXPECT_EQ(command("store downgrade acme --to nine").exit_code, 2);
  EXPECT_EQ(command("store downgrade acme --to 9").exit_code, 1);
  start_bridge();
  reply(0, "And a last word.");
  EXPECT_TRUE(receives("dana", "And a last word.")) << bridge_->output();
  EXPECT_EQ(count_in(acme_.mailbox("dana"), "Looking into it."), 1u);
  EXPECT_THAT(command("store show acme").output, HasSubstr("schema version 2.1; this program's is 2.1\n"));
}

TEST_F(UpgradeProgram, ADatabasesMemoryGoesBackAndForthWithAllItHolds) {
  if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
  const auto uri = PostgresServer::shared().make_database();
  write_settings("store: \"" + uri + "\"\n");
  work();
  bridge_->kill(SIGTERM);
  const auto back = command("store downgrade acme --to 1");
  EXPECT_EQ(back.exit_code, 0) << back.output;
  EXPECT_THAT(back.output, HasSubstr("(schema casewire_acme): schema version 1.3 -> 1, with all that it holds."));
  EXPECT_NE(PostgresServer::shared().ask(uri, "SELECT count(*) FROM ONLY casewire_acme.ledger WHERE done"), "0\n");
  start_bridge();
  reply(0, "And a last word.");
  EXPECT_TRUE(receives("dana", "And a last word.")) << bridge_->output();
  EXPECT_EQ(count_in(acme_.mailbox("dana"), "Looking into it."), 1u);
  ASSERT_EQ(command("backup acme --to " + backup()).exit_code, 0);
  EXPECT_EQ(replay(backup()).exit_code, 0) << replay(backup()).output;
}

}  // namespace
}  // namespace casewire::tests
