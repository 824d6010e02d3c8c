#include "bridge/reconcile/sweep.hpp"

#include <algorithm>
#include <map>

#include "bridge/delivery/backoff.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kSalesforceCursor = "cursor:salesforce";
constexpr std::string_view kOpenCxCursor = "cursor:opencx";
constexpr milliseconds kFirstRetry{5'000};
constexpr milliseconds kRemembered{3'600'000};
static_assert(kRemembered > Sweep::kSalesforceOverlap && kRemembered > Sweep::kOpenCxOverlap);

/// What a look found: subjects to work on, versions to remember.
struct Findings {
  std::map<std::string, Hint> hints;
  std::vector<Mark> marks;
  WallTime newest{};

  /// The next look need not begin before it.
  void pass(const std::string& version) { newest = std::max(newest, parse_iso8601(version).value_or(WallTime{})); }

  Changes changes(std::string_view cursor_name, WallTime cursor, WallTime now) const {
    Changes result{.at = now, .marks = marks};
    for (const auto& [subject, hint] : hints) result.hints.push_back(hint);
    result.marks.push_back({std::string(cursor_name), iso8601(std::max(cursor, newest)), std::nullopt});
    return result;
  }
};

/// Remembers the version. False when it was known.
bool is_news(Store& store, Findings& findings, const std::string& what, const std::string& version) {
  findings.pass(version);
  const auto name = "seen:" + what;
  if (store.mark(name) == version) return false;
  findings.marks.push_back({name, version, parse_iso8601(version)});
  return true;
}

}  // namespace

Sweep::Sweep(Context context, std::function<void()> wake_workers)
    : context_(context),
      wake_workers_(std::move(wake_workers)),
      stop_(context.runtime.make_event()),
      ended_(context.runtime.make_event()) {}

void Sweep::start() {
  begin_cursors();
  is_running_ = true;
  context_.runtime.spawn("bridge sweep", [this] { run(); });
}

void Sweep::request_stop() {
  stopping_ = true;
  stop_->notify();
}

bool Sweep::stop(SteadyTime last_moment) {
  request_stop();
  while (is_running_ && ended_->wait_until(last_moment)) {
  }
  return !is_running_;
}

void Sweep::run() {
  int failures = 0;
  while (!stopping_) {
    const auto salesforce_done = sweep_side("salesforce", &Sweep::sweep_salesforce);
    if (stopping_) break;
    const auto opencx_done = sweep_side("opencx", &Sweep::sweep_opencx);
    failures = salesforce_done && opencx_done ? 0 : failures + 1;
    auto pause = failures == 0 ? context_.config.sweep_every : backoff_limit(failures, kFirstRetry, context_.config.sweep_every);
    for (const auto* done : {&salesforce_done, &opencx_done}) {
      if (!*done) pause = std::max(pause, done->error().retry_after.value_or(milliseconds{0}));
    }
    if (!stopping_) stop_->wait_until(context_.runtime.steady_now() + pause);
  }
  is_running_ = false;
  ended_->notify();
}

Outcome<void> Sweep::sweep_side(std::string_view name, Outcome<void> (Sweep::*side)()) {
  Outcome<void> done;
  try {
    done = (this->*side)();
  } catch (const StoreFailure& failure) {
    done = fail(Failure{.kind = Failure::Kind::transient, .system = "store", .message = failure.what()});
  }
  if (!done) context_.log.warning("sweep failed", {{"side", std::string(name)}, {"problem", text_of(done.error())}});
  return done;
}

WallTime Sweep::cursor(std::string_view name) const {
  const auto stored = context_.store.mark(name);
  const auto parsed = stored ? parse_iso8601(*stored) : std::nullopt;
  return parsed.value_or(context_.runtime.now());
}

void Sweep::begin_cursors() {
  // A bridge that has never looked begins with the present: what was handed off before it went live is not its own.
  Changes changes{.at = context_.runtime.now()};
  for (const auto name : {kSalesforceCursor, kOpenCxCursor}) {
    if (!context_.store.mark(name)) changes.marks.push_back({std::string(name), iso8601(changes.at), std::nullopt});
  }
  if (!changes.marks.empty()) context_.store.commit(changes);
}

