#include "bridge/config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;

/// Of the one org, without an environment.
Result<Config> read_file(std::string_view text) {
  auto configuration = read_configuration(text, "b.yaml", {});
  if (!configuration) return fail(configuration.error());
  return configuration->orgs.front();
}

TEST(ConfigFile, ReadsEverySetting) {
  const auto read = read_file(R"(
listen: 127.0.0.1:8080
state_dir: /var/lib/casewire
workers: 8
sweep_every: 5 min
reply_attachments_max: 512 KB
salesforce:
  login_url: https://login.salesforce.com/
  client_id: " 3MVG "
  webhook_secret: [new-secret, old-secret]
  public_comments_are_replies: true
opencx:
  webhook_secret: only-secret
log: {level: debug, format: json}
)");
  ASSERT_TRUE(read) << render(read.error());
  const Config& config = *read;
  EXPECT_EQ(config.listen.port, 8080);
  EXPECT_EQ(config.workers, 8);
  EXPECT_EQ(config.sweep_every, 5min);
  EXPECT_EQ(config.reply_attachment_bytes_max, 512u << 10);
  EXPECT_EQ(config.salesforce.login_url, "https://login.salesforce.com");
  EXPECT_EQ(config.salesforce.client_id, "3MVG") << "stray blanks are the usual slip";
  EXPECT_EQ(config.salesforce.webhook_secrets.size(), 2u);
  EXPECT_TRUE(config.salesforce.public_comments_are_replies);
  EXPECT_EQ(config.log_format, LogFormat::json);
}

