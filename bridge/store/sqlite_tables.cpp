#include "bridge/store/sqlite_tables.hpp"

#include <algorithm>
#include <limits>

namespace casewire::bridge::sqlite {
namespace {

std::int64_t stored(WallTime when) { return when.time_since_epoch().count(); }
std::optional<std::int64_t> stored(const std::optional<WallTime>& when) {
  if (!when) return std::nullopt;
  return stored(*when);
}
std::int64_t number(std::uint64_t fence) { return static_cast<std::int64_t>(fence); }
WallTime instant(std::int64_t milliseconds_since_1970) { return WallTime{milliseconds{milliseconds_since_1970}}; }

#define CASEWIRE_JOB_COLUMNS "subject, conversation, revision, due, attempts, failing_since, parked, problem, traceparent"

Job job_of(const Rows& row) {
  Job job{.subject = row.text(0),
          .conversation = row.text(1),
          .revision = static_cast<std::uint64_t>(row.integer(2)),
          .due = instant(row.integer(3)),
          .attempts = static_cast<int>(row.integer(4)),
          .parked = row.integer(6) != 0,
          .problem = row.text(7),
          .traceparent = row.text(8)};
  if (const auto since = row.integer_or_null(5)) job.failing_since = instant(*since);
  return job;
}

Link link_of(const Rows& row) {
  return {.session_id = row.text(0),
          .number = static_cast<int>(row.integer(1)),
          .case_id = row.text(2),
          .conversation = row.text(3),
          .replies_since = instant(row.integer(4))};
}

LedgerEntry entry_of(const Rows& row) {
  return {.key = row.text(0),
          .about = row.text(1),
          .done = row.integer(2) != 0,
          .begun_at = instant(row.integer(3)),
          .detail = row.text(4),
          .result = row.text(5)};
}

template <class Read>
auto all(Rows rows, Read read) {
  std::vector<decltype(read(rows))> found;
  while (rows.next()) found.push_back(read(rows));
  return found;
}

template <class Read>
auto first(Rows rows, Read read) {
  std::optional<decltype(read(rows))> found;
  if (rows.next()) found = read(rows);
  return found;
}

}  // namespace

ClaimSearch::ClaimSearch(Connection& connection)
    : claimable_(connection.prepare(
          "SELECT " CASEWIRE_JOB_COLUMNS " FROM jobs AS job WHERE parked = 0 AND due <= ?1 AND NOT EXISTS ("
          " SELECT 1 FROM jobs AS leased WHERE leased.conversation = job.conversation AND leased.lease_owner <> ''"
          " AND leased.lease_until > ?1) ORDER BY due, subject LIMIT 1")),
      waiting_(connection.prepare(
          "SELECT due, (SELECT max(leased.lease_until) FROM jobs AS leased WHERE leased.conversation = job.conversation"
          " AND leased.lease_owner <> '' AND leased.lease_until > ?1) FROM jobs AS job WHERE parked = 0 ORDER BY due, subject")) {
}

Claim ClaimSearch::find(WallTime now) {
  Claim claim{.job = first(claimable_.query(stored(now)), job_of)};
  if (claim.job) return claim;
  auto rows = waiting_.query(stored(now));
  while (rows.next()) {
    const WallTime due = instant(rows.integer(0));
    // They come by due time, and none can be had before it is due.
    if (claim.next && due >= *claim.next) break;
    const WallTime claimable_at = std::max(due, instant(rows.integer_or_null(1).value_or(stored(due))));
    claim.next = claim.next ? std::min(*claim.next, claimable_at) : claimable_at;
  }
  return claim;
}

ReadTables::ReadTables(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)),
      claim_search_(*connection_),
      job_(connection_->prepare("SELECT " CASEWIRE_JOB_COLUMNS " FROM jobs WHERE subject = ?1")),
      counts_(connection_->prepare(
          "SELECT (SELECT count(*) FROM jobs AS job WHERE parked = 0 AND due <= ?1 AND NOT EXISTS ("
          " SELECT 1 FROM jobs AS resting WHERE resting.conversation = job.conversation AND resting.lease_owner <> ''"
          " AND resting.lease_owner = ?2 AND resting.lease_until > ?1)),"
          " (SELECT count(*) FROM jobs WHERE parked = 0), (SELECT count(*) FROM jobs WHERE parked = 1),"
          " (SELECT min(due) FROM jobs WHERE parked = 0), (SELECT min(failing_since) FROM jobs WHERE parked = 0)")),
      parked_(connection_->prepare("SELECT " CASEWIRE_JOB_COLUMNS " FROM jobs WHERE parked = 1 ORDER BY subject LIMIT ?1")),
      links_of_session_(connection_->prepare("SELECT session_id, number, case_id, conversation, replies_since FROM links"
                                             " WHERE session_id = ?1 ORDER BY number")),
      links_of_case_(connection_->prepare("SELECT session_id, number, case_id, conversation, replies_since FROM links"
                                          " WHERE case_id = ?1 ORDER BY session_id, number")),
      ledger_entry_(connection_->prepare("SELECT key, about, done, begun_at, detail, result FROM ledger WHERE key = ?1")),
      ledger_about_(connection_->prepare("SELECT key, about, done, begun_at, detail, result FROM ledger WHERE about = ?1"
                                         " ORDER BY key")),
      mark_(connection_->prepare("SELECT value FROM marks WHERE name = ?1")),
      done_before_(connection_->prepare("SELECT 1 FROM ledger WHERE done = 1 AND begun_at < ?1 LIMIT 1")) {}

