#include "bridge/store/postgres_store.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "bridge/store/postgres_news.hpp"
#include "bridge/store/postgres_schema.hpp"

namespace casewire::bridge {
namespace {

using postgres::Query;
using postgres::Rows;
using postgres::StatementRefused;

/// Two transactions waited for each other, or saw each other: one of them tries again.
bool is_passing(const StatementRefused& refused) { return refused.state == "40P01" || refused.state == "40001"; }
constexpr int kTries = 5;

std::int64_t milliseconds_of(WallTime when) { return when.time_since_epoch().count(); }
std::optional<std::int64_t> milliseconds_of(const std::optional<WallTime>& when) {
  if (!when) return std::nullopt;
  return milliseconds_of(*when);
}
WallTime wall_time(std::int64_t milliseconds_since_1970) { return WallTime{milliseconds{milliseconds_since_1970}}; }
std::optional<WallTime> wall_time(const std::optional<std::int64_t>& milliseconds_since_1970) {
  if (!milliseconds_since_1970) return std::nullopt;
  return wall_time(*milliseconds_since_1970);
}
std::int64_t signed_fence(const Lease& lease) { return static_cast<std::int64_t>(lease.fence); }

#define CASEWIRE_JOB "subject, conversation, revision, due, attempts, failing_since, parked, problem, traceparent"
#define CASEWIRE_LINK "session_id, number, case_id, conversation, replies_since"
#define CASEWIRE_ENTRY "key, about, done, begun_at, detail, result"

Job read_job(const Rows& rows, int row) {
  return {.subject = rows.text(row, 0),
          .conversation = rows.text(row, 1),
          .revision = static_cast<std::uint64_t>(rows.integer(row, 2)),
          .due = wall_time(rows.integer(row, 3)),
          .attempts = static_cast<int>(rows.integer(row, 4)),
          .failing_since = wall_time(rows.integer_or_null(row, 5)),
          .parked = rows.truth(row, 6),
          .problem = rows.text(row, 7),
          .traceparent = rows.text(row, 8)};
}

Link read_link(const Rows& rows, int row) {
  return {.session_id = rows.text(row, 0),
          .number = static_cast<int>(rows.integer(row, 1)),
          .case_id = rows.text(row, 2),
          .conversation = rows.text(row, 3),
          .replies_since = wall_time(rows.integer(row, 4))};
}

LedgerEntry read_entry(const Rows& rows, int row) {
  return {.key = rows.text(row, 0),
          .about = rows.text(row, 1),
          .done = rows.truth(row, 2),
          .begun_at = wall_time(rows.integer(row, 3)),
          .detail = rows.text(row, 4),
          .result = rows.text(row, 5)};
}

template <class Read>
auto every(const Rows& rows, Read read) {
  std::vector<decltype(read(rows, 0))> found;
  for (int row = 0; row < rows.size(); ++row) found.push_back(read(rows, row));
  return found;
}

template <class Read>
auto one(const Rows& rows, Read read) {
  std::optional<decltype(read(rows, 0))> found;
  if (rows.size() > 0) found = read(rows, 0);
  return found;
}

std::string_view word_for(JobOutcome::Kind kind) {
  switch (kind) {
    case JobOutcome::Kind::finished: return "finished";
    case JobOutcome::Kind::again: return "again";
    case JobOutcome::Kind::failed: return "failed";
    case JobOutcome::Kind::parked: return "parked";
    case JobOutcome::Kind::held: return "held";
  }
  return "held";
}

Query settle_query(const JobOutcome& outcome, const Lease& lease, WallTime at) {
  return {"SELECT casewire.settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
          {lease.subject, static_cast<std::int64_t>(outcome.revision), word_for(outcome.kind), milliseconds_of(at),
           milliseconds_of(outcome.due), outcome.attempts, milliseconds_of(outcome.failing_since), outcome.problem,
           outcome.conversation, milliseconds_of(outcome.rest_until)}};
}

/// When in its transaction a statement comes. Two bridges write marks of the same names (holds, allowances): by their names, as everybody takes them. A
/// claim takes rows that nobody knew of when the others were locked.
enum class Turn { first, mark, forget_marks, claim };

struct Wanted {
  Query query;
  Turn turn = Turn::first;
  std::string mark{};  ///< its name