struct BadFile {
  const char* name;
  const char* text;
  const char* want;
};
class BadConfigFile : public testing::TestWithParam<BadFile> {};
TEST_P(BadConfigFile, SaysWhereAndWhat) {
  const auto read = read_file(GetParam().text);
  ASSERT_FALSE(read);
  EXPECT_EQ(render(read.error()), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    , BadConfigFile,
    testing::ValuesIn(std::vector<BadFile>{
        {"Unknown", "wokers: 3\n", "b.yaml:1:1: error: unknown setting \"wokers\"\nhint: did you mean \"workers\"?\n"},
        {"UnknownInside", "opencx:\n  ulr: x\n",
         "b.yaml:2:3: error: unknown setting \"opencx.ulr\"\nhint: did you mean \"opencx.url\"?\n"},
        {"Twice", "workers: 3\nworkers: 4\n", "b.yaml:2:1: error: \"workers\" is set twice\n"},
        {"WrongType", "workers: many\n", "b.yaml:1:10: error: workers: expected a number from 1 to 64\n"},
        {"ListForOne", "workers: [1, 2]\n", "b.yaml:1:10: error: workers: expected one value\n"},
        {"NoUnit", "sweep_every: 10\n", "b.yaml:1:14: error: sweep_every: expected a duration such as \"10 s\" or \"10 min\"\n"},
        {"Hammering", "sweep_every: 1 ms\n", "b.yaml:1:14: error: sweep_every: expected a duration from 1 s to 1 d\n"},
        {"Endless", "call_timeout: 1 h\n", "b.yaml:1:15: error: call_timeout: expected a duration from 100 ms to 10 min\n"},
        {"Forgetful", "ledger_kept: 30 d\n",
         "b.yaml:1:14: error: ledger_kept: expected \"for good\", or a duration from 90 d to 3650 d\n"},
        {"TokenUrl", "salesforce:\n  login_url: https://login.salesforce.com/services/oauth2/token\n",
         "b.yaml:2:14: error: salesforce.login_url: expected a URL without a path, such as https://login.salesforce.com\n"},
        {"NoPort", "listen: localhost\n", "b.yaml:1:9: error: listen: expected host:port such as 127.0.0.1:8080\n"},
        {"AnotherDatabase", "store: mysql://db/casewire\n",
         "b.yaml:1:8: error: store: expected sqlite, or a URI such as postgres://bridge@db.example.com/casewire\n"},
        {"NotAMap", "- a\n", "b.yaml:1:1: error: expected settings as \"key: value\"\n"}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(ConfigFile, NeverRepeatsASecret) {
  const auto read = read_file("opencx:\n  webhook_secret: [ab/cdefgh]\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(render(read.error()).find("cdefgh"), std::string::npos);
}

TEST(ConfigEnvironment, WinsOverTheFileAndTakesTwoSecretsDuringARotation) {
  const auto read = read_configuration(
      "workers: 3\n", "b.yaml", {{"CASEWIRE_WORKERS", "5"}, {"OPENCX_WEBHOOK_SECRET", "new-secret, old-secret"}, {"HOME", "x"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->shared.workers, 5);
  EXPECT_EQ(read->orgs.front().opencx.webhook_secrets, (std::vector<std::string>{"new-secret", "old-secret"}));
  EXPECT_FALSE(read_configuration("", "", {{"CASEWIRE_WORKERS", "none"}}));
}

TEST(ConfigProblems, ListEveryMissingSettingAtOnce) {
  const auto problems = problems_of(read_configuration("", "", {}).value());
  EXPECT_EQ(problems.size(), 9u);
  EXPECT_EQ(problems.front(), "CASEWIRE_LISTEN is not set (in the file: listen)");
}

TEST(ConfigProblems, TheLedgerOutlivesAJobThatIsGivenUp) {
  const auto about_the_ledger = [](const std::string& text) {
    const auto problems = problems_of(read_configuration(text, "b.yaml", {}).value());
    return std::count_if(problems.begin(), problems.end(), [](const auto& line) { return line.starts_with("ledger_kept"); });
  };
  EXPECT_EQ(about_the_ledger(""), 0);
  EXPECT_EQ(about_the_ledger("ledger_kept: 90 d\n"), 0);
  EXPECT_EQ(about_the_ledger("give_up_after: 365 d\nledger_kept: 394 d\n"), 1);
  EXPECT_EQ(about_the_ledger("give_up_after: 365 d\nledger_kept: 395 d\n"), 0);
  EXPECT_EQ(about_the_ledger("give_up_after: 365 d\nledger_kept: for good\n"), 0);
}

TEST(ConfigWithoutSecrets, ShowsThatASecretIsSetAndNotWhich) {
  Configuration configuration;
  configuration.shared.opencx.api_key = "ocx_live_hidden";
  configuration.shared.opencx.webhook_secrets = {"hidden-one", "hidden-two"};
  const auto text = without_secrets(configuration);
  EXPECT_EQ(text.find("hidden"), std::string::npos);
  EXPECT_NE(text.find("  api_key: (set)\n"), std::string::npos);
  EXPECT_NE(text.find("  webhook_secret: (2 set)\n"), std::string::npos);
}

TEST(ConfigStore, IsShownWithoutItsPassword) {
  for (const auto& [uri, want] : std::map<std::string, std::string>{
           {"sqlite", "sqlite"},
           {"postgres://db/casewire", "postgres://db/casewire"},
           {"postgres://bridge@db:5432/casewire", "postgres://bridge@db:5432/casewire"},
           {"postgresql://bridge:hush@db:5432,db2:5432/casewire?a=b:c@d",
            "postgresql://bridge:(set)@db:5432,db2:5432/casewire?a=b:c@d"},
           {"postgres:///casewire?host=/run/postgresql", "postgres:///casewire?host=/run/postgresql"}}) {
    const auto read = read_configuration("", "", {{"CASEWIRE_STORE", uri}});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->orgs.front().store, uri == "sqlite" ? "" : uri);
    EXPECT_NE(without_secrets(*read).find("store: " + want + "\n"), std::string::npos) << without_secrets(*read);
  }
  const auto hidden = read_configuration("", "", {{"CASEWIRE_STORE", "postgres://db/casewire?password=hush"}});
  ASSERT_FALSE(hidden);
  EXPECT_EQ(render(hidden.error()).find("hush"), std::string::npos);
}

TEST(LogLine, StaysOneLineWhateverTheVendorSays) {
  EXPECT_EQ(text_line(LogLevel::error, "job parked", {{"subject", "case:1"}, {"problem", "a\nb \"c\""}}),
            "level=error event=\"job parked\" subject=case:1 problem=\"a\\nb \\\"c\\\"\"");
  EXPECT_EQ(json_line(LogLevel::info, "x", {{"k", "v"}}), R"({"level":"info","event":"x","k":"v"})");
  EXPECT_LT(text_line(LogLevel::info, "x", {{"k", std::string(10'000, 'a')}}).size(), 600u);
}

}  // namespace
}  // namespace casewire::bridge