void Sweep::commit(Changes changes, std::string_view side) {
  // A version that neither side will show again need not be remembered.
  changes.forget_marks_before = std::min(cursor(kSalesforceCursor), cursor(kOpenCxCursor)) - kRemembered;
  context_.store.commit(changes);
  if (changes.hints.empty()) return;
  context_.log.info("sweep found work", {{"side", std::string(side)}, {"subjects", std::to_string(changes.hints.size())}});
  wake_workers_();
}

Outcome<void> Sweep::sweep_salesforce() {
  const auto last = cursor(kSalesforceCursor);
  const auto since = last - kSalesforceOverlap;
  const auto changed = "SystemModstamp >= " + salesforce::soql_datetime(since) + " ORDER BY SystemModstamp, Id";
  std::vector<std::pair<std::string, std::string>> queries{
      {"cases", "SELECT Id, SystemModstamp FROM Case WHERE Case_From__c = 'opencx' AND " + changed},
      {"mails",
       "SELECT Id, ParentId, SystemModstamp FROM EmailMessage WHERE Incoming = false AND Parent.Case_From__c = 'opencx' AND " +
           changed}};
  if (context_.config.salesforce.public_comments_are_replies) {
    queries.emplace_back(
        "comments",
        "SELECT Id, ParentId, SystemModstamp FROM CaseComment WHERE IsPublished = true AND Parent.Case_From__c = 'opencx' AND " +
            changed);
  }
  const auto rows = context_.salesforce.query_all_of(queries, {});
  if (!rows) return fail(rows.error());
  Findings findings;
  for (const auto& row : salesforce::member_of(*rows, "cases")) {
    const auto subject = case_subject(string_member(row, "Id"));
    if (is_news(context_.store, findings, subject, string_member(row, "SystemModstamp"))) findings.hints[subject] = {subject};
  }
  for (const auto* kind : {"mails", "comments"}) {
    for (const auto& row : salesforce::member_of(*rows, kind)) {
      const auto id = string_member(row, "Id");
      if (!is_news(context_.store, findings, "reply:" + id, string_member(row, "SystemModstamp"))) continue;
      const auto sent = context_.store.ledger_entry("reply:" + id);
      const auto subject = case_subject(string_member(row, "ParentId"));
      if (!sent || !sent->done) findings.hints[subject] = {subject};
    }
  }
  commit(findings.changes(kSalesforceCursor, last, context_.runtime.now()), "salesforce");
  return {};
}

Outcome<void> Sweep::sweep_opencx() {
  for (;;) {
    const auto last = cursor(kOpenCxCursor);
    const auto since = last - kOpenCxOverlap;
    const auto until = last + opencx_look_;
    // Where our clock is wrong by less than a look, or by less than the overlap, no look ends in OpenCX's future.
    const bool reaches_the_present = until + std::max(opencx_look_, kOpenCxOverlap) > context_.runtime.now();
    const auto sessions =
        context_.opencx.email_sessions_changed(since, reaches_the_present ? std::nullopt : std::optional(until));
    if (!sessions) {
      // It spends the calls that the workers need, and would never end: the next round asks for less.
      if (opencx::asked_for_too_much(sessions.error())) opencx_look_ = std::max(opencx_look_ / 2, kOpenCxShortestLook);
      return fail(sessions.error());
    }
    Findings findings;
    for (const auto& session : *sessions) {
      findings.pass(session.updated_at);
      // What the AI keeps to itself is neither worked on nor remembered.
      if (!is_of_interest(context_.store, session)) continue;
      const auto subject = session_subject(session.id);
      if (is_news(context_.store, findings, subject, session.updated_at)) findings.hints[subject] = {subject};
    }
    commit(findings.changes(kOpenCxCursor, reaches_the_present ? last : until, context_.runtime.now()), "opencx");
    if (reaches_the_present) opencx_look_ = kOpenCxLook;
    if (reaches_the_present || stopping_) return {};
  }
}

}  // namespace casewire::bridge