  friend bool operator<(const Wanted& a, const Wanted& b) { return std::tie(a.turn, a.mark) < std::tie(b.turn, b.mark); }
};

/// What a transaction touches of the queue.
struct Touched {
  std::set<std::string> hinted{};       ///< subjects whose jobs are there afterwards
  std::set<std::string> worked_upon{};  ///< subjects whose jobs are renewed, settled or dropped, if they are there
  std::set<std::string> conversations{};

  void add(const Touched& more) {
    hinted.insert(more.hinted.begin(), more.hinted.end());
    worked_upon.insert(more.worked_upon.begin(), more.worked_upon.end());
    conversations.insert(more.conversations.begin(), more.conversations.end());
  }
};

Touched touched_by(const Changes& changes) {
  Touched touched;
  if (changes.under) touched.worked_upon.insert(changes.under->subject);
  for (const Hint& hint : changes.hints) {
    touched.hinted.insert(hint.subject);
    if (!hint.conversation.empty()) touched.conversations.insert(hint.conversation);
  }
  if (changes.outcome && !changes.outcome->conversation.empty()) touched.conversations.insert(changes.outcome->conversation);
  touched.worked_upon.insert(changes.dropped.begin(), changes.dropped.end());
  return touched;
}

/// Taken in one order by everybody, and nothing that a later statement enters is free for others until then.
Query lock_query(const Touched& touched) {
  const auto list_of = [](const std::set<std::string>& names) { return std::vector<std::string>(names.begin(), names.end()); };
  return {"SELECT casewire.lock_rows($1, $2, $3)",
          {list_of(touched.hinted), list_of(touched.worked_upon), list_of(touched.conversations)}};
}

struct DatedHint {
  Hint hint;
  WallTime at{};
};

std::vector<DatedHint> hints_of(const Changes& changes) {
  std::vector<DatedHint> hints;
  for (const Hint& hint : changes.hints) hints.push_back({hint, changes.at});
  return hints;
}

/// nullopt: more is done to the queue than hinted, a hint names its conversation, or one comes twice.
std::optional<Query> hinted_at_once(const std::vector<DatedHint>& hints, const Touched& touched) {
  std::vector<std::string> subjects, traces;
  std::vector<std::int64_t> times;
  for (const auto& [hint, at] : hints) {
    subjects.push_back(hint.subject);
    traces.push_back(hint.traceparent);
    times.push_back(milliseconds_of(at));
  }
  const bool is_all = touched.worked_upon.empty() && touched.conversations.empty();
  if (hints.empty() || !is_all || hints.size() != touched.hinted.size()) return std::nullopt;
  return Query{"SELECT casewire.hint_at_once($1, $2, $3)", {subjects, traces, times}};
}

/// Under the locks of all that the transaction touches.
std::vector<Query> hinted_one_by_one(const std::vector<DatedHint>& hints, const Touched& touched) {
  std::vector<Query> queries;
  if (!touched.hinted.empty() || !touched.worked_upon.empty()) queries.push_back(lock_query(touched));
  for (const auto& [hint, at] : hints) {
    queries.push_back(
        {"SELECT casewire.hint($1, $2, $3, $4)", {hint.subject, hint.conversation, hint.traceparent, milliseconds_of(at)}});
  }
  return queries;
}

/// All but the hints. They come behind those of all whose wishes are committed together: these want it at one moment, and any order of theirs is as good.
std::vector<Wanted> statements_of(const Changes& changes) {
  std::vector<Wanted> queries;
  if (changes.under) {
    queries.push_back({{"SELECT casewire.check_lease($1, $2, $3)",
                        {changes.under->subject, signed_fence(*changes.under), milliseconds_of(changes.at)}}});
  }
  for (const LedgerEntry& entry : changes.ledger) {
    queries.push_back({{"INSERT INTO casewire.ledger (" CASEWIRE_ENTRY
                        ") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key) DO UPDATE SET about = excluded.about,"
                        " done = excluded.done, begun_at = excluded.begun_at, detail = excluded.detail, result = excluded.result",
                        {entry.key, entry.about, entry.done, milliseconds_of(entry.begun_at), entry.detail, entry.result}}});
  }
  for (const Link& link : changes.links) {
    queries.push_back({{"INSERT INTO casewire.links (" CASEWIRE_LINK
                        ") VALUES ($1, $2, $3, $4, $5) ON CONFLICT (session_id, number) DO UPDATE SET case_id = excluded.case_id,"
                        " conversation = excluded.conversation, replies_since = excluded.replies_since",
                        {link.session_id, link.number, link.case_id, link.conversation, milliseconds_of(link.replies_since)}}});
  }
  for (const Mark& mark : changes.marks) {
    queries.push_back({{"INSERT INTO casewire.marks (name, value, at) VALUES ($1, $2, $3)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at",
                        {mark.name, mark.value, milliseconds_of(mark.at)}},
                       Turn::mark,
                       mark.name});
  }
  if (changes.forget_marks_before) {
    // What somebody holds is being written anew.
    queries.push_back({{"DELETE FROM casewire.marks WHERE name IN"
                        " (SELECT name FROM casewire.marks WHERE at < $1 FOR UPDATE SKIP LOCKED) AND at < $1",
                        {milliseconds_of(*changes.forget_marks_before)}},
                       Turn::forget_marks});
  }
  for (const auto& subject : changes.dropped) queries.push_back({{"SELECT casewire.drop_job($1)", {subject}}});
  if (changes.outcome && changes.under) {
    queries.push_back({settle_query(*changes.outcome, *changes.under, changes.at)});
    // A job that is removed went nowhere; what was locked for it has perhaps no other.
    const bool may_be_removed = changes.outcome->kind == JobOutcome::Kind::finished;
    if (may_be_removed && !changes.outcome->conversation.empty()) {
      queries.push_back({{"SELECT casewire.refresh($1)", {changes.outcome->conversation}}});
    }
  }
  return queries;
}

}  // namespace

struct PostgresStore::Wish : GroupWish {
  explicit Wish(std::vector<Wanted> wanted, Touched its_rows = {}, std::vector<DatedHint> its_hints = {})
      : hints(std::move(its_hints)), statements(std::move(wanted)), touched(std::move(its_rows)) {}
  explicit Wish(Wanted wanted) : statements{std::move(wanted)} {}
  std::vector<DatedHint> hints{};
  std::vector<Wanted> statements;
  Touched touched;
  std::vector<Rows> answers{};  ///< one for each statement
};

PostgresStore::PostgresStore(postgres::Address address)
    : address_(std::move(address)), commits_([this](const std::vector<Wish*>& batch) { commit_together(batch); }) {}
PostgresStore::~PostgresStore() = default;

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const std::string& uri, const std::string& schema) {
  auto address = postgres::Address::parse(uri, schema);
  if (!address) return fail(Diagnostic{.where = {"store", {}}, .problem = address.error()});
  std::unique_ptr<PostgresStore> store{new PostgresStore{std::move(*address)}};
  try {
    if (auto opened = store->open_writer(); !opened) return fail(std::move(opened.error()));
  } catch (const StoreFailure&) {
    // Whoever asks something of it tries again, and says so if it is still the same.
    store->failing_ = true;
  }
  return store;
}

