#pragma once
// The statements of a store file: those that read, and those that write. Each set owns its connection. Not thread-safe;
// everything throws StoreFailure.

#include <memory>

#include "bridge/store/sqlite.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge::sqlite {

/// Finds the job that a worker may take.
class ClaimSearch {
 public:
  explicit ClaimSearch(Connection& connection);
  /// The job with the earliest (due, subject) whose conversation holds no live lease, or when there will be one.
  Claim find(WallTime now);

 private:
  Statement claimable_;
  Statement waiting_;
};

class ReadTables {
 public:
  explicit ReadTables(std::unique_ptr<Connection> connection);

  Claim next_claim(WallTime now) { return claim_search_.find(now); }
  std::optional<Job> job(std::string_view subject);
  JobCounts count_jobs(WallTime now);
  std::vector<Job> parked_jobs(std::size_t limit);
  std::vector<Link> links_of_session(std::string_view session_id);
  std::vector<Link> links_of_case(std::string_view case_id);
  std::optional<LedgerEntry> ledger_entry(std::string_view key);
  std::vector<LedgerEntry> ledger_about(std::string_view about);
  std::optional<std::string> mark(std::string_view name);
  bool has_done_before(WallTime when);

 private:
  std::unique_ptr<Connection> connection_;
  ClaimSearch claim_search_;
  Statement job_, counts_, parked_, links_of_session_, links_of_case_, ledger_entry_, ledger_about_, mark_, done_before_;
};

class WriteTables {
 public:
  explicit WriteTables(std::unique_ptr<Connection> connection);

  void begin() { begin_.run(); }
  void commit() { commit_.run(); }
  /// Does nothing outside a transaction: some failures end it by themselves.
  void roll_back() noexcept;
  /// Moves the log into the tables' file and cuts it. False when it could not.
  bool shrink_log() noexcept;

  void apply(const Changes& changes);
  /// Whether `lease` is live.
  bool holds(const Lease& lease, WallTime now);
  Claim claim(const ClaimRequest& request);
  void renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until);
  bool hold(std::string_view name, std::string_view owner, WallTime now, WallTime until);
  bool spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most);
  void release_leases(std::string_view owner, WallTime rest_until);
  /// The oldest thousand of them.
  void forget_ledger_before(WallTime when);

 private:
  void apply(const Hint& hint, WallTime at);
  void apply(const JobOutcome& outcome, const Lease& lease, WallTime at);

  std::unique_ptr<Connection> connection_;
  ClaimSearch claim_search_;
  Statement begin_, commit_, hint_, leased_, remove_, drop_, settle_, next_fence_, lease_, renew_, hold_, spend_, release_,
      ledger_, link_, mark_, forget_marks_, forget_ledger_;
};

}  // namespace casewire::bridge::sqlite