std::optional<Job> ReadTables::job(std::string_view subject) { return first(job_.query(subject), job_of); }

JobCounts ReadTables::count_jobs(WallTime now) {
  const auto count = [](const Rows& row) {
    const auto number = [&](int column) { return static_cast<std::size_t>(row.integer(column)); };
    JobCounts counts{.due = number(0), .waiting = number(1) - number(0), .parked = number(2)};
    if (const auto due = row.integer_or_null(3)) counts.oldest_due = instant(*due);
    if (const auto since = row.integer_or_null(4)) counts.failing_since = instant(*since);
    return counts;
  };
  return first(counts_.query(stored(now), kNobody), count).value_or(JobCounts{});
}

std::vector<Job> ReadTables::parked_jobs(std::size_t limit) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return all(parked_.query(static_cast<std::int64_t>(std::min(limit, kMost))), job_of);
}

std::vector<Link> ReadTables::links_of_session(std::string_view session_id) {
  return all(links_of_session_.query(session_id), link_of);
}

std::vector<Link> ReadTables::links_of_case(std::string_view case_id) { return all(links_of_case_.query(case_id), link_of); }

std::optional<LedgerEntry> ReadTables::ledger_entry(std::string_view key) { return first(ledger_entry_.query(key), entry_of); }

std::vector<LedgerEntry> ReadTables::ledger_about(std::string_view about) { return all(ledger_about_.query(about), entry_of); }

std::optional<std::string> ReadTables::mark(std::string_view name) {
  return first(mark_.query(name), [](const Rows& row) { return row.text(0); });
}

bool ReadTables::has_done_before(WallTime when) { return done_before_.query(stored(when)).next(); }