Result<void> PostgresStore::open_writer() {
  if (writer_ && writer_->is_alive()) return {};
  writer_.reset();
  auto fresh = std::make_unique<postgres::Connection>(address_);
  if (auto migrated = postgres::migrate(*fresh); !migrated) return migrated;
  writers_process_ = fresh->process();
  writer_ = std::move(fresh);
  return {};
}

std::vector<Rows> PostgresStore::write(Wish mine) {
  commits_.commit(mine);
  return std::move(mine.answers);
}

void PostgresStore::commit_together(const std::vector<Wish*>& batch) {
  try {
    deliver(batch);
    failing_ = false;
  } catch (const StatementRefused&) {
    // One of them cannot be stored; the others need not suffer for it.
    for (Wish* wish : batch) commit_alone(*wish);
  } catch (...) {
    writer_.reset();
    failing_ = true;
    for (Wish* wish : batch) wish->failure = std::current_exception();
  }
}

void PostgresStore::commit_alone(Wish& wish) {
  try {
    deliver({&wish});
    failing_ = false;
  } catch (const StatementRefused& refused) {
    if (refused.state == postgres::kLeaseLost) {
      wish.failure = std::make_exception_ptr(LeaseLost(refused.what()));
      return;
    }
    // It may be this server that cannot: a new connection may find another.
    writer_.reset();
    failing_ = true;
    wish.failure = std::current_exception();
  } catch (...) {
    writer_.reset();
    failing_ = true;
    wish.failure = std::current_exception();
  }
}

