// Several orgs in one configuration: what each has for itself, what it has from the top, and what is refused.

#include <gmock/gmock.h>

#include "bridge/config.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kTwoOrgs = R"(listen: 127.0.0.1:8080
state_dir: /var/lib/casewire
store: postgres://db/casewire
sweep_every: 5 min
salesforce: {client_id: 3MVG9, client_secret: of all apps}
opencx: {url: "https://api.open.cx"}
orgs:
  globex:
    sweep_every: 1 min
    store: sqlite
    salesforce: {login_url: "https://globex.my.salesforce.com", webhook_secret: globex-sf, client_id: 4MVG9}
    opencx: {api_key: ocx_globex, webhook_secret: globex-cx}
  acme-eu:
    salesforce: {login_url: "https://acme.my.salesforce.com", webhook_secret: acme-sf-secret}
    opencx: {api_key: ocx_acme, webhook_secret: [acme-cx-new, acme-cx-old]}
)";

TEST(OrgsOfAConfiguration, HaveWhatIsSaidOfAllUnlessTheySayOtherwise) {
  const auto read = read_configuration(kTwoOrgs, "b.yaml", {});
  ASSERT_TRUE(read) << render(read.error());
  EXPECT_THAT(problems_of(*read), ElementsAre());
  ASSERT_EQ(read->orgs.size(), 2u);
  const auto& acme = read->orgs[0];
  const auto& globex = read->orgs[1];
  EXPECT_EQ(acme.org, "acme-eu") << "by name, wherever they stand";
  EXPECT_EQ(acme.salesforce.client_id, "3MVG9");
  EXPECT_EQ(acme.sweep_every, 5min);
  EXPECT_EQ(acme.store, "postgres://db/casewire");
  EXPECT_EQ(acme.opencx.webhook_secrets.size(), 2u);
  EXPECT_EQ(globex.salesforce.client_id, "4MVG9");
  EXPECT_EQ(globex.sweep_every, 1min);
  EXPECT_EQ(globex.store, "") << "SQLite though all others have a database";
  EXPECT_EQ(globex.opencx.url, "https://api.open.cx");
  EXPECT_EQ(globex.listen.port, 8080);
}

TEST(OrgsOfAConfiguration, AreToldBySomeVariablesAlone) {
  const auto read = read_configuration(kTwoOrgs, "b.yaml",
                                       {{"OPENCX_API_KEY", "of nobody"},
                                        {"SALESFORCE_CLIENT_SECRET", "of all, from the environment"},
                                        {"SALESFORCE_CLIENT_SECRET_ACME_EU", "of acme"},
                                        {"CASEWIRE_WORKERS_GLOBEX", "2"}});
  ASSERT_TRUE(read) << render(read.error());
  EXPECT_EQ(read->orgs[0].salesforce.client_secret, "of acme");
  EXPECT_EQ(read->orgs[1].salesforce.client_secret, "of all, from the environment");
  EXPECT_EQ(read->orgs[0].opencx.api_key, "ocx_acme") << "what is said of one org wins";
  EXPECT_EQ(read->orgs[0].workers, 4);
  EXPECT_EQ(read->orgs[1].workers, 2);
  const auto wrong = read_configuration(kTwoOrgs, "b.yaml", {{"CASEWIRE_WORKERS_GLOBEX", "two"}});
  ASSERT_FALSE(wrong);
  EXPECT_THAT(render(wrong.error()), HasSubstr("CASEWIRE_WORKERS_GLOBEX: expected a number"));
}

TEST(OrgsOfAConfiguration, AreShownWithoutTheirSecrets) {
  const auto text = without_secrets(read_configuration(kTwoOrgs, "b.yaml", {}).value());
  EXPECT_THAT(
      text,
      HasSubstr(
          "listen: 127.0.0.1:8080\ntls:\n  certificate: (not set)\n  key: (not set)\nstate_dir: /var/lib/casewire\nlog:\n  level: info\n  format: text\norgs:\n"
          "  acme-eu:\n    store: postgres://db/casewire\n    encryption_key: (not set)\n    salesforce:\n"
          "      login_url: https://acme.my.salesforce.com\n"));
  EXPECT_THAT(text, HasSubstr("      webhook_secret: (2 set)\n"));
  EXPECT_THAT(text, HasSubstr("  globex:\n    store: sqlite\n"));
  for (const auto* secret : {"acme-cx", "ocx_", "of all apps"}) EXPECT_THAT(text, Not(HasSubstr(secret)));
}

