// What only a store on disk has to promise: crashes, files that are none of ours, modes.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bridge/store/sqlite.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "tests/contract/store_file.hpp"

namespace casewire::bridge {
namespace {

using sqlite::Connection;
using testing::HasSubstr;

std::string refusal(const std::string& path) {
  const auto store = SqliteStore::open(path);
  return store ? "opened" : render(store.error());
}

unsigned mode_of(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 0777U : 0;
}

/// Commits marks 0, 1, 2, ... and says each number on the pipe once it is committed. Never returns.
[[noreturn]] void commit_and_report(const std::string& path, int pipe) {
  auto store = SqliteStore::open(path);
  if (!store) ::_exit(1);
  for (int i = 0;; ++i) {
    const std::string number = std::to_string(i);
    (*store)->commit({.ledger = {{.key = number, .about = "all"}},
                      .marks = {{.name = number, .value = "x"}, {.name = "last", .value = number}}});
    if (::write(pipe, &i, sizeof i) != sizeof i) ::_exit(2);
  }
}

TEST(SqliteStore, HasEverythingItAcknowledgedAfterKill9) {
  const StoreFile file;
  open_store(file.path());
  for (int round = 0; round < 3; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) commit_and_report(file.path(), ends[1]);
    ::close(ends[1]);
    int acknowledged = -1;
    int number = 0;
    while (::read(ends[0], &number, sizeof number) == sizeof number) {
      acknowledged = number;
      if (number == 40 + 17 * round) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_GE(acknowledged, 40);

    const auto store = open_store(file.path());
    for (int i = 0; i <= acknowledged; ++i) ASSERT_EQ(store->mark(std::to_string(i)), "x") << i;
    // One more may have been committed and not yet acknowledged; then all of it is there.
    const int last = std::stoi(*store->mark("last"));
    EXPECT_LE(last, acknowledged + 1);
    EXPECT_TRUE(store->ledger_entry(std::to_string(last)).has_value());
  }
}

TEST(SqliteStore, IsReadableByItsOwnerOnly) {
  const StoreFile file;
  const auto store = open_store(file.path());
  store->commit({.marks = {{.name = "a", .value = "b"}}});
  for (const char* suffix : {"", "-wal", "-shm"}) EXPECT_EQ(mode_of(file.path() + suffix), 0600U) << suffix;
}

TEST(SqliteStore, TakesTheRightsOfOthersAway) {
  const StoreFile file;
  open_store(file.path());
  ASSERT_EQ(::chmod(file.path().c_str(), 0644), 0);
  open_store(file.path());
  EXPECT_EQ(mode_of(file.path()), 0600U);
}

TEST(SqliteStore, RefusesAFolderThatIsNotThere) {
  const StoreFile file;
  const std::string path = (file.folder() / "none" / "bridge.sqlite").string();
  EXPECT_EQ(
      refusal(path),
      path +
          ": error: cannot open the store: No such file or directory\nhint: name a file in a folder that the bridge may write to\n");
}

TEST(SqliteStore, RefusesAFolder) {
  const StoreFile file;
  EXPECT_THAT(refusal(file.folder().string()), HasSubstr(": error: cannot open the store: Is a directory"));
}

TEST(SqliteStore, RefusesWhatIsNoDatabase) {
  const StoreFile file;
  std::ofstream{file.path()} << std::string(5'000, 'x');
  EXPECT_EQ(
      refusal(file.path()),
      file.path() +
          ": error: file is not a database (it is not a database of casewire-bridge: move it away, or choose another state directory)\n");
}

TEST(SqliteStore, RefusesAnotherProgramsDatabase) {
  const StoreFile file;
  std::ofstream{file.path()};
  (*Connection::open(file.path(), Connection::Access::read_write))->run("CREATE TABLE songs (title TEXT)");
  EXPECT_EQ(
      refusal(file.path()),
      file.path() + ": error: this is the database of another program\nhint: move it away, or choose another state directory\n");
}

TEST(SqliteStore, RefusesANewerSchema) {
  const StoreFile file;
  open_store(file.path());
  (*Connection::open(file.path(), Connection::Access::read_write))->run("PRAGMA user_version = 99");
  EXPECT_EQ(
      refusal(file.path()),
      file.path() +
          ": error: the file has schema version 99.1, this program knows versions up to 2.1\n"
          "hint: use the newer casewire-bridge that wrote it, or take the store back with that one (casewire-bridge store downgrade)\n");
}

TEST(SqliteStore, RefusesADamagedFile) {
  const StoreFile file;
  {
    const auto store = open_store(file.path());
    for (int i = 0; i < 200; ++i) store->commit({.marks = {{.name = std::to_string(i), .value = std::string(200, 'x')}}});
  }
  std::fstream damaged{file.path(), std::ios::in | std::ios::out | std::ios::binary};
  damaged.seekp(4096);
  damaged << std::string(40'000, '\x7f');
  damaged.close();
  std::string told;
  try {
    const auto store = SqliteStore::open(file.path());
    if (!store)
      told = render(store.error());
    else
      (*store)->mark("7");
  } catch (const StoreFailure& failure) {
    told = failure.what();
  }
  EXPECT_THAT(told, HasSubstr(file.path()));
  EXPECT_THAT(told, HasSubstr("malformed"));
}

TEST(SqliteStore, SaysWhichFileCannotGrowAndKeepsWhatItHad) {
  const StoreFile file;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // A limit on the size of files stands in for a full disk.
    ::signal(SIGXFSZ, SIG_IGN);
    auto store = SqliteStore::open(file.path());
    if (!store) ::_exit(1);
    (*store)->commit({.marks = {{.name = "before", .value = "kept"}}});
    const rlimit limit{256 * 1024, 256 * 1024};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    for (int i = 0; i < 200; ++i) {
      try {
        (*store)->commit({.marks = {{.name = std::to_string(i), .value = std::string(10'000, 'x')},
                                    {.name = "last", .value = std::to_string(i)}}});
      } catch (const StoreFailure& failure) {
        const bool named = std::string_view{failure.what()}.starts_with(file.path() + ": ");
        // The next one must fail as cleanly, and reading must go on.
        const auto last = (*store)->mark("last");
        const bool whole = !(*store)->mark(std::to_string(i)) && last == std::to_string(i - 1) && (*store)->is_failing();
        ::_exit(named && whole && (*store)->mark("before") == "kept" ? 0 : 3);
      }
    }
    ::_exit(4);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(open_store(file.path())->mark("before"), "kept");
}

// What is written into a deleted file is gone with the process.
TEST(SqliteStore, NoticesThatItsFileWasDeletedOrReplaced) {
  const StoreFile file;
  const auto store = open_store(file.path());
  store->commit({.marks = {{"a", "1", {}}}});
  std::filesystem::remove(file.path());
  EXPECT_THROW(store->commit({.marks = {{"a", "2", {}}}}), StoreFailure);
  EXPECT_TRUE(store->is_failing());
  std::ofstream(file.path()) << "another";
  EXPECT_THROW(store->commit({.marks = {{"a", "2", {}}}}), StoreFailure);
  EXPECT_EQ(store->mark("a"), "1");
}

TEST(SqliteStore, GoesOnWhenItsFileIsPutBack) {
  const StoreFile file;
  const auto store = open_store(file.path());
  const auto aside = file.path() + ".aside";
  std::filesystem::rename(file.path(), aside);
  EXPECT_THROW(store->commit({.marks = {{"a", "1", {}}}}), StoreFailure);
  std::filesystem::rename(aside, file.path());
  store->commit({.marks = {{"a", "1", {}}}});
  EXPECT_FALSE(store->is_failing());
}

// On a small volume the log must not take the room that the tables need.
TEST(SqliteStore, KeepsItsLogSmallHoweverMuchIsWritten) {
  const StoreFile file;
  const auto store = open_store(file.path());
  for (int i = 0; i < 400; ++i) store->commit({.marks = {{"mark", std::string(4'000, static_cast<char>('a' + i % 26)), {}}}});
  EXPECT_LT(std::filesystem::file_size(file.path() + "-wal"), 400u << 10) << "1.6 MB were written";
}

TEST(SqliteStore, LetsTwoProcessesShareAFile) {
  const StoreFile file;
  const auto mine = open_store(file.path());
  const auto yours = open_store(file.path());
  mine->commit({.hints = {{.subject = "a"}}});
  EXPECT_TRUE(yours->claim({.owner = "you", .lease_until = WallTime{milliseconds{5}}}).job.has_value());
  EXPECT_FALSE(mine->claim({.owner = "me", .lease_until = WallTime{milliseconds{5}}}).job.has_value());
}

TEST(SqliteStore, ReadsWhileAnotherProcessWrites) {
  const StoreFile file;
  const auto store = open_store(file.path());
  const auto other = Connection::open(file.path(), Connection::Access::read_write);
  (*other)->run("BEGIN IMMEDIATE");
  EXPECT_EQ(store->mark("a"), std::nullopt);
  (*other)->run("COMMIT");
  EXPECT_NO_THROW(store->commit({.marks = {{.name = "a", .value = "b"}}}));
}

}  // namespace
}  // namespace casewire::bridge
