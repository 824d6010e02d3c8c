// A store's backup: of one moment, whole, and to be trusted when it is put back.

#include "bridge/store/backup.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "bridge/store/postgres_store.hpp"
#include "tests/contract/store_file.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::PostgresServer;

const WallTime kBackupTime = *parse_iso8601("2026-01-05T09:00:00Z");
constexpr int kPairs = 2'100;  // more than a page, twice

enum class StoreKind { file, database };

class Backup : public testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    if (GetParam() == StoreKind::file) return;
    if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
    uri_ = PostgresServer::shared().make_database();
  }
  StorePlace place() const {
    if (GetParam() == StoreKind::file) return {.file = home_.path()};
    return {.uri = uri_, .schema = "casewire_acme"};
  }
  std::unique_ptr<Store> open() const {
    if (GetParam() == StoreKind::file) return open_store(home_.path());
    return PostgresStore::open(uri_, "casewire_acme").value();
  }
  std::string backup() const { return (home_.folder() / "backup").string(); }
  RestoreOptions from_backup() const {
    return {.from = backup(), .to = place(), .bridge_name = "me", .work_folder = home_.folder(), .now = kBackupTime + 1h};
  }
  /// Two facts that are only ever written together.
  static void write_pair(Store& store, int n) {
    const auto name = std::to_string(n);
    store.commit({.at = kBackupTime,
                  .ledger = {{.key = "reply:" + name, .about = "s", .done = true, .begun_at = kBackupTime}},
                  .links = {{.session_id = "s" + name, .number = 1, .case_id = "500" + name, .conversation = "c"}}});
  }

  StoreFile home_;
  std::string uri_;
};

INSTANTIATE_TEST_SUITE_P(, Backup, testing::Values(StoreKind::file, StoreKind::database),
                         [](const auto& row) { return row.param == StoreKind::file ? "OfSqlite" : "OfPostgres"; });

TEST_P(Backup, IsOfOneMomentWhileTheBridgeWrites) {
  const auto store = open();
  for (int n = 0; n < kPairs; ++n) write_pair(*store, n);
  std::atomic<bool> is_over = false;
  std::thread bridge([&] {
    for (int n = kPairs; !is_over; ++n) write_pair(*store, n);
  });
  const auto rows = back_up_store({.from = place(), .to = backup(), .now = kBackupTime});
  is_over = true;
  bridge.join();
  ASSERT_TRUE(rows) << render(rows.error());
  EXPECT_GE(rows->at("links"), kPairs);
  EXPECT_EQ(rows->at("links"), rows->at("ledger")) << "never half of what was committed together";
}

TEST_P(Backup, TakesThePlaceOfWhatCameAfterIt) {
  auto store = open();
  write_pair(*store, 1);
  store->commit(
      {.at = kBackupTime, .hints = {{.subject = "session:s1"}}, .marks = {{"salesforce org", "00D1", {}}, {"token", "old", {}}}});
  ASSERT_TRUE(store->claim({.now = kBackupTime, .owner = "me", .lease_until = kBackupTime + 30s}).job);
  ASSERT_TRUE(back_up_store({.from = place(), .to = backup(), .now = kBackupTime}));
  write_pair(*store, 2);
  store->commit({.at = kBackupTime, .marks = {{"token", "new", {}}}});
  EXPECT_EQ(restoration_of(*store), std::nullopt);
  store.reset();
  auto options = from_backup();
  options.kept = {{"token", "new", {}}};
  options.same = {{"salesforce org", "00D1", {}}};
  const auto restored = restore_store(options);
  ASSERT_TRUE(restored) << render(restored.error());
  EXPECT_EQ(restored->backed_up_at, kBackupTime);
  EXPECT_FALSE(restored->replaced.empty());
  store = open();
  EXPECT_TRUE(store->ledger_entry("reply:1"));
  EXPECT_FALSE(store->ledger_entry("reply:2"));
  EXPECT_EQ(store->mark("token"), "new");
  const auto restoration = restoration_of(*store);
  ASSERT_TRUE(restoration);
  EXPECT_EQ(restoration->at, kBackupTime + 1h);
  EXPECT_EQ(restoration->backed_up_at, kBackupTime);
  EXPECT_TRUE(store->claim({.now = kBackupTime, .owner = "you", .lease_until = kBackupTime + 30s}).job)
      << "nothing is leased there";
}

TEST_P(Backup, IsRefusedWhereItIsOfAnotherOrgOrChanged) {
  auto store = open();
  write_pair(*store, 1);
  store->commit({.at = kBackupTime, .marks = {{"salesforce org", "00D1", {}}}});
  ASSERT_TRUE(back_up_store({.from = place(), .to = backup(), .now = kBackupTime}));
  write_pair(*store, 2);
  store.reset();
  const auto refusal = [&](const RestoreOptions& options) {
    const auto done = restore_store(options);
    return done ? "done" : render(done.error());
  };
  auto other = from_backup();
  other.same = {{"salesforce org", "00D2", {}}};
  EXPECT_THAT(refusal(other), HasSubstr("it is of salesforce org 00D1, and the memory that is there of 00D2"));
  std::string bytes;
  {
    std::ifstream in(backup(), std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  for (auto at = bytes.find("reply:1"); at != std::string::npos; at = bytes.find("reply:1", at + 1)) bytes[at + 6] = '7';
  std::ofstream(backup(), std::ios::binary) << bytes;
  EXPECT_THAT(refusal(from_backup()), HasSubstr("it is damaged: ledger is not as it was when it was made"));
  EXPECT_TRUE(open()->ledger_entry("reply:2")) << "the store is what it was";
}

TEST(BackupOfADatabase, IsNotPutOverAnotherBridgesWork) {
  if (PostgresServer::programs().empty()) GTEST_SKIP() << PostgresServer::kMissing;
  const StoreFile home;
  const StorePlace place{.uri = PostgresServer::shared().make_database(), .schema = "casewire"};
  const auto store = PostgresStore::open(place.uri, place.schema).value();
  store->hold("the sweep", "you", kBackupTime, kBackupTime + 2h);
  const auto backup = (home.folder() / "backup").string();
  ASSERT_TRUE(back_up_store({.from = place, .to = backup, .now = kBackupTime}));
  const auto refused =
      restore_store({.from = backup, .to = place, .bridge_name = "me", .work_folder = home.folder(), .now = kBackupTime + 1h});
  ASSERT_FALSE(refused);
  EXPECT_THAT(render(refused.error()), HasSubstr("the bridge \"you\" works on that store"));
}

TEST(BackupOfAFile, NeedsOneThatIsThere) {
  const StoreFile home;
  const auto none = back_up_store({.from = {.file = home.path()}, .to = (home.folder() / "backup").string(), .now = kBackupTime});
  ASSERT_FALSE(none);
  EXPECT_FALSE(std::filesystem::exists(home.path())) << "and makes none";
}

}  // namespace
}  // namespace casewire::bridge
