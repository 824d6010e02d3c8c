#include "bridge/store/postgres.hpp"

#include <poll.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "bridge/store/libpq.hpp"

namespace casewire::bridge::postgres {
namespace {

// Numbers of types: src/include/catalog/pg_type.dat. They never change.
constexpr unsigned kBool = 16;
constexpr unsigned kBytea = 17;
constexpr unsigned kInt8 = 20;
constexpr unsigned kByteaArray = 1001;
constexpr unsigned kInt8Array = 1016;
constexpr int kBinary = 1;

/// What was committed survives a crash of the server whatever its settings are, and nothing of ours holds its locks for long: not a statement
/// whose answer nobody waits for any more, not a transaction whose bridge is gone.
constexpr const char* kTransactionSettings =
    "SELECT set_config('statement_timeout', '8s', true), set_config('idle_in_transaction_session_timeout', '8s', true),"
    " CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END";

template <class Number>
std::string in_network_order(Number number) {
  auto rest = static_cast<std::make_unsigned_t<Number>>(number);
  std::string bytes(sizeof rest, '\0');
  for (std::size_t i = bytes.size(); i-- > 0; rest >>= 8) bytes[i] = static_cast<char>(rest & 0xFF);
  return bytes;
}

/// libpq's messages end with a line break and may have several lines.
std::string one_line(const char* message) {
  std::string line = message;
  while (!line.empty() && line.back() == '\n') line.pop_back();
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return line;
}

std::string advice_for(std::string_view state) {
  if (state == "42501") return " (docs/bridge.md, \"Choosing a store\", lists the rights that its user needs)";
  if (state == "53100") return " (make room on the database's disk; nothing was lost)";
  return "";
}

/// As array_recv reads it (src/backend/utils/adt/arrayfuncs.c): dimensions, whether NULLs are among them, the type; size and first index; each with its length.
std::string array_of(unsigned type, const std::vector<std::string>& elements) {
  const auto word = [](std::size_t number) { return in_network_order(static_cast<std::int32_t>(number)); };
  std::string array = word(1) + word(0) + word(type) + word(elements.size()) + word(1);
  for (const auto& element : elements) array += word(element.size()) + element;
  return array;
}

}  // namespace

Value::Value(std::string_view text) : type_(kBytea), bytes_(std::string(text)) {}
Value::Value(std::int64_t number) : type_(kInt8), bytes_(in_network_order(number)) {}
Value::Value(bool truth) : type_(kBool), bytes_(std::string(1, truth ? '\1' : '\0')) {}
Value::Value(const std::optional<std::int64_t>& number) : type_(kInt8) {
  if (number) bytes_ = in_network_order(*number);
}
Value::Value(const std::vector<std::string>& texts) : type_(kByteaArray), bytes_(array_of(kBytea, texts)) {}
Value::Value(const std::vector<std::int64_t>& numbers) : type_(kInt8Array) {
  std::vector<std::string> elements;
  for (const auto number : numbers) elements.push_back(in_network_order(number));
  bytes_ = array_of(kInt8, elements);
}

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }
int Rows::size() const { return PQntuples(result_.get()); }

std::string_view Rows::bytes(int row, int column, std::size_t least) const {
  const auto length = static_cast<std::size_t>(PQgetlength(result_.get(), row, column));
  if (length < least) throw StoreFailure("the database answered another type than was asked for");
  return {PQgetvalue(result_.get(), row, column), length};
}

