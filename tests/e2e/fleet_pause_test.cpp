// Two bridges on one database, of which one stands still at the worst moment for longer than its lease.

#include <gmock/gmock.h>

#include "tests/e2e/acme_bridge.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::tests {
namespace {

class FleetPause : public AcmeBridge {
 protected:
  void SetUp() override {
    if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
    uri_ = PostgresServer::shared().make_database();
    const std::string more = "lease: 8 s\nstore: \"" + uri_ + "\"\n";
    write_settings(more);
    start_bridge();
    other_ = std::make_unique<Background>("sed 's|^listen: .*|listen: 127.0.0.1:" + free_port() + "|; s|/state$|/other|' " +
                                              folder_.path() + "/bridge.yaml > " + folder_.path() +
                                              "/other.yaml && exec \"$BRIDGE\" --config " + folder_.path() + "/other.yaml",
                                          folder_.path() + "/log-other", "bridge started");
  }
  std::string ask(const std::string& sql) const { return PostgresServer::shared().ask(uri_, sql); }

  std::string uri_;
  std::unique_ptr<Background> other_;
};

TEST_F(FleetPause, BetweenNotingAReplyAndSendingItMailsNothingTwice) {
  acme_.begin("dana", "Where is it?");
  ASSERT_TRUE(becomes_true([&] {
    return acme_.rows("Case").size() == 1 && ask("SELECT count(*) FROM casewire_acme.jobs") == "0\n";
  })) << bridge_->output();
  // The first transaction that notes a reply takes its time, and while it does the bridge that waits for it is stopped.
  ask("CREATE SEQUENCE noted; CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS "
      "\\$\\$ BEGIN IF nextval('noted') = 1 THEN PERFORM pg_sleep(2); END IF; RETURN NEW; END \\$\\$; "
      "CREATE TRIGGER slowly BEFORE INSERT ON casewire_acme.ledger FOR EACH ROW "
      "WHEN (substr(NEW.key, 1, 6) = 'reply:'::bytea) EXECUTE FUNCTION slowly()");
  other_->send(SIGSTOP);
  reply(0, "It is on its way.");
  ASSERT_TRUE(becomes_true([&] { return ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == "1\n"; }));
  bridge_->send(SIGSTOP);
  ASSERT_TRUE(
      becomes_true([&] { return ask("SELECT count(*) FROM casewire_acme.ledger WHERE substr(key, 1, 6) = 'reply:'") == "1\n"; }));
  other_->send(SIGCONT);
  EXPECT_TRUE(receives("dana", "It is on its way.")) << other_->output();
  bridge_->send(SIGCONT);
  EXPECT_TRUE(becomes_true([&] { return bridge_->output().find("event=\"lease lost\"") != std::string::npos; }))
      << bridge_->output();
  EXPECT_TRUE(becomes_true([&] { return ask("SELECT count(*) FROM casewire_acme.jobs") == "0\n"; }));
  EXPECT_EQ(count_in(acme_.mailbox("dana"), "It is on its way."), 1u) << bridge_->output() << other_->output();
}

}  // namespace
}  // namespace casewire::tests