WriteTables::WriteTables(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)),
      claim_search_(*connection_),
      begin_(connection_->prepare("BEGIN IMMEDIATE")),
      commit_(connection_->prepare("COMMIT")),
      // In SET, names mean the row as it was.
      hint_(connection_->prepare(
          "INSERT INTO jobs (subject, conversation, revision, due, attempts, parked, problem, traceparent, lease_owner, lease_until)"
          " VALUES (?1, CASE WHEN ?2 <> '' THEN ?2 ELSE coalesce(CASE"
          " WHEN substr(?1, 1, 8) = 'session:' THEN"
          "  (SELECT conversation FROM links WHERE session_id = substr(?1, 9) ORDER BY number LIMIT 1)"
          " WHEN substr(?1, 1, 5) = 'case:' THEN"
          "  (SELECT conversation FROM links WHERE case_id = substr(?1, 6) ORDER BY session_id, number LIMIT 1)"
          " END, ?1) END, 1, ?4, 0, 0, '', ?3, '', 0)"
          " ON CONFLICT (subject) DO UPDATE SET revision = revision + 1,"
          " conversation = CASE ?2 WHEN '' THEN conversation ELSE ?2 END,"
          " traceparent = CASE ?3 WHEN '' THEN traceparent ELSE ?3 END,"
          " due = CASE WHEN parked = 1 OR attempts = 0 THEN min(due, ?4) ELSE due END,"
          " attempts = CASE parked WHEN 1 THEN 0 ELSE attempts END,"
          " failing_since = CASE parked WHEN 1 THEN NULL ELSE failing_since END, parked = 0")),
      leased_(connection_->prepare("SELECT " CASEWIRE_JOB_COLUMNS
                                   " FROM jobs WHERE subject = ?1 AND fence = ?2 AND lease_until > ?3")),
      remove_(connection_->prepare("DELETE FROM jobs WHERE subject = ?1")),
      drop_(connection_->prepare("DELETE FROM jobs WHERE subject = ?1 AND parked = 1")),
      settle_(connection_->prepare("UPDATE jobs SET conversation = ?2, due = ?3, attempts = ?4, failing_since = ?5, parked = ?6,"
                                   " problem = ?7, lease_owner = ?8, lease_until = ?9, fence = 0 WHERE subject = ?1")),
      next_fence_(connection_->prepare("UPDATE fences SET last = last + 1 RETURNING last")),
      lease_(connection_->prepare("UPDATE jobs SET lease_owner = ?2, lease_until = ?3, fence = ?4 WHERE subject = ?1")),
      renew_(connection_->prepare(
          "UPDATE jobs SET lease_until = max(lease_until, ?4) WHERE subject = ?1 AND fence = ?2 AND lease_until > ?3")),
      hold_(connection_->prepare("INSERT INTO marks (name, value, at) VALUES (?1, ?2, ?4) ON CONFLICT (name) DO UPDATE"
                                 " SET value = excluded.value, at = excluded.at WHERE at <= ?3 OR value = excluded.value"
                                 " RETURNING 1")),
      spend_(connection_->prepare("INSERT INTO marks (name, value, at) SELECT ?1, '', ?2 + ?3 WHERE ?3 <= ?4"
                                  " ON CONFLICT (name) DO UPDATE SET at = max(at, ?2) + ?3 WHERE max(at, ?2) + ?3 <= ?2 + ?4"
                                  " RETURNING 1")),
      release_(connection_->prepare("UPDATE jobs SET lease_owner = ?2, lease_until = ?3, fence = 0 WHERE lease_owner = ?1")),
      ledger_(connection_->prepare("INSERT OR REPLACE INTO ledger (key, about, done, begun_at, detail, result)"
                                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")),
      link_(connection_->prepare("INSERT OR REPLACE INTO links (session_id, number, case_id, conversation, replies_since)"
                                 " VALUES (?1, ?2, ?3, ?4, ?5)")),
      mark_(connection_->prepare("INSERT OR REPLACE INTO marks (name, value, at) VALUES (?1, ?2, ?3)")),
      forget_marks_(connection_->prepare("DELETE FROM marks WHERE at < ?1")),
      forget_ledger_(connection_->prepare(
          "DELETE FROM ledger WHERE key IN (SELECT key FROM ledger WHERE done = 1 AND begun_at < ?1 ORDER BY begun_at LIMIT 1000)")) {
}

void WriteTables::roll_back() noexcept {
  if (!connection_->in_transaction()) return;
  try {
    connection_->run("ROLLBACK");
  } catch (const StoreFailure&) {
    // The transaction is undone with the connection at the latest; the failure that led here is the one to tell.
  }
}

bool WriteTables::shrink_log() noexcept {
  try {
    return connection_->integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
  } catch (const StoreFailure&) {
    return false;
  }
}

void WriteTables::apply(const Changes& changes) {
  for (const Hint& hint : changes.hints) apply(hint, changes.at);
  for (const LedgerEntry& entry : changes.ledger) {
    ledger_.run(entry.key, entry.about, entry.done, stored(entry.begun_at), entry.detail, entry.result);
  }
  for (const Link& link : changes.links) {
    link_.run(link.session_id, link.number, link.case_id, link.conversation, stored(link.replies_since));
  }
  for (const Mark& mark : changes.marks) mark_.run(mark.name, mark.value, stored(mark.at));
  if (changes.forget_marks_before) forget_marks_.run(stored(*changes.forget_marks_before));
  for (const auto& subject : changes.dropped) drop_.run(subject);
  if (changes.outcome && changes.under) apply(*changes.outcome, *changes.under, changes.at);
}

bool WriteTables::holds(const Lease& lease, WallTime now) {
  return lease.fence != 0 && leased_.query(lease.subject, number(lease.fence), stored(now)).next();
}

void WriteTables::apply(const Hint& hint, WallTime at) {
  hint_.run(hint.subject, hint.conversation, hint.traceparent, stored(at));
}

void WriteTables::apply(const JobOutcome& outcome, const Lease& lease, WallTime at) {
  using Kind = JobOutcome::Kind;
  auto job = first(leased_.query(lease.subject, number(lease.fence), stored(at)), job_of);
  if (!job) return;
  const bool is_hinted_since = job->revision != outcome.revision;
  if (outcome.kind == Kind::finished && !is_hinted_since) return remove_.run(lease.subject);
  if (!outcome.conversation.empty()) job->conversation = outcome.conversation;
  job->due = outcome.due;
  switch (outcome.kind) {
    case Kind::finished:
    case Kind::again:
      if (is_hinted_since) job->due = at;
      job->attempts = 0;
      job->failing_since.reset();
      break;
    case Kind::failed:
    case Kind::parked:
      job->attempts = outcome.attempts;
      job->failing_since = outcome.failing_since;
      job->parked = outcome.kind == Kind::parked;
      break;
    case Kind::held: break;
  }
  settle_.run(job->subject, job->conversation, stored(job->due), job->attempts, stored(job->failing_since), job->parked,
              outcome.problem, outcome.rest_until ? kNobody : std::string_view{},
              stored(outcome.rest_until.value_or(WallTime{})));
}

Claim WriteTables::claim(const ClaimRequest& request) {
  Claim claim = claim_search_.find(request.now);
  if (!claim.job) return claim;
  const auto fence = first(next_fence_.query(), [](const Rows& row) { return row.integer(0); }).value();
  lease_.run(claim.job->subject, request.owner, stored(request.lease_until), fence);
  claim.lease = {claim.job->subject, static_cast<std::uint64_t>(fence)};
  return claim;
}

void WriteTables::renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until) {
  for (const Lease& lease : leases) renew_.run(lease.subject, number(lease.fence), stored(now), stored(lease_until));
}

bool WriteTables::hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) {
  return hold_.query(hold_mark(name), owner, stored(now), stored(until)).next();
}

bool WriteTables::spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) {
  return spend_.query(spent_mark(name), stored(now), cost.count(), most.count()).next();
}

void WriteTables::release_leases(std::string_view owner, WallTime rest_until) {
  release_.run(owner, kNobody, stored(rest_until));
}

void WriteTables::forget_ledger_before(WallTime when) { forget_ledger_.run(stored(when)); }

}  // namespace casewire::bridge::sqlite
