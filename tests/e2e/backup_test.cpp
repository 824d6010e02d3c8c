// casewire-bridge backup and restore: what was done after the backup is neither lost nor done again.

#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/e2e/acme_bridge.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class BackupProgram : public AcmeBridge {
 protected:
  std::string backup() const { return folder_.path() + "/acme.backup"; }

  /// The life of a backup, whatever the store is.
  void be_restored() {
    start_bridge();
    acme_.begin("dana", "Where is it?");
    ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 1; })) << bridge_->output();
    reply(0, "Looking into it.");
    ASSERT_TRUE(receives("dana", "Looking into it.")) << bridge_->output();
    const auto made = command("backup acme --to " + backup());
    ASSERT_EQ(made.exit_code, 0) << made.output;
    EXPECT_THAT(made.output, AllOf(HasSubstr("and looked at there row by row:\n"), HasSubstr("  links 1\n")));
    EXPECT_EQ(shell("stat -c %a " + backup() + " && ls " + backup() + "*").output, "600\n" + backup() + "\n");
    EXPECT_EQ(command("backup acme --to " + backup()).exit_code, 1) << "it replaces none";

    reply(0, "It was sent since.");
    ASSERT_TRUE(receives("dana", "It was sent since.")) << bridge_->output();
    acme_.begin("eli", "Broken");
    ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 2; })) << bridge_->output();
    const auto running = command("restore acme --from " + backup());
    EXPECT_EQ(running.exit_code, 3) << running.output;
    EXPECT_THAT(running.output, HasSubstr("another casewire-bridge works on this state directory"));
    bridge_->kill();
    reply(1, "For Eli, while nobody ran.");
    const auto restored = command("restore acme --from " + backup());
    ASSERT_EQ(restored.exit_code, 0) << restored.output;
    EXPECT_THAT(restored.output,
                AllOf(HasSubstr("as it was at 20"), HasSubstr("  links 1\n"), HasSubstr("What was there is kept as ")));

    start_bridge();
    EXPECT_TRUE(receives("eli", "For Eli, while nobody ran.")) << bridge_->output();
    reply(0, "And a last word.");
    EXPECT_TRUE(receives("dana", "And a last word.")) << bridge_->output();
    OrgWorld::tell(acme_.opencx_url(), "mail",
                   {{"from", "eli@example.test"}, {"subject", "Order of eli"}, {"text", "Any news?"}});
    OrgWorld::tell(acme_.opencx_url(), "hand-off", {{"summary", "Asks again"}});
    const auto is_on_a_case = [&] { return dump_json(acme_.rows("CaseComment")).find("Any news?") != std::string::npos; };
    EXPECT_TRUE(becomes_true(is_on_a_case)) << bridge_->output();
    EXPECT_EQ(acme_.rows("Case").size(), 2u) << "the Case that was made since is known again";
    for (const auto* words : {"Looking into it.", "It was sent since.", "And a last word."}) {
      EXPECT_EQ(count_in(acme_.mailbox("dana"), words), 1u) << words << bridge_->output();
    }
    EXPECT_EQ(count_in(acme_.mailbox("eli"), "For Eli, while nobody ran."), 1u);
    EXPECT_THAT(command("status").output, HasSubstr(", restored at 20"));
    EXPECT_THAT(bridge_->output(), HasSubstr("store_backed_up_at=20"));
  }
};

TEST_F(BackupProgram, F80SendsNothingAgainAfterAFileWasRestored) {
  write_settings();
  be_restored();
  EXPECT_EQ(shell("ls " + state() + "/orgs/acme | grep -c replaced-").output, "1\n");
}

TEST_F(BackupProgram, F80SendsNothingAgainAfterADatabaseWasRestored) {
  if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
  const auto uri = PostgresServer::shared().make_database();
  write_settings("store: \"" + uri + "\"\n");
  be_restored();
  EXPECT_EQ(PostgresServer::shared().ask(uri, "SELECT count(*) FROM casewire_acme_old1.links"), "2\n");
}

/// An operator is root, and the bridge is not.
TEST_F(BackupProgram, LeavesNothingOfRootsInTheDirectoryOfTheBridgesUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  write_settings();
  start_bridge();
  acme_.begin("dana", "Where is it?");
  ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 1; })) << bridge_->output();
  ASSERT_EQ(command("backup acme --to " + backup()).exit_code, 0);
  bridge_->kill();
  shell("rm -r " + state() + " && mkdir " + state() + " && chown nobody " + state());
  const auto restored = command("restore acme --from " + backup());
  ASSERT_EQ(restored.exit_code, 0) << restored.output;
  EXPECT_EQ(shell("find " + state() + " ! -user nobody").output, "");
}

TEST_F(BackupProgram, RestoresOverADamagedStoreButNeverFromADamagedBackup) {
  write_settings();
  start_bridge();
  acme_.begin("dana", "Where is it?");
  ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 1; }));
  ASSERT_EQ(command("backup acme --to " + backup()).exit_code, 0);
  bridge_->kill(SIGTERM);
  const auto store = state() + "/orgs/acme/bridge.sqlite";
  shell("printf 'no database at all' | dd of=" + store + " conv=notrunc 2>/dev/null");
  shell("sed 's/case:/caze:/' " + backup() + " > " + backup() + ".damaged");
  const auto damaged = command("restore acme --from " + backup() + ".damaged");
  EXPECT_EQ(damaged.exit_code, 1) << damaged.output;
  EXPECT_THAT(damaged.output, HasSubstr("damaged"));
  EXPECT_THAT(shell("head -c 9 " + store).output, HasSubstr("no databa")) << "nothing was touched";
  EXPECT_EQ(command("restore acme --from " + folder_.path() + "/bridge.yaml").exit_code, 1);
  const auto restored = command("restore acme --from " + backup());
  EXPECT_EQ(restored.exit_code, 0) << restored.output;
  start_bridge();
  EXPECT_TRUE(becomes_true([&] { return command("status").exit_code == 0; })) << bridge_->output();
}

}  // namespace
}  // namespace casewire::tests
