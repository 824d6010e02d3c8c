#pragma once
// A Store that lives as long as the process: for tests and the simulated ring, where a crash ends the bridge's tasks and leaves
// this object standing, as a disk would. Thread-safe.

#include <map>
#include <mutex>
#include <utility>

#include "bridge/store/store.hpp"

namespace casewire::bridge {

class MemoryStore : public Store {
 public:
  MemoryStore() = default;
  /// A backup, and its restoring.
  MemoryStore(const MemoryStore& other);
  MemoryStore& operator=(const MemoryStore& other);

  void commit(const Changes& changes) override;
  Claim claim(const ClaimRequest& request) override;
  void renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until) override;
  bool hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) override;
  bool spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) override;
  void release_leases(std::string_view owner, WallTime rest_until) override;
  std::optional<Job> job(std::string_view subject) override;
  JobCounts count_jobs(WallTime now) override;
  std::vector<Job> parked_jobs(std::size_t limit) override;
  std::vector<Link> links_of_session(std::string_view session_id) override;
  std::vector<Link> links_of_case(std::string_view case_id) override;
  std::optional<LedgerEntry> ledger_entry(std::string_view key) override;
  std::vector<LedgerEntry> ledger_about(std::string_view about) override;
  std::optional<std::string> mark(std::string_view name) override;
  bool tend(WallTime now, std::optional<WallTime> forget_before) override;

 private:
  struct Row {
    Job job;
    std::string lease_owner{};
    WallTime lease_until{};
    std::uint64_t fence = 0;  ///< of the lease that a worker holds; 0: none does
    bool is_leased(WallTime now) const { return !lease_owner.empty() && lease_until > now; }
  };
  /// The conversation of a new job.
  std::string home_of(const std::string& subject) const;
  void apply(const Hint& hint, WallTime at);
  void apply(const JobOutcome& outcome, const std::string& subject, WallTime at);
  /// nullptr: the lease is not live.
  Row* held_under(const Lease& lease, WallTime now);

  mutable std::mutex mutex_;
  std::uint64_t last_fence_ = 0;
  std::map<std::string, Row, std::less<>> jobs_;
  std::map<std::pair<std::string, int>, Link> links_;
  std::map<std::string, LedgerEntry, std::less<>> ledger_;
  std::map<std::string, Mark, std::less<>> marks_;
};

}  // namespace casewire::bridge