void PostgresStore::deliver(const std::vector<Wish*>& batch) {
  Touched touched;
  std::vector<DatedHint> hints;
  struct Place {
    Wish* wish;
    std::size_t index;
    const Wanted& wanted() const { return wish->statements[index]; }
  };
  std::vector<Place> places;
  for (Wish* wish : batch) {
    touched.add(wish->touched);
    hints.insert(hints.end(), wish->hints.begin(), wish->hints.end());
    for (std::size_t i = 0; i < wish->statements.size(); ++i) places.push_back({wish, i});
  }
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.wanted() < b.wanted(); });
  const auto at_once = hinted_at_once(hints, touched);
  const auto first = at_once ? std::vector{*at_once} : hinted_one_by_one(hints, touched);
  std::vector<const Query*> queries;
  for (const Query& query : first) queries.push_back(&query);
  for (const Place& place : places) queries.push_back(&place.wanted().query);
  if (!touched.hinted.empty()) owes_news_ = true;
  for (int attempt = 1;; ++attempt) {
    if (const auto opened = open_writer(); !opened) throw StoreFailure(address_.name() + ": " + opened.error().problem);
    try {
      std::vector<Rows> answers;
      if (at_once && places.empty()) {
        writer_->ask(*at_once);
      } else {
        answers = writer_->commit(queries);
      }
      tell_news();
      for (Wish* wish : batch) wish->answers.resize(wish->statements.size());
      for (std::size_t i = 0; i < places.size(); ++i) {
        places[i].wish->answers[places[i].index] = std::move(answers[first.size() + i]);
      }
      return;
    } catch (const StatementRefused& refused) {
      if (!is_passing(refused) || attempt == kTries) throw;
    }
  }
}

/// In a transaction of its own: those that notify commit one after the other. It costs as much as a few hints, and while one burst is told of nobody
/// sleeps; so what comes right behind it is told with a later commit.
void PostgresStore::tell_news() {
  constexpr milliseconds kApart{20};
  const auto now = watch_.elapsed();
  if (!owes_news_ || (told_at_ && now < *told_at_ + kApart)) return;
  owes_news_ = false;
  told_at_ = now;
  try {
    writer_->ask({"SELECT pg_notify(convert_from($1, 'UTF8'), '')", {address_.schema()}});
  } catch (const StoreFailure&) {
    writer_.reset();  // what was committed is; whoever listens looks by itself before long
  }
}

