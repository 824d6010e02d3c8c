#pragma once
// The seam for what the bridge must not forget: the jobs that wait, which session belongs to which Case, what was done for
// whom (the ledger), and small marks (cursors of the sweep, versions already seen). One contract suite, tests/contract, runs
// against every implementation.
//
// Thread rule: every function may be called from any thread or task. No implementation calls into Runtime or Transport.
// Errors: a store that cannot read or write throws StoreFailure. It is the one exception of this tree, because no caller in
// between can do anything about it: intake answers 503, a worker tries the job again later, and both see it at their top.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::bridge {

struct StoreFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was to be committed under a lease was not: the lease has ended, and another worker may be at the job. Nothing is wrong with the store.
struct LeaseLost : StoreFailure {
  using StoreFailure::StoreFailure;
};

/// One job per subject: "session:<id>" or "case:<id>". A job says that the subject may have changed, never what changed.
struct Job {
  std::string subject;
  std::string conversation;    ///< jobs of one conversation never run at once; the subject until it is known
  std::uint64_t revision = 1;  ///< grows with each hint
  WallTime due{};
  int attempts = 0;                         ///< failed runs in a row
  std::optional<WallTime> failing_since{};  ///< the first of them
  bool parked = false;
  std::string problem{};      ///< why it last failed, in the vendor's words; holds no message text
  std::string traceparent{};  ///< of the newest hint that had one
};

/// Something may have changed. Makes a job, or raises the revision of the one that is there. An existing job keeps its due time
/// while it backs off (attempts > 0), is due at the commit's time otherwise; a parked one is taken up again with attempts 0.
struct Hint {
  std::string subject;
  /// Empty: keep what the job has. A new job's is then the one that the first link of its session or Case names, else its subject.
  std::string conversation{};
  std::string traceparent{};  ///< empty: keep what the job has
};

/// Holds the lease of a conversation that rests: what was begun for it may still be under way, and whoever looks now sees nothing of it.
inline constexpr std::string_view kNobody = "nobody";

/// The right to work on a claimed job and to write for it, until it ends. `fence` is another one, and a higher one, with each claim.
struct Lease {
  std::string subject{};
  std::uint64_t fence = 0;
};

/// What became of the job of Changes::under. Ends the lease.
struct JobOutcome {
  enum class Kind {
    finished,  ///< removed if `revision` is still the job's, else due at the commit's time with attempts 0
    again,     ///< due at `due` with attempts 0; at the commit's time if the revision has grown
    failed,    ///< due at `due`; attempts, failing_since and problem are stored
    parked,    ///< never due until a hint; problem and attempts are stored
    held,      ///< due at `due`; attempts and failing_since stay as they are (it was not this job's fault)
  };
  std::uint64_t revision = 0;  ///< of the run
  Kind kind = Kind::finished;
  WallTime due{};
  int attempts = 0;
  std::optional<WallTime> failing_since{};
  std::string problem{};
  std::string conversation{};  ///< empty: unchanged
  /// No job of the conversation may be claimed before it: the lease passes to kNobody until then. Not with a job that is removed.
  std::optional<WallTime> rest_until{};
};

/// Which Case a session's mails belong on. A session may have several, one after the other; the highest number counts.
struct Link {
  std::string session_id;
  int number = 1;       ///< the n of `<session>#<n>`
  std::string case_id;  ///< 18 characters
  std::string conversation;
  WallTime
      replies_since{};  ///< by the org's clock: rows of the Case that are older must not be mailed; the epoch when the bridge made the Case
  friend bool operator==(const Link&, const Link&) = default;
};

