#include "bridge/reconcile/sweep.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "bridge/delivery/backoff.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/afterthoughts.hpp"
#include "bridge/reconcile/former_cases.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/ledger_reach.hpp"
#include "bridge/reconcile/refusals.hpp"
#include "bridge/reconcile/reply_reading.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kSalesforceCursor = "cursor:salesforce";
constexpr std::string_view kOpenCxCursor = "cursor:opencx";
constexpr milliseconds kFirstRetry{5'000};
/// What the bridges of one store take turns at.
constexpr std::string_view kSweepTurn = "sweep";
/// A bridge that sweeps keeps the turn from one sweep to the next, however long that one takes.
constexpr milliseconds kSweepTakes{5 * 60'000};
/// So often it looks at Salesforce while the org's calls are scarce. Webhooks are worked on at once all the same.
constexpr milliseconds kWhileScarce{3'600'000};
constexpr milliseconds kRemembered{3'600'000};
static_assert(kRemembered > Sweep::kSalesforceOverlap && kRemembered > Sweep::kOpenCxOverlap);

/// The store's upkeep, and how much of it at once: the rest is done at the next sweep.
constexpr milliseconds kTendEvery{3'600'000};
constexpr int kTendTimes = 20;

/// A cursor that ran ahead is set back by this much: what changed behind its back was not looked at.
constexpr milliseconds kLookBack{7 * 24 * 3'600'000LL};
/// Clocks differ; a cursor that is ahead by no more than the overlaps hides nothing.
constexpr milliseconds kAheadMax{5 * 60'000};
static_assert(kAheadMax <= Sweep::kSalesforceOverlap && kAheadMax <= Sweep::kOpenCxOverlap);

/// A job's own calls change what they write to, one after the other, and are told of as they are done.
constexpr milliseconds kOwnDoing{60'000};

/// What a look found: subjects to work on, versions to remember.
struct Findings {
  std::map<std::string, Hint> hints;
  std::set<std::string> missed;  ///< those of which nothing had told before
  std::vector<Mark> marks;
  WallTime newest{};

  /// The next look need not begin before it.
  void pass(const std::string& version) { newest = std::max(newest, parse_iso8601(version).value_or(WallTime{})); }

  /// No cursor passes the present, whatever a row says of its own time; one that began with our clock comes back to a slower one.
  Changes changes(std::string_view cursor_name, WallTime cursor, WallTime present, WallTime now) const {
    Changes result{.at = now, .marks = marks};
    for (const auto& [subject, hint] : hints) result.hints.push_back(hint);
    const auto next = std::min(std::max(cursor, newest), present);
    result.marks.push_back({std::string(cursor_name), iso8601(next), std::nullopt});
    return result;
  }
};

/// A person has given up what was known of it then (operation/parked.hpp): what is older is not taken up again.
bool was_dropped(Store& store, const std::string& subject, const std::string& version) {
  const auto dropped = store.mark(dropped_mark(subject));
  const auto dropped_at = dropped ? parse_iso8601(*dropped) : std::nullopt;
  const auto changed_at = parse_iso8601(version);
  return dropped_at && changed_at && *changed_at <= *dropped_at;
}

/// Only a job that has read a version may say that it was seen. Until then the sweep tells of it at every look, unless the job that it
/// made for it is still there: waiting, running, or parked until something new comes.
void tell(const Context& context, const Vendor& vendor, Findings& findings, const std::string& what, const std::string& version,
          const Hint& hint) {
  auto& store = context.store;
  const auto told = "told:" + what;
  if (was_dropped(store, hint.subject, version)) return;
  if (store.mark(told) == version && store.job(hint.subject)) return;
  findings.marks.push_back({told, version, parse_iso8601(version)});
  findings.hints[hint.subject] = hint;
  // After a webhook, or the bridge's own writing, the version that this left is found as well.
  const auto id = hint.subject.substr(hint.subject.find(':') + 1);
  const auto changed_at = vendor.time_here(parse_iso8601(version).value_or(context.runtime.now()));
  if (!context.events.has_told_of(id, changed_at - kOwnDoing)) findings.missed.insert(hint.subject);
}

milliseconds behind_ours(const Vendor& vendor) {
  return std::max(milliseconds{0}, -vendor.clock_ahead().value_or(milliseconds{0}));
}

bool was_seen(Store& store, const std::string& what, const std::string& version) { return store.mark("seen:" + what) == version; }

}  // namespace

Sweep::Sweep(Context context, std::string name, std::function<void()> wake_workers)
    : context_(context),
      name_(std::move(name)),
      wake_workers_(std::move(wake_workers)),
      news_(context.runtime.make_event()),
      ended_(context.runtime.make_event()) {}

void Sweep::start() {
  is_running_ = true;
  context_.runtime.spawn("bridge sweep", [this] { run(); });
}

void Sweep::look_again() {
  if (has_failed_) news_->notify();
}

void Sweep::request_stop() {
  stopping_ = true;
  news_->notify();
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
    // Whoever's turn it is: of several bridges it may be an older one's, which knows of none.
    tend_store();
    if (!is_ours_to_do()) {
      news_->wait_until(context_.runtime.steady_now() + context_.config.sweep_every);
      continue;
    }
    const auto salesforce_done = spares_calls() ? Outcome<void>{} : sweep_side(salesforce_);
    if (stopping_) break;
    const auto opencx_done = sweep_side(opencx_);
    failures = salesforce_done && opencx_done ? 0 : failures + 1;
    has_failed_ = failures > 0;
    wake_workers_();  // what rested may take calls again
    auto pause = failures == 0 ? context_.config.sweep_every : backoff_limit(failures, kFirstRetry, context_.config.sweep_every);
    for (const auto* done : {&salesforce_done, &opencx_done}) {
      if (!*done) pause = std::max(pause, done->error().retry_after.value_or(milliseconds{0}));
    }
    if (!stopping_) news_->wait_until(context_.runtime.steady_now() + pause);
  }
  if (context_.store.is_shared()) let_others_sweep();
  is_running_ = false;
  ended_->notify();
}

void Sweep::tend_store() {
  const auto now = context_.runtime.now();
  if (tended_at_ && now < *tended_at_ + kTendEvery) return;
  try {
    for (int i = 0; i < kTendTimes && !stopping_; ++i) {
      if (context_.store.tend(now, forgotten_before(context_.config, now))) continue;
      tended_at_ = now;
      return;
    }
  } catch (const StoreFailure& failure) {
    context_.events.tell(happening::store_not_tended, {{"problem", failure.what()}});
  }
}

bool Sweep::spares_calls() {
  const auto& salesforce = context_.vendors.salesforce;
  const bool was_sparing = std::exchange(is_sparing_, salesforce.is_scarce());
  if (is_sparing_ != was_sparing) {
    const auto calls = salesforce.calls();
    context_.events.tell(
        is_sparing_ ? happening::calls_scarce : happening::calls_enough,
        {{"used", std::to_string(calls.day_used.value_or(0))}, {"limit", std::to_string(calls.day_limit.value_or(0))}});
  }
  const auto now = context_.runtime.steady_now();
  if (is_sparing_ && looked_at_ && now < *looked_at_ + kWhileScarce) return true;
  looked_at_ = now;
  return false;
}

void Sweep::let_others_sweep() {
  const auto now = context_.runtime.now();
  try {
    context_.store.hold(kSweepTurn, name_, now, now);
  } catch (const StoreFailure&) {
    // Then its turn ends by itself.
  }
}

bool Sweep::is_ours_to_do() {
  if (!context_.store.is_shared()) return true;
  const auto now = context_.runtime.now();
  try {
    return context_.store.hold(kSweepTurn, name_, now, now + context_.config.sweep_every + kSweepTakes);
  } catch (const StoreFailure&) {
    return true;  // whoever sweeps without the store says so
  }
}

Outcome<void> Sweep::sweep_side(Side& side) {
  Outcome<void> done;
  try {
    done = (this->*side.look)();
  } catch (const StoreFailure& failure) {
    done = fail(Failure{.kind = Failure::Kind::transient, .system = "store", .message = failure.what()});
  }
  // One line when it begins to fail, and one when it works again.
  if (!done && !side.is_failing)
    context_.events.tell(happening::sweep_failed, {{"side", side.name}, {"problem", text_of(done.error())}});
  if (done && side.is_failing) context_.events.tell(happening::sweep_works_again, {{"side", side.name}});
  if (done) context_.events.tell(happening::swept, {{"side", side.name}});
  side.is_failing = !done;
  return done;
}

WallTime Sweep::present(const Vendor& vendor) const {
  const auto now = context_.runtime.now();
  return vendor.clock_ahead() ? std::min(now, now + *vendor.clock_ahead()) : now;
}

/// One that is ahead of the present (a clock that was wrong for a while, an older version's row of the year 2099) would blind the sweep
/// until the present comes after.
WallTime Sweep::cursor(std::string_view name, const Vendor& vendor) {
  const auto now = context_.runtime.now();
  const auto stored = context_.store.mark(name);
  const auto parsed = stored ? parse_iso8601(*stored) : std::nullopt;
  if (!parsed) return now;
  // Ahead of both clocks: one of them alone may be the wrong one.
  const auto latest = now + std::max(milliseconds{0}, vendor.clock_ahead().value_or(milliseconds{0}));
  if (*parsed <= latest + kAheadMax) return *parsed;
  context_.events.tell(happening::cursor_ahead,
                       {{"side", vendor.name()}, {"cursor", *stored}, {"reset_to", iso8601(now - kLookBack)}});
  context_.alarms.raise("the sweep's cursor of " + vendor.name() + " was ahead of the present", now);
  context_.store.commit({.at = now, .marks = {{std::string(name), iso8601(now - kLookBack), std::nullopt}}});
  return now - kLookBack;
}

void Sweep::begin_cursors() {
  // A bridge that has never looked begins with the present: what was handed off before it went live is not its own.
  Changes changes{.at = context_.runtime.now()};
  if (!context_.store.mark(kSalesforceCursor)) changes.marks.push_back(former_cases_unknown(changes.at));
  for (const auto name : {kSalesforceCursor, kOpenCxCursor}) {
    if (!context_.store.mark(name)) changes.marks.push_back({std::string(name), iso8601(changes.at), std::nullopt});
  }
  if (!changes.marks.empty()) context_.store.commit(changes);
}

void Sweep::commit(Changes changes, const Vendor& vendor, std::size_t missed) {
  // A version that neither side will show again need not be remembered.
  const auto& vendors = context_.vendors;
  changes.forget_marks_before =
      std::min(cursor(kSalesforceCursor, vendors.salesforce), cursor(kOpenCxCursor, vendors.opencx)) - kRemembered;
  context_.store.commit(changes);
  if (changes.hints.empty()) return;
  if (missed > 0) {
    context_.events.tell(happening::sweep_found, {{"side", vendor.name()}, {"subjects", std::to_string(missed)}});
  }
  wake_workers_();
}

Outcome<void> Sweep::sweep_salesforce() {
  const auto has_found = look_for_former_cases(context_);
  if (!has_found) return fail(has_found.error());
  if (*has_found) wake_workers_();
  const auto last = cursor(kSalesforceCursor, context_.vendors.salesforce);
  const auto since = last - kSalesforceOverlap;
  const auto changed = "SystemModstamp >= " + salesforce::soql_datetime(since) + " ORDER BY SystemModstamp, Id";
  // What was deleted after it had been sent is told of (afterthoughts.hpp); what went with its Case is the Case's affair.
  const std::string on_our_cases = "Parent.Case_From__c = 'opencx' AND Parent.IsDeleted = false AND ";
  std::vector<salesforce::NamedQuery> queries{
      {"cases", "SELECT Id, SystemModstamp FROM Case WHERE Case_From__c = 'opencx' AND " + changed},
      {"mails",
       "SELECT Id, IsDeleted, ParentId, SystemModstamp FROM EmailMessage WHERE Incoming = false AND " + on_our_cases + changed,
       true}};
  if (context_.config.salesforce.public_comments_are_replies) {
    queries.push_back(
        {"comments",
         "SELECT Id, IsDeleted, ParentId, SystemModstamp FROM CaseComment WHERE IsPublished = true AND " + on_our_cases + changed,
         true});
  }
  if (context_.config.salesforce.public_posts_are_replies) {
    queries.push_back({"posts", "SELECT Id, ParentId, SystemModstamp FROM FeedItem WHERE " + std::string(kPublicPosts) + " AND " +
                                    std::string(kPostsOnOurCases) + " AND " + changed});
  }
  auto& store = context_.store;
  const auto& vendor = context_.vendors.salesforce;
  const auto parked = parked_by_deleted_case(store);
  if (!parked.empty()) {
    std::vector<std::string> ids;
    for (const auto& [id, subjects] : parked) ids.push_back(id);
    queries.push_back({"back", "SELECT Id FROM Case WHERE Id IN " + salesforce::soql_list(ids)});
  }
  const auto rows = context_.salesforce.query_all_of(queries, {});
  if (!rows) return fail(rows.error());
  Findings findings;
  for (const auto& row : salesforce::member_of(*rows, "back")) {
    const auto known = parked.find(string_member(row, "Id"));
    if (known == parked.end()) continue;
    for (const auto& subject : known->second) {
      findings.hints[subject] = {.subject = subject};
      findings.missed.insert(subject);
    }
  }
  for (const auto& row : salesforce::member_of(*rows, "cases")) {
    const auto subject = case_subject(string_member(row, "Id"));
    const auto version = string_member(row, "SystemModstamp");
    findings.pass(version);
    if (!was_seen(store, subject, version)) tell(context_, vendor, findings, subject, version, {subject});
  }
  for (const auto* kind : {"mails", "comments", "posts"}) {
    for (const auto& row : salesforce::member_of(*rows, kind)) {
      const auto id = string_member(row, "Id");
      const auto version = string_member(row, "SystemModstamp");
      findings.pass(version);
      const auto& deleted = member(row, "IsDeleted");
      const bool is_deleted = deleted.is_boolean() && deleted.get<bool>();
      if (is_deleted ? is_deletion_dealt_with(store, id) : is_dealt_with(context_, id, version)) continue;
      if (was_seen(store, "reply:" + id, version)) continue;
      tell(context_, vendor, findings, "reply:" + id, version, {case_subject(string_member(row, "ParentId"))});
    }
  }
  commit(findings.changes(kSalesforceCursor, last, present(vendor), context_.runtime.now()), vendor, findings.missed.size());
  return {};
}

Outcome<void> Sweep::sweep_opencx() {
  for (;;) {
    const auto last = cursor(kOpenCxCursor, context_.vendors.opencx);
    // Its clock may have been set back since the cursor was made.
    const auto behind = behind_ours(context_.vendors.opencx);
    const auto since = last - kOpenCxOverlap - behind;
    const auto until = last + opencx_look_;
    // Where our clock is wrong by less than a look, or by less than the overlap, no look ends in OpenCX's future.
    const bool reaches_the_present = until + std::max(opencx_look_, kOpenCxOverlap) > present(context_.vendors.opencx);
    const auto sessions =
        context_.opencx.email_sessions_changed(since, reaches_the_present ? std::nullopt : std::optional(until));
    if (!sessions) {
      // It spends the calls that the workers need, and would never end: the next round asks for less.
      if (opencx::asked_for_too_much(sessions.error())) opencx_look_ = std::max(opencx_look_ / 2, kOpenCxShortestLook);
      return fail(sessions.error());
    }
    if (behind_ours(context_.vendors.opencx) > behind + kAheadMax / 2) continue;
    Findings findings;
    for (const auto& session : *sessions) {
      findings.pass(session.updated_at);
      // What the AI keeps to itself is neither worked on nor remembered.
      if (!is_of_interest(context_.store, session)) continue;
      const auto subject = session_subject(session.id);
      if (!was_seen(context_.store, subject, session.updated_at)) {
        tell(context_, context_.vendors.opencx, findings, subject, session.updated_at, {subject});
      }
    }
    const auto now = present(context_.vendors.opencx);
    commit(findings.changes(kOpenCxCursor, reaches_the_present ? last : std::min(until, now), now, context_.runtime.now()),
           context_.vendors.opencx, findings.missed.size());
    if (reaches_the_present) opencx_look_ = kOpenCxLook;
    if (!reaches_the_present && sessions->empty()) opencx_look_ = std::min(2 * opencx_look_, kOpenCxLongestLook);
    if (reaches_the_present || stopping_) return {};
  }
}

}  // namespace casewire::bridge
