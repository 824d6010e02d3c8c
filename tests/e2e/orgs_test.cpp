// The program casewire-bridge with two orgs, each between a fake Salesforce and a fake OpenCX of its own.

#include <gmock/gmock.h>
#include <signal.h>

#include "tests/e2e/background.hpp"
#include "tests/e2e/built_program.hpp"
#include "tests/e2e/org_world.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class OrgsProgram : public testing::Test {
 protected:
  void write_settings(const std::string& orgs, const std::string& more = {}) const {
    folder_.write("bridge.yaml", "listen: 127.0.0.1:" + port_ + "\nstate_dir: " + state() +
                                     "\nsweep_every: 5 s\ncheck_every: never\n" + more +
                                     "salesforce: {client_id: 3MVG9casewire, client_secret: casewire-secret, "
                                     "refresh_token: 5Aep861casewire}\nopencx: {api_key: ocx_live_casewire}\norgs:\n" +
                                     orgs);
  }
  void start_bridge() {
    bridge_.reset();
    bridge_ = std::make_unique<Background>("\"$BRIDGE\" --config " + folder_.path() + "/bridge.yaml",
                                           folder_.path() + "/log-" + std::to_string(++starts_), "listening");
  }
  std::string url() const { return "http://127.0.0.1:" + port_; }
  std::string state() const { return folder_.path() + "/state"; }
  std::string get(const std::string& path) const { return shell("curl -s -m 20 -w '[%{http_code}]' " + url() + path).output; }
  Ran command(const std::string& words) const { return shell("\"$BRIDGE\" " + words + " --state-dir " + state()); }

  /// Each customer's conversation goes to her own org and back, though the bridge is killed over it.
  void carry_mail_of_both() {
    for (const auto* world : {&acme_, &globex_}) world->begin("dana", "Where is it?");
    bridge_->kill();
    for (const auto* world : {&acme_, &globex_}) world->begin("eli", "Broken");
    start_bridge();
    for (const auto* world : {&acme_, &globex_}) {
      EXPECT_TRUE(becomes_true([&] { return world->rows("Case").size() == 2; })) << world->name << bridge_->output();
      EXPECT_TRUE(becomes_true([&] { return world->rows("CaseComment").size() >= 2; })) << world->name;
      for (const auto& row : world->rows("Case")) EXPECT_THAT(string_member(row, "Description"), HasSubstr(" of " + world->name));
    }
    for (const auto* world : {&acme_, &globex_}) {
      for (const auto& row : world->rows("Case")) {
        OrgWorld::tell(world->salesforce_url(), "reply",
                       {{"case", string_member(row, "Id")},
                        {"text", "Answer of " + world->name + " to " + string_member(row, "Description")}});
      }
    }
    bridge_->kill();
    start_bridge();
    for (const auto* world : {&acme_, &globex_}) {
      const auto& other = world == &acme_ ? globex_ : acme_;
      for (const auto* customer : {"dana", "eli"}) {
        EXPECT_TRUE(becomes_true([&] { return world->mailbox(customer).find("Answer of") != std::string::npos; }))
            << world->name << bridge_->output();
        EXPECT_EQ(count_in(world->mailbox(customer), "Answer of " + world->name), 1u) << world->mailbox(customer);
        EXPECT_EQ(count_in(world->mailbox(customer), " of " + other.name), 0u);
      }
      EXPECT_EQ(world->rows("Case").size(), 2u);
    }
  }

  ScratchFolder folder_;
  std::string port_ = free_port();
  OrgWorld acme_{folder_, "acme", 1, url()}, globex_{folder_, "globex-eu", 2, url()};
  std::unique_ptr<Background> bridge_;
  int starts_ = 0;
};

