// What an operator does around an upgrade: look at the memory's schema, and take the memory back.

#include <gmock/gmock.h>

#include "tests/e2e/acme_bridge.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class UpgradeProgram : public AcmeBridge {
 protected:
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
  const auto back = command("store downgrade acme");
  EXPECT_EQ(back.exit_code, 0) << back.output;
  EXPECT_THAT(back.output, HasSubstr("(schema casewire_acme): schema version 1.1 -> 1, with all that it holds."));
  EXPECT_NE(PostgresServer::shared().ask(uri, "SELECT count(*) FROM ONLY casewire_acme.ledger WHERE done"), "0\n");
  start_bridge();
  reply(0, "And a last word.");
  EXPECT_TRUE(receives("dana", "And a last word.")) << bridge_->output();
  EXPECT_EQ(count_in(acme_.mailbox("dana"), "Looking into it."), 1u);
}

}  // namespace
}  // namespace casewire::tests
