#include "bridge/store/sqlite.hpp"

#include <sqlite3.h>

#include "bridge/store/store.hpp"

namespace casewire::bridge::sqlite {
namespace {

constexpr int kBusyTimeoutMilliseconds = 5'000;

std::string advice(int code) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB: return " (it is not a database of casewire-bridge: move it away, or choose another state directory)";
    case SQLITE_CORRUPT: return " (restore it from a backup)";
    case SQLITE_FULL: return " (make room on the disk; nothing was lost)";
    case SQLITE_READONLY: return " (the bridge needs to write to it and to its folder)";
    case SQLITE_CANTOPEN: return " (check that it and its folder can be read and written)";
    case SQLITE_BUSY: return " (another process holds it)";
    default: return "";
  }
}

std::string problem_of(sqlite3* connection) {
  return std::string{sqlite3_errmsg(connection)} + advice(sqlite3_extended_errcode(connection));
}

[[noreturn]] void fail_with(sqlite3* connection, const std::string& file) {
  throw StoreFailure(file + ": " + problem_of(connection));
}

}  // namespace

Rows::~Rows() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail_with(sqlite3_db_handle(statement_), file_);
  return false;
}

std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::optional<std::int64_t> Rows::integer_or_null(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

std::string Rows::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes ? std::string{bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))} : std::string{};
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(sqlite3* connection, std::string_view sql, const std::string& file) : file_(&file) {
  sqlite3_stmt* statement = nullptr;
  const int length = static_cast<int>(sql.size());
  if (sqlite3_prepare_v3(connection, sql.data(), length, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    fail_with(connection, file);
  }
  statement_.reset(statement);
}

void Statement::run_with(const std::vector<Cell>& values) {
  int index = 0;
  for (const auto& value : values) {
    ++index;
    if (const auto* text = std::get_if<std::string>(&value)) {
      bind(index, *text);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      bind(index, *number);
    } else {
      bind(index, std::optional<std::int64_t>{});
    }
  }
  Rows rows{statement_.get(), *file_};
  while (rows.next()) {
  }
}

void Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), index, value) != SQLITE_OK) fail_with(sqlite3_db_handle(statement_.get()), *file_);
}

void Statement::bind(int index, std::string_view value) {
  // A null pointer would bind NULL: an empty view may have one.
  const char* bytes = value.data() ? value.data() : "";
  if (sqlite3_bind_text64(statement_.get(), index, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK) {
    fail_with(sqlite3_db_handle(statement_.get()), *file_);
  }
}

void Statement::bind(int index, const std::optional<std::int64_t>& value) {
  if (value) return bind(index, *value);
  if (sqlite3_bind_null(statement_.get(), index) != SQLITE_OK) fail_with(sqlite3_db_handle(statement_.get()), *file_);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& file, Access access) {
  const int mode = access == Access::read_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) {
    const std::string problem = handle ? problem_of(handle) : std::string{sqlite3_errstr(code)};
    sqlite3_close(handle);
    return fail(Diagnostic{.where = {file, {}}, .problem = problem});
  }
  sqlite3_busy_timeout(handle, kBusyTimeoutMilliseconds);
  return std::unique_ptr<Connection>{new Connection{handle, file}};
}

Connection::~Connection() { sqlite3_close(connection_); }

Statement Connection::prepare(std::string_view sql) { return Statement{connection_, sql, file_}; }

void Connection::run(const std::string& sql) {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail_with(connection_, file_);
}

std::int64_t Connection::integer(const std::string& sql) {
  Statement statement = prepare(sql);
  Rows rows = statement.query();
  return rows.next() ? rows.integer(0) : 0;
}

std::string Connection::text(const std::string& sql) {
  Statement statement = prepare(sql);
  Rows rows = statement.query();
  return rows.next() ? rows.text(0) : std::string{};
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }

}  // namespace casewire::bridge::sqlite
