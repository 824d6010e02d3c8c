#include "bridge/store/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <system_error>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_schema.hpp"
#include "bridge/store/sqlite_store.hpp"

namespace casewire::bridge {
namespace {

namespace fs = std::filesystem;
using sqlite::Connection;

Diagnostic problem_with(const std::string& file, std::string problem, std::string hint = {}) {
  return {.where = {file, {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

RowCounts counts_of(const StoreSums& sums) {
  RowCounts counts;
  for (const auto& [table, sum] : sums) counts[table] = sum.rows;
  return counts;
}

void remove_database(const std::string& file) {
  std::error_code ignored;
  for (const auto* end : {"", "-wal", "-shm", "-journal"}) fs::remove(file + end, ignored);
}

/// Its bytes, and with its folder its name.
void sync_file(const std::string& file) {
  for (const auto& path : {file, fs::absolute(file).parent_path().string()}) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!is_synced) throw StoreFailure(path + ": " + std::generic_category().message(errno));
  }
}

/// Whatever is in it is no bridge's memory before it bears its final name.
class Unfinished {
 public:
  explicit Unfinished(std::string file) : file_(std::move(file)) { remove_database(file_); }
  ~Unfinished() { remove_database(file_); }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  const std::string& file() const { return file_; }
  void become(const std::string& name) const {
    sync_file(file_);
    fs::rename(file_, name);
    sync_file(name);
  }

 private:
  std::string file_;
};

/// Of a table, in the backup's label.
Json shown(const StoreSum& sum) { return {{"rows", sum.rows}, {"digest", hex(sum.digest)}}; }

/// What the backup bears besides its rows.
std::string label_of(WallTime at, const StoreSums& sums) {
  Json json = {{"at", iso8601(at)}, {"tables", Json::object()}};
  for (const auto& [table, sum] : sums) json["tables"][table] = shown(sum);
  return dump_json(json);
}

struct Label {
  WallTime at{};
  Json tables{};
};
std::optional<Label> label_in(Connection& connection) {
  auto statement = connection.prepare("SELECT value FROM marks WHERE name = ?1");
  auto rows = statement.query(kBackupMark);
  if (!rows.next()) return std::nullopt;
  const auto json = parse_json(rows.text(0));
  const auto at = json ? parse_iso8601(string_member(*json, "at")) : std::nullopt;
  if (!at) return std::nullopt;
  return Label{*at, member(*json, "tables")};
}

/// One file, without a log beside it, whose pages hold together.
Result<void> finish_file(const std::string& file) {
  const auto connection = Connection::open(file, Connection::Access::read_write);
  if (!connection) return fail(connection.error());
  if ((*connection)->text("PRAGMA journal_mode = DELETE") != "delete") {
    return fail(problem_with(file, "its log cannot be taken into it"));
  }
  const auto found = (*connection)->text("PRAGMA integrity_check(1)");
  if (found != "ok") return fail(problem_with(file, "it does not hold together: " + found));
  return {};
}

Result<RowCounts> write_backup(const BackupOptions& options) {
  const auto from = open_snapshot(options.from);
  if (!from) return fail(from.error());
  const Unfinished unfinished(options.to + ".unfinished");
  StoreSums sums;
  {
    auto to = open_rows({.file = unfinished.file()});
    if (!to) return fail(to.error());
    auto copied = copy_rows(**from, **to);
    if (!copied) return fail(copied.error());
    sums = std::move(*copied);
    to->reset();
    auto label = SqliteStore::open(unfinished.file());
    if (!label) return fail(label.error());
    (*label)->commit({.at = options.now, .marks = {{std::string(kBackupMark), label_of(options.now, sums), {}}}});
  }
  if (auto finished = finish_file(unfinished.file()); !finished) return fail(finished.error());
  unfinished.become(options.to);
  return counts_of(sums);
}

/// A copy of the backup, brought to this program's version: the backup itself stays as it is.
struct Draft {
  WallTime backed_up_at{};
  RowCounts rows{};
};
Result<Draft> draft_from(const RestoreOptions& options, const std::string& file) {
  const auto& backup = options.from;
  const auto original = Connection::open(backup, Connection::Access::read_only);
  if (!original) return fail(original.error());
  const auto label =
      (*original)->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'marks'") == 1 ? label_in(**original) : std::nullopt;
  if (!label) return fail(problem_with(backup, "this is no file that casewire-bridge backup has made"));
  for (const auto& mark : options.same) {
    auto statement = (*original)->prepare("SELECT value FROM marks WHERE name = ?1");
    auto rows = statement.query(mark.name);
    if (rows.next() && rows.text(0) != mark.value) {
      return fail(
          problem_with(backup, "it is of " + mark.name + " " + rows.text(0) + ", and the memory that is there of " + mark.value));
    }
  }
  fs::copy_file(backup, file);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  Draft draft{.backed_up_at = label->at};
  {
    const bool is_of_this_version = sqlite::expect_present(**original).has_value();
    // Its making tells what an older version's rows are worth here.
    const auto rows = open_rows({.file = file});
    if (!rows) return fail(rows.error());
    const auto sums = sums_of(**rows);
    for (const auto& [table, sum] : sums) {
      if (is_of_this_version && shown(sum) != member(label->tables, table)) {
        return fail(
            problem_with(backup, "it is damaged: " + table + " is not as it was when it was made", "take an older backup"));
      }
    }
    draft.rows = counts_of(sums);
  }
  if (auto finished = finish_file(file); !finished)
    return fail(problem_with(backup, finished.error().problem, "take an older backup"));
  return draft;
}

void mark_restored(Store& store, const RestoreOptions& options, const Draft& draft) {
  auto marks = options.kept;
  marks.push_back(
      {std::string(kRestoredMark), dump_json({{"at", iso8601(options.now)}, {"backed_up_at", iso8601(draft.backed_up_at)}}), {}});
  store.commit({.at = options.now, .marks = std::move(marks)});
}

/// 20260105T090000Z.
std::string stamp(WallTime when) {
  std::string text;
  for (const char c : iso8601(when).substr(0, 19)) {
    if (c != '-' && c != ':') text += c;
  }
  return text + "Z";
}

Result<RestoredStore> restore_file(const RestoreOptions& options) {
  const auto& file = options.to.file;
  fs::create_directories(fs::path(file).parent_path());
  const Unfinished unfinished(file + ".unfinished");
  const auto draft = draft_from(options, unfinished.file());
  if (!draft) return fail(draft.error());
  {
    const auto store = SqliteStore::open(unfinished.file());
    if (!store) return fail(store.error());
    mark_restored(**store, options, *draft);
  }
  if (auto finished = finish_file(unfinished.file()); !finished) return fail(finished.error());
  RestoredStore restored{.backed_up_at = draft->backed_up_at, .rows = draft->rows};
  if (fs::exists(file)) {
    restored.replaced = file + ".replaced-" + stamp(options.now);
    // Its log first: beside another file it would be taken for that one's.
    for (const auto* end : {"-wal", "-shm", ""}) {
      if (fs::exists(file + end)) fs::rename(file + end, restored.replaced + end);
    }
  }
  unfinished.become(file);
  return restored;
}

/// A schema's name has 63 characters at most, and an org's up to 48.
constexpr int kReplacedMax = 99;

/// Puts the schema aside, and back again unless it is told that another one has taken its place.
class PutAside {
 public:
  static Result<std::unique_ptr<PutAside>> put(const postgres::Address& address) {
    auto connection = std::make_unique<postgres::Connection>(address);
    for (int n = 1; n <= kReplacedMax; ++n) {
      auto name = address.schema() + "_old" + std::to_string(n);
      if (connection->ask({"SELECT to_regnamespace($1::text) IS NOT NULL", {name}}).truth(0, 0)) continue;
      connection->run("ALTER SCHEMA " + address.schema() + " RENAME TO " + name);
      return std::unique_ptr<PutAside>{new PutAside(std::move(connection), std::move(name))};
    }
    return fail(problem_with(address.name(), "there are " + std::to_string(kReplacedMax) + " replaced schemas already",
                             "DROP SCHEMA what is not wanted any more"));
  }
  ~PutAside() {
    if (is_replaced_) return;
    try {
      const auto& schema = connection_->schema();
      connection_->run("DROP SCHEMA IF EXISTS " + schema + " CASCADE; ALTER SCHEMA " + name_ + " RENAME TO " + schema);
    } catch (const StoreFailure&) {
      // Whoever asked is told where it is.
    }
  }
  PutAside(const PutAside&) = delete;
  PutAside& operator=(const PutAside&) = delete;
  const std::string& name() const { return name_; }
  void is_replaced() { is_replaced_ = true; }

 private:
  PutAside(std::unique_ptr<postgres::Connection> connection, std::string name)
      : connection_(std::move(connection)), name_(std::move(name)) {}
  std::unique_ptr<postgres::Connection> connection_;
  std::string name_;
  bool is_replaced_ = false;
};

Result<RestoredStore> restore_schema(const RestoreOptions& options) {
  const auto address = postgres::Address::parse(options.to.uri, options.to.schema);
  if (!address) return fail(problem_with("store", address.error()));
  const Unfinished unfinished((fs::path(options.work_folder) / "restore.sqlite.unfinished").string());
  const auto draft = draft_from(options, unfinished.file());
  if (!draft) return fail(draft.error());
  auto to = open_rows(options.to);
  if (!to) return fail(to.error());
  if (const auto owner = (*to)->used_by(options.bridge_name, options.now); !owner.empty()) {
    return fail(
        problem_with(address->name(), "the bridge \"" + owner + "\" works on that store",
                     "stop every bridge on it; what one holds that was killed ends by itself, after sweep_every and 5 min"));
  }
  RestoredStore restored{.backed_up_at = draft->backed_up_at, .rows = draft->rows};
  std::unique_ptr<PutAside> aside;
  if (!first_filled_table(**to).empty()) {
    to->reset();
    auto put = PutAside::put(*address);
    if (!put) return fail(put.error());
    aside = std::move(*put);
    restored.replaced = aside->name();
    to = open_rows(options.to);
    if (!to) return fail(to.error());
  }
  const auto from = open_snapshot({.file = unfinished.file()});
  if (!from) return fail(from.error());
  if (const auto copied = copy_rows(**from, **to); !copied) return fail(copied.error());
  const auto store = PostgresStore::open(options.to.uri, options.to.schema);
  if (!store) return fail(store.error());
  mark_restored(**store, options, *draft);
  if (aside) aside->is_replaced();
  return restored;
}

/// What the system or a store refuses, in words.
template <class Work>
auto in_words(const std::string& file, Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const StoreFailure& failure) {
    return fail(problem_with(file, failure.what()));
  } catch (const fs::filesystem_error& error) {
    return fail(problem_with(error.path1().string(), error.code().message()));
  }
}

}  // namespace

Result<RowCounts> back_up_store(const BackupOptions& options) {
  std::error_code error;
  if (fs::exists(options.to, error)) {
    return fail(problem_with(options.to, "there is such a file already", "a backup replaces none: name another one"));
  }
  return in_words(options.to, [&] { return write_backup(options); });
}

Result<RestoredStore> restore_store(const RestoreOptions& options) {
  return in_words(options.from, [&] { return options.to.uri.empty() ? restore_file(options) : restore_schema(options); });
}

}  // namespace casewire::bridge
