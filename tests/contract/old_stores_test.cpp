// Stores as released versions left them, locked: whatever comes later opens them, with all they hold. And what is newer than the program is refused in words.

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "bridge/store/backup.hpp"
#include "bridge/store/sqlite.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "tests/contract/store_file.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const WallTime kUpgrade = *parse_iso8601("2026-01-05T10:00:00Z");

class OldStores : public testing::Test {
 protected:
  static void make(const std::string& path, const std::string& corpus, const std::string& more = {}) {
    std::ifstream in(std::string(CASEWIRE_SOURCE_DIR "/tests/contract/old_stores/") + corpus, std::ios::binary);
    const std::string sql{std::istreambuf_iterator<char>(in), {}};
    ASSERT_FALSE(sql.empty());
    std::ofstream{path};
    (*sqlite::Connection::open(path, sqlite::Connection::Access::read_write))->run(sql + more);
  }
  static void expect_all_of_version_1(Store& store) {
    const auto due = store.job("session:due");
    ASSERT_TRUE(due);
    EXPECT_EQ(due->conversation, "contact:dana@example.test");
    EXPECT_EQ(due->revision, 3u);
    EXPECT_EQ(due->traceparent, "00-trace");
    const auto failing = store.job("case:failing");
    ASSERT_TRUE(failing);
    EXPECT_EQ(failing->attempts, 4);
    EXPECT_EQ(failing->problem, "UNABLE_TO_LOCK_ROW");
    EXPECT_EQ(store.parked_jobs(10).size(), 1u);
    EXPECT_EQ(store.links_of_session("s1").size(), 2u);
    const auto sent = store.ledger_entry("reply:02s000000000001AAA");
    ASSERT_TRUE(sent);
    EXPECT_TRUE(sent->done);
    EXPECT_EQ(sent->result, "message-1");
    EXPECT_FALSE(store.ledger_entry("reply:02s000000000002AAA")->done);
    EXPECT_EQ(store.mark("salesforce org"), "00D000000000001AAA");
  }
};

TEST_F(OldStores, OfVersion1AreBroughtUpToDateWithAllTheyHoldAndWorkedOff) {
  const StoreFile file;
  make(file.path(), "sqlite-1.sql");
  const auto store = open_store(file.path());
  expect_all_of_version_1(*store);
  store->release_leases("bridge", kUpgrade);
  int claimed = 0;
  for (;;) {
    const auto claim = store->claim({.now = kUpgrade, .owner = "bridge", .lease_until = kUpgrade + 1h});
    if (!claim.job) break;
    EXPECT_GT(claim.lease.fence, 0u) << "what version 2 brought";
    store->commit({.at = kUpgrade, .under = claim.lease, .outcome = JobOutcome{.revision = claim.job->revision}});
    ++claimed;
  }
  EXPECT_EQ(claimed, 3);
}

TEST_F(OldStores, BackupsOfVersion1AreRestored) {
  const StoreFile home;
  const auto backup = (home.folder() / "backup").string();
  make(backup, "sqlite-1.sql",
       R"sql(INSERT INTO marks VALUES ('backup', '{"at":"2026-01-05T09:00:00.000Z","tables":{}}', NULL);)sql");
  const auto restored =
      restore_store({.from = backup, .to = {.file = home.path()}, .work_folder = home.folder(), .now = kUpgrade});
  ASSERT_TRUE(restored) << render(restored.error());
  EXPECT_THAT(restored->rows, ElementsAre(Pair("jobs", 4), Pair("ledger", 2), Pair("links", 2), Pair("marks", 2)));
  expect_all_of_version_1(*open_store(home.path()));
  EXPECT_EQ(sqlite::Connection::open(backup, sqlite::Connection::Access::read_only).value()->integer("PRAGMA user_version"), 1)
      << "the backup stays what it is: an older program can restore it too";
}

TEST_F(OldStores, BackupsOfANewerVersionAreRefusedInWords) {
  const StoreFile home;
  open_store(home.path());
  const auto backup = (home.folder() / "backup").string();
  ASSERT_TRUE(back_up_store({.from = {.file = home.path()}, .to = backup, .now = kUpgrade}));
  (*sqlite::Connection::open(backup, sqlite::Connection::Access::read_write))->run("PRAGMA user_version = 99");
  const auto refused =
      restore_store({.from = backup, .to = {.file = home.path()}, .work_folder = home.folder(), .now = kUpgrade});
  ASSERT_FALSE(refused);
  EXPECT_THAT(render(refused.error()), HasSubstr("schema version 99.1, this program knows versions up to 2.1"));
  EXPECT_TRUE(SqliteStore::open(home.path())) << "nothing was touched";
}

}  // namespace
}  // namespace casewire::bridge