/// An effect on the outside, keyed by what it stands for: "reply:<EmailMessage id>", "comment:<history item id>".
struct LedgerEntry {
  std::string key;
  std::string about;  ///< the session or Case that it is listed under
  bool done = false;  ///< false: begun, and whether it happened is not known yet
  WallTime begun_at{};
  std::string detail{};  ///< what recognises the effect when its answer was lost (a digest, an id)
  std::string result{};  ///< the id that the effect got
  friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

/// A small fact by name: a cursor, or the version of a record that was last seen.
struct Mark {
  std::string name;
  std::string value;
  /// Of the fact. forget_marks_before drops older ones; a mark without a time stays.
  std::optional<WallTime> at{};
};

/// The mark that stands for what is held; its value is the owner, its time the end.
inline std::string hold_mark(std::string_view name) { return "hold:" + std::string(name); }

/// The mark of an allowance; its time is when it will be full again.
inline std::string spent_mark(std::string_view name) { return "spent:" + std::string(name); }

/// Committed together or not at all, in this order. Ledger entries, links and marks replace what has the same key
/// (a link: session and number).
struct Changes {
  WallTime at{};  ///< the bridge's now
  /// Set: whoever commits works on a claimed job. If the lease is not live any more (at `at`), LeaseLost is thrown.
  std::optional<Lease> under{};
  std::vector<Hint> hints{};
  std::vector<LedgerEntry> ledger{};
  std::vector<Link> links{};
  std::vector<Mark> marks{};
  std::optional<WallTime> forget_marks_before{};
  std::vector<std::string> dropped{};  ///< subjects whose jobs go, if they are parked
  /// Of the job of `under`, which must be set. After the hints: a job that was hinted in the same commit is not finished by it.
  std::optional<JobOutcome> outcome{};
};

struct ClaimRequest {
  WallTime now{};
  std::string owner;
  WallTime lease_until{};  ///< then another owner may take the job
};

struct Claim {
  std::optional<Job> job{};
  Lease lease{};  ///< of the job
  /// Without a job: the earliest instant at which one can become claimable by itself (its due time, the end of a lease).
  std::optional<WallTime> next{};
};

struct JobCounts {
  std::size_t due = 0;      ///< not parked and due, those that run included
  std::size_t waiting = 0;  ///< due later, or of a conversation that rests
  std::size_t parked = 0;
  std::optional<WallTime> oldest_due{};     ///< the earliest due time of those that are not parked; may be in the future
  std::optional<WallTime> failing_since{};  ///< the earliest of those that are not parked
};

class Store {
 public:
  virtual ~Store() = default;

  /// Before anything is read: what was not there when it was opened (a database that was down) is asked for once more, and gets its tables.
  virtual void prepare() {}

  /// Durable when it returns.
  virtual void commit(const Changes& changes) = 0;

  /// Leases the due job with the earliest (due, subject) whose conversation holds no live lease. The lease is stored.
  virtual Claim claim(const ClaimRequest& request) = 0;
  /// Puts off the end of those leases that are live at `now`.
  virtual void renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until) = 0;
  /// What one bridge does at a time, by name: until `until` nobody but `owner` may hold it. False: another one does. Held anew by its owner it ends
  /// at the new time, at once when that is `now`.
  virtual bool hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) = 0;
  /// Of an allowance that comes back by itself, `cost` in as much time, and holds `most` when nobody has spent of it: false when there is not that much
  /// at `now`. By name, among all that share the store; an allowance that nobody knows is full.
  virtual bool spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) = 0;
  /// A bridge that starts takes back what its former self had leased; those conversations rest until `rest_until`.
  virtual void release_leases(std::string_view owner, WallTime rest_until) = 0;

  virtual std::optional<Job> job(std::string_view subject) = 0;
  virtual JobCounts count_jobs(WallTime now) = 0;
  /// By subject, at most `limit`.
  virtual std::vector<Job> parked_jobs(std::size_t limit) = 0;

  /// By number, ascending.
  virtual std::vector<Link> links_of_session(std::string_view session_id) = 0;
  /// By session and number, ascending.
  virtual std::vector<Link> links_of_case(std::string_view case_id) = 0;

  virtual std::optional<LedgerEntry> ledger_entry(std::string_view key) = 0;
  /// By key.
  virtual std::vector<LedgerEntry> ledger_about(std::string_view about) = 0;

  virtual std::optional<std::string> mark(std::string_view name) = 0;

  /// Upkeep, a bounded piece of it; true: there may be more to do. Ledger entries that are done and were begun before `forget_before` go, at the latest
  /// those of a month with the month; nullopt: none does. What is only begun stays.
  virtual bool tend(WallTime now, std::optional<WallTime> forget_before) = 0;

  /// Other bridges may work on it at the same time, and they die without a word: leases are short and renewed, and what others have stored is
  /// looked for from time to time. Of a store that is not shared, its bridge is the one owner.
  virtual bool is_shared() const { return false; }

  /// While it lives, somebody listens.
  class News {
   public:
    virtual ~News() = default;
  };
  /// Calls `tell` soon after another bridge has stored a hint, on a thread of its own; now and then it does not, or for nothing. nullptr: nobody else
  /// stores any.
  virtual std::unique_ptr<News> listen(std::function<void()> /*tell*/) { return nullptr; }

  /// From a write that failed until one that does not: on a full disk reading goes on.
  virtual bool is_failing() const { return false; }
};

/// The session that a subject is about, the newest one of a Case; empty: none is linked.
std::string session_of(Store& store, std::string_view subject);

}  // namespace casewire::bridge