TEST_F(OrgsProgram, CarriesEachOrgsMailToItsOwnCasesAndBackThoughItIsKilled) {
  write_settings(acme_.settings() + globex_.settings());
  start_bridge();
  carry_mail_of_both();
  EXPECT_EQ(shell("cd " + state() + " && ls bridge.sqlite orgs/*/bridge.sqlite 2>&1 | grep -v cannot").output,
            "orgs/acme/bridge.sqlite\norgs/globex-eu/bridge.sqlite\n");
  // A reply may have gone out before the bridge was killed.
  EXPECT_THAT(shell("cat " + folder_.path() + "/log-*").output,
              AllOf(HasSubstr("event=\"bridge started\" org=acme "), HasSubstr("event=\"reply sent\" org=globex-eu ")));
  const auto status = command("status");
  EXPECT_EQ(status.exit_code, 0) << status.output;
  EXPECT_THAT(status.output, AllOf(HasSubstr("[acme]\nstatus        ready\n"), HasSubstr("[globex-eu]\nstatus        ready\n")));
  EXPECT_THAT(command("status globex-eu").output, AllOf(HasSubstr("status        ready\n"), Not(HasSubstr("[acme]"))));
  EXPECT_THAT(command("parked list --org acme --json").output, HasSubstr("\"total\": 0"));
  EXPECT_THAT(command("parked retry all").output, HasSubstr("add --org NAME. The orgs are: acme, globex-eu"));
  EXPECT_THAT(get("/metrics"), HasSubstr("casewire_bridge_cases_total{org=\"acme\",result=\"opened\"}"));
  bridge_->kill(SIGTERM);
  EXPECT_THAT(bridge_->output(),
              AllOf(HasSubstr("event=\"bridge stopped\" org=acme"), HasSubstr("event=\"bridge stopped\" org=globex-eu")));
}

TEST_F(OrgsProgram, KeepsOrgsApartInOneDatabaseToo) {
  if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
  const auto uri = PostgresServer::shared().make_database();
  write_settings(acme_.settings() + globex_.settings(), "store: \"" + uri + "\"\n");
  start_bridge();
  carry_mail_of_both();
  for (const auto* schema : {"casewire_acme", "casewire_globex_eu"}) {
    EXPECT_EQ(PostgresServer::shared().ask(uri, "SELECT count(*) FROM " + std::string(schema) + ".links"), "2\n");
  }
}

TEST_F(OrgsProgram, GoesOnWhereItWasAfterAnOrgsMemoryWasMoved) {
  if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
  const auto uri = PostgresServer::shared().make_database();
  write_settings(acme_.settings() + globex_.settings());
  start_bridge();
  for (const auto* world : {&acme_, &globex_}) world->begin("dana", "Where is it?");
  for (const auto* world : {&acme_, &globex_}) EXPECT_TRUE(becomes_true([&] { return world->rows("Case").size() == 1; }));
  const auto move = [&](const std::string& to) {
    return shell("\"$BRIDGE\" move acme --to '" + to + "' --config " + folder_.path() + "/bridge.yaml");
  };
  const auto refused = move(uri);
  EXPECT_EQ(refused.exit_code, 3) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("another casewire-bridge works on this state directory"));
  bridge_->kill(SIGTERM);
  const auto moved = move(uri);
  EXPECT_EQ(moved.exit_code, 0) << moved.output;
  EXPECT_THAT(moved.output,
              AllOf(HasSubstr("and looked at there row by row:\n"), HasSubstr("  links 1\n"), HasSubstr("(orgs.acme.store)")));
  start_bridge();
  EXPECT_TRUE(
      becomes_true([&] { return bridge_->output().find("org=acme what=\"this memory was moved to") != std::string::npos; }));
  EXPECT_THAT(get("/readyz/globex-eu"), HasSubstr("[200]")) << "the others go on";
  EXPECT_THAT(get("/readyz/acme"), AllOf(HasSubstr("[503]"), HasSubstr("the store is not open: this memory was moved to")));
  EXPECT_THAT(get("/metrics"), HasSubstr("casewire_bridge_store_failing{org=\"acme\"} 1\n"));
  for (const auto* words : {"check acme", "status acme", "--org acme parked list"}) {
    const auto asked = shell("\"$BRIDGE\" " + std::string(words) + " --config " + folder_.path() + "/bridge.yaml");
    EXPECT_THAT(asked.output, HasSubstr("this memory was moved to"))
        << words << ": nobody asks, or rotates, out of what was left behind";
  }
  bridge_->kill(SIGTERM);
  write_settings(acme_.settings() + "    store: \"" + uri + "\"\n" + globex_.settings());
  start_bridge();
  for (const auto& row : acme_.rows("Case")) {
    OrgWorld::tell(acme_.salesforce_url(), "reply", {{"case", string_member(row, "Id")}, {"text", "It is on its way."}});
  }
  EXPECT_TRUE(becomes_true([&] { return acme_.mailbox("dana").find("on its way") != std::string::npos; })) << bridge_->output();
  EXPECT_EQ(acme_.rows("Case").size(), 1u) << "it knew her conversation";
  EXPECT_EQ(PostgresServer::shared().ask(uri, "SELECT count(*) FROM casewire_acme.links"), "1\n");
}

