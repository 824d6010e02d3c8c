#include "bridge/store/sqlite_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "bridge/store/sqlite_schema.hpp"
#include "bridge/store/sqlite_tables.hpp"

namespace casewire::bridge {
namespace {

/// Readable by nobody else from its first moment on.
Result<void> make_private_file(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  struct stat about {};
  std::string problem;
  if (descriptor < 0 || ::fstat(descriptor, &about) != 0) {
    problem = std::string{"cannot open the store: "} + std::strerror(errno);
  } else if (!S_ISREG(about.st_mode)) {
    problem = "the store must be a regular file";
  } else if ((about.st_mode & 0077) != 0 && ::fchmod(descriptor, S_IRUSR | S_IWUSR) != 0) {
    problem = std::string{"others can read the store, and its mode cannot be changed to 0600: "} + std::strerror(errno);
  }
  if (descriptor >= 0) ::close(descriptor);
  if (problem.empty()) return {};
  return fail(
      Diagnostic{.where = {file, {}}, .problem = problem, .hint = "name a file in a folder that the bridge may write to"});
}

/// Which file stands under that name: device and number; zeros when none does.
std::pair<std::uint64_t, std::uint64_t> identity_of(const std::string& file) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return {};
  return {about.st_dev, about.st_ino};
}

/// The sentence behind "FILE: " of a StoreFailure.
Diagnostic diagnostic_of(const StoreFailure& failure, const std::string& file) {
  const std::string text = failure.what();
  const std::string prefix = file + ": ";
  return {.where = {file, {}}, .problem = text.starts_with(prefix) ? text.substr(prefix.size()) : text};
}

}  // namespace

struct SqliteStore::Writer : sqlite::WriteTables {
  using WriteTables::WriteTables;
};
struct SqliteStore::Reader : sqlite::ReadTables {
  using ReadTables::ReadTables;
};

struct SqliteStore::Wish : GroupWish {
  const std::function<void(Writer&)>* operation = nullptr;
};

SqliteStore::SqliteStore(std::string file, std::unique_ptr<Writer> writer, std::unique_ptr<Reader> reader)
    : file_(std::move(file)),
      identity_(identity_of(file_)),
      commits_([this](const std::vector<Wish*>& batch) { commit_together(batch); }),
      writer_(std::move(writer)),
      reader_(std::move(reader)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& file) {
  using sqlite::Connection;
  if (auto made = make_private_file(file); !made) return fail(std::move(made.error()));
  try {
    auto connection = Connection::open(file, Connection::Access::read_write);
    if (!connection) return fail(std::move(connection.error()));
    const std::string mode = (*connection)->text("PRAGMA journal_mode = WAL");
    if (mode != "wal") {
      return fail(Diagnostic{.where = {file, {}},
                             .problem = "the file system does not allow a write-ahead log",
                             .hint = "put the store on a local disk"});
    }
    // By bytes and early (64 pages are 256 KB): on a small volume the log must not take the room that the tables need.
    (*connection)
        ->run(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 64; "
            "PRAGMA journal_size_limit = 262144");
    if (auto migrated = sqlite::migrate(**connection); !migrated) return fail(std::move(migrated.error()));
    auto reading = Connection::open(file, Connection::Access::read_only);
    if (!reading) return fail(std::move(reading.error()));
    auto writer = std::make_unique<Writer>(std::move(*connection));
    auto reader = std::make_unique<Reader>(std::move(*reading));
    return std::unique_ptr<SqliteStore>{new SqliteStore{file, std::move(writer), std::move(reader)}};
  } catch (const StoreFailure& failure) {
    return fail(diagnostic_of(failure, file));
  }
}

void SqliteStore::write(const std::function<void(Writer&)>& operation) {
  Wish mine;
  mine.operation = &operation;
  commits_.commit(mine);
}

void SqliteStore::commit_together(const std::vector<Wish*>& batch) {
  try {
    // What is written into a file that was deleted or replaced is gone with the process.
    if (identity_of(file_) != identity_) {
      throw StoreFailure(file_ + ": the file was deleted or replaced under the running bridge (put it back, or restart)");
    }
    try_together(batch);
    failing_ = false;
  } catch (...) {
    // What fails here is the disk, not one caller's wish: all of them learn it, and none is stored in part.
    writer_->roll_back();
    failing_ = true;
    for (Wish* wish : batch) wish->failure = std::current_exception();
  }
}

void SqliteStore::try_together(const std::vector<Wish*>& batch) {
  const auto once = [&] {
    writer_->begin();
    for (const Wish* wish : batch) (*wish->operation)(*writer_);
    writer_->commit();
  };
  try {
    once();
  } catch (const StoreFailure&) {
    writer_->roll_back();
    // On a full disk the log holds room that can be had back.
    if (!writer_->shrink_log()) throw;
    once();
  }
}

void SqliteStore::commit(const Changes& changes) {
  bool is_lost = false;
  write([&](Writer& writer) {
    is_lost = changes.under && !writer.holds(*changes.under, changes.at);
    if (!is_lost) writer.apply(changes);
  });
  if (is_lost) throw LeaseLost(file_ + ": the lease of " + changes.under->subject + " has ended");
}

Claim SqliteStore::claim(const ClaimRequest& request) {
  {
    // An idle worker asks often: without a job that could be had, nothing is written.
    const std::lock_guard lock(reader_mutex_);
    Claim none = reader_->next_claim(request.now);
    if (!none.job) return none;
  }
  Claim claim;
  write([&](Writer& writer) { claim = writer.claim(request); });
  return claim;
}

void SqliteStore::renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until) {
  write([&](Writer& writer) { writer.renew(leases, now, lease_until); });
}

bool SqliteStore::hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) {
  bool is_held = false;
  write([&](Writer& writer) { is_held = writer.hold(name, owner, now, until); });
  return is_held;
}

bool SqliteStore::spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) {
  bool is_spent = false;
  write([&](Writer& writer) { is_spent = writer.spend(name, now, cost, most); });
  return is_spent;
}

void SqliteStore::release_leases(std::string_view owner, WallTime rest_until) {
  write([&](Writer& writer) { writer.release_leases(owner, rest_until); });
}

std::optional<Job> SqliteStore::job(std::string_view subject) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->job(subject);
}

JobCounts SqliteStore::count_jobs(WallTime now) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->count_jobs(now);
}

std::vector<Job> SqliteStore::parked_jobs(std::size_t limit) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->parked_jobs(limit);
}

std::vector<Link> SqliteStore::links_of_session(std::string_view session_id) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->links_of_session(session_id);
}

std::vector<Link> SqliteStore::links_of_case(std::string_view case_id) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->links_of_case(case_id);
}

std::optional<LedgerEntry> SqliteStore::ledger_entry(std::string_view key) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->ledger_entry(key);
}

std::vector<LedgerEntry> SqliteStore::ledger_about(std::string_view about) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->ledger_about(about);
}

std::optional<std::string> SqliteStore::mark(std::string_view name) {
  const std::lock_guard lock(reader_mutex_);
  return reader_->mark(name);
}

bool SqliteStore::tend(WallTime /*now*/, std::optional<WallTime> forget_before) {
  if (!forget_before) return false;
  {
    // Nothing is written for nothing: a full disk is no reason to fail then.
    const std::lock_guard lock(reader_mutex_);
    if (!reader_->has_done_before(*forget_before)) return false;
  }
  write([&](Writer& writer) { writer.forget_ledger_before(*forget_before); });
  return true;
}

}  // namespace casewire::bridge
