#pragma once
// A thin layer over SQLite: connections and prepared statements that clean up after themselves, and failures that name the file.
// One thread at a time per connection and its statements.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace casewire::bridge::sqlite {

/// One run of a statement. Ends it when it goes: a SELECT left open would hold its snapshot and stop checkpoints.
class Rows {
 public:
  explicit Rows(sqlite3_stmt* statement, const std::string& file) : statement_(statement), file_(file) {}
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  /// Throws StoreFailure.
  bool next();
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> integer_or_null(int column) const;
  std::string text(int column) const;

 private:
  sqlite3_stmt* statement_;
  const std::string& file_;
};

using Cell = std::variant<std::monostate, std::int64_t, std::string>;  ///< monostate: NULL

/// Prepared once, run often. Must not outlive its connection.
class Statement {
 public:
  Statement() = default;
  Statement(sqlite3* connection, std::string_view sql, const std::string& file);

  /// Binds from ?1 on. Texts are borrowed until the run ends.
  template <class... Values>
  Rows query(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return Rows{statement_.get(), *file_};
  }
  template <class... Values>
  void run(const Values&... values) {
    auto rows = query(values...);
    while (rows.next()) {
    }
  }
  /// Binds as many as there are.
  void run_with(const std::vector<Cell>& values);

 private:
  void bind(int index, std::int64_t value);
  void bind(int index, int value) { bind(index, std::int64_t{value}); }
  void bind(int index, bool value) { bind(index, std::int64_t{value}); }
  void bind(int index, std::string_view value);
  void bind(int index, const std::string& value) { bind(index, std::string_view{value}); }
  void bind(int index, const std::optional<std::int64_t>& value);

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  const std::string* file_ = nullptr;
};

class Connection {
 public:
  enum class Access { read_write, read_only };
  /// The file must exist. Waits up to 5 s for a lock held by another process.
  static Result<std::unique_ptr<Connection>> open(const std::string& file, Access access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Statement prepare(std::string_view sql);
  /// One or more statements without parameters or results. Throws StoreFailure.
  void run(const std::string& sql);
  std::int64_t integer(const std::string& sql);
  std::string text(const std::string& sql);
  bool in_transaction() const;
  const std::string& file() const { return file_; }

 private:
  Connection(sqlite3* connection, std::string file) : connection_(connection), file_(std::move(file)) {}

  sqlite3* connection_;
  std::string file_;
};

}  // namespace casewire::bridge::sqlite