TEST_F(OrgsProgram, WorksForOneOrgWhileTheOthersSalesforceIsDown) {
  write_settings(acme_.settings() + globex_.settings());
  start_bridge();
  ASSERT_TRUE(becomes_true([&] { return get("/readyz").ends_with("[200]"); }));
  acme_.salesforce->kill();
  for (const auto* customer : {"dana", "eli", "fay", "gus", "hal", "ida"}) acme_.begin(customer, "Where is it?");
  EXPECT_TRUE(becomes_true([&] { return get("/readyz/acme").ends_with("[503]"); })) << bridge_->output();
  globex_.begin("dana", "Where is it?");
  EXPECT_TRUE(becomes_true([&] { return globex_.rows("Case").size() == 1; })) << bridge_->output();
  const auto all = get("/readyz");
  EXPECT_THAT(all, AllOf(HasSubstr(R"("status":"some are not ready")"), HasSubstr(R"("paused":["salesforce"])"),
                         HasSubstr(R"("status":"ready")"), HasSubstr("[200]")));
  EXPECT_THAT(get("/readyz/globex-eu"), HasSubstr("[200]"));
  EXPECT_EQ(command("status").exit_code, 1);
  EXPECT_EQ(command("status --org globex-eu").exit_code, 0);
  acme_.start_salesforce();
  EXPECT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 6; })) << bridge_->output();
  EXPECT_EQ(globex_.rows("Case").size(), 1u);
}

TEST_F(OrgsProgram, AddsAndRemovesAnOrgAtAHangUp) {
  write_settings(acme_.settings());
  start_bridge();
  EXPECT_THAT(get("/readyz/globex-eu"), HasSubstr("[404]"));
  const auto hang_up = [&](const std::string& orgs, const char* until) {
    write_settings(orgs);
    bridge_->send(SIGHUP);
    EXPECT_TRUE(becomes_true([&] { return bridge_->output().find(until) != std::string::npos; })) << bridge_->output();
  };
  hang_up(acme_.settings() + globex_.settings(), "event=\"bridge started\" org=globex-eu");
  globex_.begin("dana", "Where is it?");
  EXPECT_TRUE(becomes_true([&] { return globex_.rows("Case").size() == 1; })) << bridge_->output();
  hang_up(globex_.settings() + globex_.settings(), "settings not taken up");
  hang_up(globex_.settings(), "event=\"org removed\" org=acme");
  EXPECT_THAT(get("/readyz/acme"), HasSubstr("[404]"));
  EXPECT_THAT(bridge_->output(), HasSubstr("orgs: \"globex-eu\" stands there twice"));
  globex_.begin("eli", "Broken");
  EXPECT_TRUE(becomes_true([&] { return globex_.rows("Case").size() == 2; })) << bridge_->output();
}

TEST_F(OrgsProgram, RefusesWhatWouldMixOrgsUp) {
  write_settings(acme_.settings() + globex_.settings());
  const auto start = [&] { return shell("timeout 20 \"$BRIDGE\" --config " + folder_.path() + "/bridge.yaml"); };
  const auto file = folder_.read("bridge.yaml");
  auto same = file;
  same.replace(same.find("globex-eu-cx-secret"), 19, "acme-cx-secret");
  folder_.write("bridge.yaml", same);
  const auto refused = start();
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, HasSubstr("error: org \"globex-eu\" has a webhook secret of org \"acme\""));
  folder_.write("bridge.yaml", file);
  shell("mkdir -p " + state() + " && touch " + state() + "/bridge.sqlite");
  const auto left = start();
  EXPECT_EQ(left.exit_code, 3);
  EXPECT_THAT(left.output, AllOf(HasSubstr("this is the memory of one org, and the settings name several"),
                                 HasSubstr("hint: move it, with its -wal and -shm, to its org's folder, such as")));
  const auto shown = shell("\"$BRIDGE\" --check --config " + folder_.path() + "/bridge.yaml");
  EXPECT_THAT(shown.output, AllOf(HasSubstr("orgs:\n  acme:\n    store: sqlite\n"), Not(HasSubstr("acme-cx-secret"))));
}

}  // namespace
}  // namespace casewire::tests
