#include "bridge/store/store_copy.hpp"

#include <stdlib.h>

#include <filesystem>
#include <functional>

#include "bridge/store/sqlite_schema.hpp"

namespace casewire::bridge {
namespace {

namespace fs = std::filesystem;

std::string in_quotes(const std::string& path) {
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

void each_row_of(const std::string& file, std::string_view name, const std::function<void(const StoreRow&)>& take) {
  const auto rows = open_snapshot({.file = file});
  if (!rows) throw StoreFailure(render(rows.error()));
  for (const auto& table : store_tables()) {
    if (table.name != name) continue;
    std::optional<StoreRow> last;
    for (;;) {
      const auto page = (*rows)->page(table, last ? &*last : nullptr);
      if (page.empty()) return;
      for (const auto& row : page) take(row);
      last = page.back();
    }
  }
}

std::string text_in(const StoreRow& row, std::size_t column) { return std::get<std::string>(row[column]); }
std::int64_t integer_in(const StoreRow& row, std::size_t column) { return std::get<std::int64_t>(row[column]); }
WallTime instant_in(const StoreRow& row, std::size_t column) { return WallTime{milliseconds{integer_in(row, column)}}; }

}  // namespace

Result<std::unique_ptr<StoreCopy>> StoreCopy::of(const std::string& file) {
  try {
    const auto original = sqlite::Connection::open(file, sqlite::Connection::Access::read_only);
    if (!original) return fail(original.error());
    const auto number = sqlite::schema_number(**original);
    if (!number) return fail(number.error());
    std::unique_ptr<StoreCopy> copy{new StoreCopy};
    auto folder = (fs::temp_directory_path() / "casewire-replay-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) {
      return fail(Diagnostic{.where = {folder, {}}, .problem = "no folder can be made for a copy", .hint = "set TMPDIR"});
    }
    copy->folder_ = folder;
    copy->number_ = *number;
    (*original)->run("VACUUM INTO " + in_quotes(copy->file()));
    auto store = SqliteStore::open(copy->file());
    if (!store) return fail(Diagnostic{.where = {file, {}}, .problem = store.error().problem, .hint = store.error().hint});
    copy->store_ = std::move(*store);
    return copy;
  } catch (const StoreFailure& failure) {
    return fail(Diagnostic{.where = {file, {}}, .problem = failure.what()});
  }
}

StoreCopy::~StoreCopy() {
  store_.reset();
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::vector<Link> StoreCopy::links() const {
  std::vector<Link> links;
  each_row_of(file(), "links", [&](const StoreRow& row) {
    links.push_back({.session_id = text_in(row, 0),
                     .number = static_cast<int>(integer_in(row, 1)),
                     .case_id = text_in(row, 2),
                     .conversation = text_in(row, 3),
                     .replies_since = instant_in(row, 4)});
  });
  return links;
}

std::vector<Job> StoreCopy::jobs() const {
  std::vector<Job> jobs;
  each_row_of(file(), "jobs", [&](const StoreRow& row) {
    Job job{.subject = text_in(row, 0),
            .conversation = text_in(row, 1),
            .revision = static_cast<std::uint64_t>(integer_in(row, 2)),
            .due = instant_in(row, 3),
            .attempts = static_cast<int>(integer_in(row, 4)),
            .parked = integer_in(row, 6) != 0,
            .problem = text_in(row, 7),
            .traceparent = text_in(row, 8)};
    if (std::holds_alternative<std::int64_t>(row[5])) job.failing_since = instant_in(row, 5);
    jobs.push_back(std::move(job));
  });
  return jobs;
}

}  // namespace casewire::bridge