struct RefusedOrgs {
  const char* name;
  std::string text;
  const char* want;
};
class OrgsInAFile : public testing::TestWithParam<RefusedOrgs> {};
TEST_P(OrgsInAFile, AreRefusedWithTheirPlace) {
  const auto read = read_configuration(GetParam().text, "b.yaml", {});
  ASSERT_FALSE(read);
  EXPECT_EQ(render(read.error()), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    , OrgsInAFile,
    testing::ValuesIn(std::vector<RefusedOrgs>{
        {"None", "orgs: {}\n", "b.yaml:1:7: error: orgs: expected each org's settings under its name\n"},
        {"AList", "orgs: [acme]\n", "b.yaml:1:7: error: orgs: expected each org's settings under its name\n"},
        {"CapitalLetters", "orgs:\n  Acme: {}\n",
         "b.yaml:2:3: error: orgs: expected a name of 1 to 48 small letters, digits and hyphens\n"
         "hint: the name is yours to choose; it stands in commands, logs and metrics\n"},
        {"WayOutOfTheFolder", "orgs:\n  ..: {}\n",
         "b.yaml:2:3: error: orgs: expected a name of 1 to 48 small letters, digits and hyphens\n"
         "hint: the name is yours to choose; it stands in commands, logs and metrics\n"},
        {"LongName", "orgs:\n  " + std::string(49, 'a') + ": {}\n",
         "b.yaml:2:3: error: orgs: expected a name of 1 to 48 small letters, digits and hyphens\n"
         "hint: the name is yours to choose; it stands in commands, logs and metrics\n"},
        {"AVariableOfItNamesAFile", "orgs:\n  acme-file: {}\n",
         "b.yaml:2:3: error: orgs: expected a name of 1 to 48 small letters, digits and hyphens\n"
         "hint: the name is yours to choose; it stands in commands, logs and metrics\n"},
        {"Twice", "orgs:\n  acme: {}\n  globex: {}\n  acme: {}\n", "b.yaml:4:3: error: orgs: \"acme\" stands there twice\n"},
        {"Slip", "orgs:\n  acme:\n    opencx: {ulr: x}\n",
         "b.yaml:3:14: error: unknown setting \"orgs.acme.opencx.ulr\"\nhint: did you mean \"orgs.acme.opencx.url\"?\n"},
        {"WrongValue", "orgs:\n  acme:\n    workers: many\n",
         "b.yaml:3:14: error: orgs.acme.workers: expected a number from 1 to 64\n"},
        {"OneForAll", "orgs:\n  acme:\n    listen: 127.0.0.1:1\n",
         "b.yaml:3:5: error: orgs.acme.listen: one for all orgs\nhint: it stands at the top of the file\n"},
        {"LogOfOne", "orgs:\n  acme:\n    log: {level: debug}\n",
         "b.yaml:3:5: error: orgs.acme.log: one for all orgs\nhint: it stands at the top of the file\n"},
        {"OrgsInAnOrg", "orgs:\n  acme:\n    orgs: {}\n", "b.yaml:3:5: error: unknown setting \"orgs.acme.orgs\"\n"},
        {"SlipAtTheTop", "org: {}\n", "b.yaml:1:1: error: unknown setting \"org\"\nhint: did you mean \"orgs\"?\n"}}),
    [](const auto& row) { return std::string{row.param.name}; });

std::string changed(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

struct CommonCase {
  const char* name;
  const char* from;
  const char* to;
  const char* want;
};
class WhatTwoOrgsHaveInCommon : public testing::TestWithParam<CommonCase> {};
TEST_P(WhatTwoOrgsHaveInCommon, IsNothingThatTellsWhoseItIs) {
  const auto read = read_configuration(changed(kTwoOrgs, GetParam().from, GetParam().to), "b.yaml", {});
  ASSERT_TRUE(read) << render(read.error());
  EXPECT_THAT(problems_of(*read), ElementsAre(HasSubstr(GetParam().want)));
}
INSTANTIATE_TEST_SUITE_P(
    , WhatTwoOrgsHaveInCommon,
    testing::Values(
        CommonCase{
            "Secret", "globex-cx", "acme-cx-old",
            "b.yaml:8:3: error: org \"globex\" has a webhook secret of org \"acme-eu\": by its secret a webhook finds its org"},
        CommonCase{"SecretOfTheOtherVendor", "globex-cx", "acme-sf-secret", "has a webhook secret of org \"acme-eu\""},
        CommonCase{"Key", "ocx_globex", "ocx_acme", "has the opencx.api_key of org \"acme-eu\": both would hand over the same"},
        CommonCase{"SalesforceOrg", "globex.my", "acme.my",
                   "has the salesforce.login_url of org \"acme-eu\": a My Domain is one"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(OrgsOfAConfiguration, MayLogInAtSalesforcesOwnHost) {
  auto text = changed(kTwoOrgs, "globex.my.salesforce.com", "login.salesforce.com");
  text = changed(text, "acme.my.salesforce.com", "login.salesforce.com");
  EXPECT_THAT(problems_of(read_configuration(text, "b.yaml", {}).value()), ElementsAre());
  EXPECT_THAT(problems_of(read_configuration(text, "b.yaml", {{"SALESFORCE_REFRESH_TOKEN", "5Aep"}}).value()),
              ElementsAre(HasSubstr("has the salesforce.refresh_token of org \"acme-eu\": it leads to one Salesforce org")));
}

TEST(OrgsOfAConfiguration, AreToldWhatEachOfThemLacks) {
  EXPECT_THAT(
      problems_of(read_configuration("listen: 127.0.0.1:1\norgs:\n  acme-eu:\n    salesforce: {webhook_secret: same-secret, "
                                     "client_id: a, client_secret: b, login_url: 'https://login.salesforce.com'}\n"
                                     "    opencx: {webhook_secret: same-secret, url: 'https://api.open.cx'}\n",
                                     "b.yaml", {})
                      .value()),
      ElementsAre("CASEWIRE_STATE_DIR is not set (in the file: state_dir)",
                  "OPENCX_API_KEY_ACME_EU is not set (in the file: orgs.acme-eu.opencx.api_key)",
                  "SALESFORCE_WEBHOOK_SECRET_ACME_EU and OPENCX_WEBHOOK_SECRET_ACME_EU are equal; each sender needs its own"));
}

}  // namespace
}  // namespace casewire::bridge