std::int64_t Rows::integer(int row, int column) const {
  std::uint64_t number = 0;
  for (const char byte : bytes(row, column, sizeof number)) number = number << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> Rows::integer_or_null(int row, int column) const {
  if (PQgetisnull(result_.get(), row, column)) return std::nullopt;
  return integer(row, column);
}

bool Rows::truth(int row, int column) const { return bytes(row, column, 1).front() != '\0'; }
std::string Rows::text(int row, int column) const { return std::string(bytes(row, column, 0)); }

Result<Address, std::string> Address::parse(const std::string& uri, std::string schema) {
  if (auto missing = libpq.why_missing()) return casewire::fail("PostgreSQL's client library " + *missing);
  char* problem = nullptr;
  struct Free {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
  };
  const std::unique_ptr<PQconninfoOption, Free> options(PQconninfoParse(uri.c_str(), &problem));
  if (problem != nullptr) PQfreemem(problem);  // it quotes the text
  if (!options) return casewire::fail(std::string("not a connection URI such as postgres://bridge@db.example.com/casewire"));
  const auto option = [&](std::string_view keyword) -> std::string {
    for (const auto* entry = options.get(); entry->keyword != nullptr; ++entry) {
      if (entry->keyword == keyword && entry->val != nullptr) return entry->val;
    }
    return {};
  };
  Address address;
  address.uri_ = uri;
  const auto port = option("port");
  const auto timeout = option("connect_timeout");
  int seconds = 0;
  std::from_chars(timeout.data(), timeout.data() + timeout.size(), seconds);
  if (seconds > 0) address.silence_ = std::chrono::seconds{seconds};
  address.name_ = "postgres://" + option("host") + (port.empty() ? "" : ":" + port) + "/" + option("dbname");
  if (schema != kSchema) address.name_ += " (schema " + schema + ")";
  address.schema_ = std::move(schema);
  return address;
}

Address Address::patient() const {
  auto patient = *this;
  patient.silence_ = std::chrono::hours{1};
  return patient;
}

void Connection::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }

Connection::Connection(const Address& address) : name_(address.name()), schema_(address.schema()), silence_(address.silence()) {
  connect(address);
  refuse_a_reader();
}
Connection::~Connection() = default;

void Connection::connect(const Address& address) {
  // What stands before the URI can be said otherwise in it.
  const char* const keywords[] = {"application_name", "keepalives_idle", "keepalives_interval",
                                  "keepalives_count", "dbname",          nullptr};
  const char* const values[] = {"casewire-bridge", "10", "5", "3", address.uri().c_str(), nullptr};
  connection_.reset(PQconnectStartParams(keywords, values, /*expand_dbname=*/1));
  if (!connection_) fail_with("out of memory");
  // Standard error is the log's, and notices say nothing that an error does not.
  PQsetNoticeReceiver(
      connection_.get(), [](void*, const PGresult*) {}, nullptr);
  for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;) {
    if (PQstatus(connection_.get()) == CONNECTION_BAD || state == PGRES_POLLING_FAILED) fail();
    wait(state == PGRES_POLLING_WRITING);
    state = PQconnectPoll(connection_.get());
  }
  if (PQsetnonblocking(connection_.get(), 1) != 0) fail();
}

void Connection::refuse_a_reader() {
  const auto answer = ask({"SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'"});
  if (answer.truth(0, 0)) {
    fail_with(
        "this server takes no writes: it is a replica, or set to read only (name the primary, or all servers and target_session_attrs=read-write)");
  }
}