std::unique_ptr<Store::News> PostgresStore::listen(std::function<void()> tell) {
  return std::make_unique<PostgresNews>(
      address_, [this](int process) { return process == writers_process_; }, std::move(tell));
}

Rows PostgresStore::read(const Query& query) {
  Reader& reader = readers_[next_reader_++ % readers_.size()];
  const std::lock_guard lock(reader.mutex);
  if (reader.connection && reader.connection->is_alive()) {
    try {
      return reader.connection->ask(query);
    } catch (const StoreFailure&) {
      // The server may have gone just now, and reading may be repeated.
    }
  }
  reader.connection.reset();
  auto fresh = std::make_unique<postgres::Connection>(address_);
  Rows rows = fresh->ask(query);
  reader.connection = std::move(fresh);
  return rows;
}

/// The tables are made by whoever writes first.
void PostgresStore::prepare() { write(Wish(std::vector<Wanted>{})); }

void PostgresStore::commit(const Changes& changes) {
  auto statements = statements_of(changes);
  auto hints = hints_of(changes);
  if (!statements.empty() || !hints.empty()) write(Wish(std::move(statements), touched_by(changes), std::move(hints)));
}

Claim PostgresStore::claim(const ClaimRequest& request) {
  const auto now = milliseconds_of(request.now);
  const Query query{"SELECT " CASEWIRE_JOB ", fence FROM casewire.claim($1, $2, $3)",
                    {now, request.owner, milliseconds_of(request.lease_until)}};
  const auto answers = write(Wish(Wanted{query, Turn::claim}));
  const Rows& claimed = answers.front();
  Claim claim{.job = one(claimed, read_job)};
  if (claim.job) {
    claim.lease = {claim.job->subject, static_cast<std::uint64_t>(claimed.integer(0, 9))};
  } else {
    claim.next = wall_time(read({"SELECT casewire.next_claim($1)", {now}}).integer_or_null(0, 0));
  }
  return claim;
}

void PostgresStore::renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until) {
  std::vector<Wanted> statements;
  Touched touched;
  for (const Lease& lease : leases) {
    touched.worked_upon.insert(lease.subject);
    statements.push_back({{"SELECT casewire.renew($1, $2, $3, $4)",
                           {lease.subject, signed_fence(lease), milliseconds_of(now), milliseconds_of(lease_until)}}});
  }
  write(Wish(std::move(statements), std::move(touched)));
}

bool PostgresStore::hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) {
  const Query query{
      "INSERT INTO casewire.marks AS m (name, value, at) VALUES ($1, $2, $4) ON CONFLICT (name) DO UPDATE"
      " SET value = excluded.value, at = excluded.at WHERE m.at <= $3 OR m.value = excluded.value"
      " RETURNING true",
      {hold_mark(name), owner, milliseconds_of(now), milliseconds_of(until)}};
  return write(Wish(Wanted{query, Turn::mark, hold_mark(name)})).front().size() > 0;
}

bool PostgresStore::spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) {
  const Query query{
      "INSERT INTO casewire.marks AS m (name, value, at) SELECT $1, ''::bytea, $2 + $3 WHERE $3 <= $4"
      " ON CONFLICT (name) DO UPDATE SET at = greatest(m.at, $2) + $3 WHERE greatest(m.at, $2) + $3 <= $2 + $4 RETURNING true",
      {spent_mark(name), milliseconds_of(now), static_cast<std::int64_t>(cost.count()), static_cast<std::int64_t>(most.count())}};
  return write(Wish(Wanted{query, Turn::mark, spent_mark(name)})).front().size() > 0;
}

void PostgresStore::release_leases(std::string_view owner, WallTime rest_until) {
  const Query lock{
      "SELECT casewire.lock_rows('{}', ARRAY(SELECT subject FROM casewire.jobs WHERE lease_owner = $1 AND lease_owner <> ''), '{}')",
      {owner}};
  const Query release{"SELECT casewire.release_leases($1, $2)", {owner, milliseconds_of(rest_until)}};
  write(Wish(std::vector<Wanted>{{lock}, {release}}));
}

