#pragma once
// A thin layer over libpq: a connection that never waits for ever, statements with their values, and what they answer. All values travel
// as bytes, so that a text may hold any. One thread at a time per connection.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "bridge/store/store.hpp"

struct pg_conn;
struct pg_result;

namespace casewire::bridge::postgres {

/// The database said no to one statement; the connection goes on.
struct StatementRefused : StoreFailure {
  StatementRefused(const std::string& what, std::string code) : StoreFailure(what), state(std::move(code)) {}
  std::string state;  ///< SQLSTATE
};

/// Of a statement. An empty optional is NULL.
class Value {
 public:
  Value(std::string_view text);
  Value(const std::string& text) : Value(std::string_view{text}) {}
  Value(std::int64_t number);
  Value(int number) : Value(std::int64_t{number}) {}
  Value(bool truth);
  Value(const std::optional<std::int64_t>& number);
  Value(const std::vector<std::string>& texts);
  Value(const std::vector<std::int64_t>& numbers);
  unsigned type() const { return type_; }
  const std::optional<std::string>& bytes() const { return bytes_; }

 private:
  unsigned type_;  ///< the database's number of it
  std::optional<std::string> bytes_;
};

struct Query {
  const char* sql = nullptr;
  std::vector<Value> values{};
};

/// What a query answered.
class Rows {
 public:
  Rows() = default;
  explicit Rows(pg_result* result) : result_(result) {}
  int size() const;
  std::int64_t integer(int row, int column) const;
  std::optional<std::int64_t> integer_or_null(int row, int column) const;
  bool truth(int row, int column) const;
  std::string text(int row, int column) const;

 private:
  std::string_view bytes(int row, int column, std::size_t least) const;
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

/// The schema of a database's one org, and the one that all statements name: where an org's is another, that is put in its place. A search_path
/// would have to be set for a session, and a pooler hands out another one for each transaction.
inline constexpr std::string_view kSchema = "casewire";

/// Where an org's memory is: a connection URI as libpq knows it, and a schema.
class Address {
 public:
  /// The error does not quote the text: it may hold a password. `schema`: small letters, digits and underscores.
  static Result<Address, std::string> parse(const std::string& uri, std::string schema);
  const std::string& uri() const { return uri_; }
  const std::string& schema() const { return schema_; }
  /// "postgres://db1:5432/casewire", with the schema where that is not kSchema; no user, no password.
  const std::string& name() const { return name_; }
  /// No longer without a word from the other side than this, neither for a connection nor for an answer: 10 s, or the URI's `connect_timeout`.
  std::chrono::seconds silence() const { return silence_; }
  /// For work whose time grows with what is stored: an hour's silence is borne.
  Address patient() const;

 private:
  std::string uri_;
  std::string schema_;
  std::string name_;
  std::chrono::seconds silence_{10};
};

class Connection {
 public:
  /// Refuses a server that does not take writes. Throws StoreFailure.
  explicit Connection(const Address& address);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// One statement in a transaction of its own. Throws StatementRefused, or StoreFailure when the connection is of no use any more.
  Rows ask(const Query& query);
  /// In one transaction and one way to the server. Likewise; when StoreFailure is thrown it is not known whether it happened.
  std::vector<Rows> commit(const std::vector<const Query*>& queries);
  /// Statements without values or answers.
  void run(const std::string& sql);
  /// After LISTEN: waits until somebody has notified, and says which processes of the server did; none when `ending` can be read.
  std::vector<int> await_notices(int ending);
  /// The server's process that works for it.
  int process() const;
  /// Whether it can be used, as far as can be told without asking.
  bool is_alive();
  const std::string& name() const { return name_; }
  const std::string& schema() const { return schema_; }

 private:
  std::string in_its_schema(std::string sql) const;
  void connect(const Address& address);
  void refuse_a_reader();
  void send(const Query& query);
  void flush();
  /// Until something can be read, or written too.
  void wait(bool for_writing);
  /// nullptr: the end of a statement's results.
  pg_result* next_result();
  /// Throws when the result is a refusal.
  void check(const pg_result* result) const;
  [[noreturn]] void fail_with(const std::string& problem) const;
  [[noreturn]] void fail() const;

  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Finish> connection_;
  std::string name_;
  std::string schema_;
  std::chrono::seconds silence_;
};

}  // namespace casewire::bridge::postgres