bool Connection::is_alive() {
  pollfd there{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
  // A server that goes may say so first: the end of the connection is what can be read last.
  while (::poll(&there, 1, 0) > 0) {
    if (PQconsumeInput(connection_.get()) == 0) return false;
  }
  return PQstatus(connection_.get()) == CONNECTION_OK && PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

void Connection::wait(bool for_writing) {
  pollfd there{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
  if (for_writing) there.events |= POLLOUT;
  int ready = 0;
  do {
    ready = ::poll(&there, 1, static_cast<int>(std::chrono::milliseconds{silence_}.count()));
  } while (ready < 0 && errno == EINTR);
  if (ready < 0) fail_with(std::strerror(errno));
  if (ready == 0) fail_with("no answer for " + std::to_string(silence_.count()) + " s");
}

std::string Connection::in_its_schema(std::string sql) const {
  if (schema_ == kSchema) return sql;
  constexpr std::string_view kNamed = "casewire.";
  for (auto at = sql.find(kNamed); at != std::string::npos; at = sql.find(kNamed, at + schema_.size())) {
    sql.replace(at, kNamed.size() - 1, schema_);
  }
  return sql;
}

void Connection::send(const Query& query) {
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (const Value& value : query.values) {
    types.push_back(value.type());
    values.push_back(value.bytes() ? value.bytes()->data() : nullptr);
    lengths.push_back(value.bytes() ? static_cast<int>(value.bytes()->size()) : 0);
  }
  const std::vector<int> formats(values.size(), kBinary);
  // Not prepared: a pooler in front may hand out another connection for each transaction.
  if (PQsendQueryParams(connection_.get(), in_its_schema(query.sql).c_str(), static_cast<int>(values.size()), types.data(),
                        values.data(), lengths.data(), formats.data(), kBinary) == 0) {
    fail();
  }
}

void Connection::flush() {
  for (;;) {
    const int left = PQflush(connection_.get());
    if (left < 0) fail();
    if (left == 0) return;
    wait(/*for_writing=*/true);
    // The server may wait for us to read before it reads on.
    if (PQconsumeInput(connection_.get()) == 0) fail();
  }
}

pg_result* Connection::next_result() {
  while (PQisBusy(connection_.get()) != 0) {
    wait(/*for_writing=*/false);
    if (PQconsumeInput(connection_.get()) == 0) fail();
  }
  return PQgetResult(connection_.get());
}

void Connection::check(const pg_result* result) const {
  const auto status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) return;
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (PQstatus(connection_.get()) == CONNECTION_BAD || state == nullptr || message == nullptr) fail();
  throw StatementRefused(name_ + ": " + one_line(message) + advice_for(state), state);
}

Rows Connection::ask(const Query& query) {
  send(query);
  flush();
  pg_result* result = next_result();
  if (result == nullptr) fail();
  Rows rows(result);
  while (pg_result* more = next_result()) PQclear(more);
  check(result);
  return rows;
}

void Connection::run(const std::string& sql) {
  if (PQsendQuery(connection_.get(), in_its_schema(sql).c_str()) == 0) fail();
  flush();
  std::vector<Rows> answers;
  std::vector<const pg_result*> results;
  while (pg_result* result = next_result()) {
    answers.emplace_back(result);
    results.push_back(result);
  }
  for (const pg_result* result : results) check(result);
}

std::vector<int> Connection::await_notices(int ending) {
  std::vector<int> processes;
  while (processes.empty()) {
    pollfd waits[2]{{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0},
                    {.fd = ending, .events = POLLIN, .revents = 0}};
    // However long it takes: that the other side is gone is told by the system (keepalives).
    if (::poll(waits, 2, -1) < 0 && errno != EINTR) fail_with(std::strerror(errno));
    if (waits[1].revents != 0) break;
    if (PQconsumeInput(connection_.get()) == 0) fail();
    while (PGnotify* notice = PQnotifies(connection_.get())) {
      processes.push_back(notice->be_pid);
      PQfreemem(notice);
    }
  }
  return processes;
}

int Connection::process() const { return PQbackendPID(connection_.get()); }

std::vector<Rows> Connection::commit(const std::vector<const Query*>& queries) {
  if (PQenterPipelineMode(connection_.get()) == 0) fail();
  send({"BEGIN ISOLATION LEVEL READ COMMITTED"});
  send({kTransactionSettings});
  for (const Query* query : queries) send(*query);
  send({"COMMIT"});
  if (PQpipelineSync(connection_.get()) == 0) fail();
  flush();
  std::vector<Rows> answers;
  std::optional<StatementRefused> refusal;
  const std::size_t committed = queries.size() + 3;
  for (std::size_t i = 0; i < committed; ++i) {
    pg_result* result = next_result();
    if (result == nullptr) fail();
    Rows rows(result);
    if (PQresultStatus(result) != PGRES_PIPELINE_ABORTED) {
      try {
        check(result);
      } catch (const StatementRefused& refused) {
        if (!refusal) refusal = refused;
      }
    }
    if (next_result() != nullptr) fail_with("more was answered than was asked");
    if (i >= 2 && i < queries.size() + 2) answers.push_back(std::move(rows));
  }
  const Rows synchronised(next_result());
  if (PQexitPipelineMode(connection_.get()) == 0) fail();
  if (refusal) {
    run("ROLLBACK");
    throw *refusal;
  }
  return answers;
}

void Connection::fail_with(const std::string& problem) const { throw StoreFailure(name_ + ": " + problem); }
void Connection::fail() const { fail_with(one_line(PQerrorMessage(connection_.get()))); }

}  // namespace casewire::bridge::postgres