std::optional<Job> PostgresStore::job(std::string_view subject) {
  return one(read({"SELECT " CASEWIRE_JOB " FROM casewire.jobs WHERE subject = $1", {subject}}), read_job);
}

JobCounts PostgresStore::count_jobs(WallTime now) {
  const auto rows =
      read({"SELECT (SELECT count(*) FROM casewire.jobs AS job WHERE NOT parked AND due <= $1 AND NOT EXISTS ("
            " SELECT FROM casewire.jobs AS resting WHERE resting.conversation = job.conversation AND resting.lease_owner <> ''"
            " AND resting.lease_owner = $2 AND resting.lease_until > $1)),"
            " (SELECT count(*) FROM casewire.jobs WHERE NOT parked), (SELECT count(*) FROM casewire.jobs WHERE parked),"
            " (SELECT min(due) FROM casewire.jobs WHERE NOT parked),"
            " (SELECT min(failing_since) FROM casewire.jobs WHERE NOT parked)",
            {milliseconds_of(now), kNobody}});
  const auto number = [&](int column) { return static_cast<std::size_t>(rows.integer(0, column)); };
  return {.due = number(0),
          .waiting = number(1) - number(0),
          .parked = number(2),
          .oldest_due = wall_time(rows.integer_or_null(0, 3)),
          .failing_since = wall_time(rows.integer_or_null(0, 4))};
}

std::vector<Job> PostgresStore::parked_jobs(std::size_t limit) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return every(read({"SELECT " CASEWIRE_JOB " FROM casewire.jobs WHERE parked ORDER BY subject LIMIT $1",
                     {static_cast<std::int64_t>(std::min(limit, kMost))}}),
               read_job);
}

std::vector<Link> PostgresStore::links_of_session(std::string_view session_id) {
  return every(read({"SELECT " CASEWIRE_LINK " FROM casewire.links WHERE session_id = $1 ORDER BY number", {session_id}}),
               read_link);
}

std::vector<Link> PostgresStore::links_of_case(std::string_view case_id) {
  return every(read({"SELECT " CASEWIRE_LINK " FROM casewire.links WHERE case_id = $1 ORDER BY session_id, number", {case_id}}),
               read_link);
}

std::optional<LedgerEntry> PostgresStore::ledger_entry(std::string_view key) {
  return one(read({"SELECT " CASEWIRE_ENTRY " FROM casewire.ledger_entry($1)", {key}}), read_entry);
}

std::vector<LedgerEntry> PostgresStore::ledger_about(std::string_view about) {
  return every(read({"SELECT " CASEWIRE_ENTRY " FROM casewire.ledger_about($1)", {about}}), read_entry);
}

std::optional<std::string> PostgresStore::mark(std::string_view name) {
  return one(read({"SELECT value FROM casewire.marks WHERE name = $1", {name}}),
             [](const Rows& rows, int row) { return rows.text(row, 0); });
}

/// On a connection of its own: nobody who stores something waits for it.
bool PostgresStore::tend(WallTime now, std::optional<WallTime> forget_before) {
  constexpr int kEntriesAtOnce = 1'000, kTimes = 50;
  const std::lock_guard lock(tending_mutex_);
  postgres::Connection connection(address_);
  for (int i = 0; i < kTimes; ++i) {
    const auto rows = connection.ask({"SELECT last_key, last_key IS NULL FROM casewire.tend_ledger($1, $2, $3, $4)",
                                      {milliseconds_of(now), milliseconds_of(forget_before), filed_up_to_, kEntriesAtOnce}});
    const bool is_end = rows.truth(0, 1);
    filed_up_to_ = is_end ? std::string() : rows.text(0, 0);
    if (is_end) return false;
  }
  return true;
}

}  // namespace casewire::bridge
