#pragma once
// The bridge's memory in a PostgreSQL database, which several bridges may share. Thread-safe. Writers share transactions (group_commit.hpp),
// and each is one way to the server and back; readers have connections of their own. A connection that fails is made anew by whoever needs
// it next: a database that is down, restarts, or comes back as another server is a StoreFailure for those who ask meanwhile.
//
// Two transactions that took the same rows in different orders would wait for each other, and both bridges with them: each locks all it will touch
// first, jobs by their subjects and then conversations, and what takes rows as they are free, a claim, comes last (postgres_store.cpp).
//
// A commit whose answer was lost may have happened: who was told StoreFailure and repeats it does no harm, for hints and replacements say the
// same twice, and an outcome ends its lease once.

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/runtime/stopwatch.hpp"
#include "bridge/store/group_commit.hpp"
#include "bridge/store/postgres.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

class PostgresStore final : public Store {
 public:
  /// Makes the schema and its tables if there are none. The Diagnostic tells what no waiting mends; that the server cannot be reached at the moment is no
  /// error yet.
  static Result<std::unique_ptr<PostgresStore>> open(const std::string& uri,
                                                     const std::string& schema = std::string(postgres::kSchema));
  ~PostgresStore() override;

  void prepare() override;
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
  bool is_shared() const override { return true; }
  std::unique_ptr<News> listen(std::function<void()> tell) override;
  bool is_failing() const override { return failing_; }

 private:
  struct Wish;
  struct Reader {
    std::mutex mutex;
    std::unique_ptr<postgres::Connection> connection;
  };
  explicit PostgresStore(postgres::Address address);
  /// Connects if need be, and brings the tables up to date.
  Result<void> open_writer();
  std::vector<postgres::Rows> write(Wish mine);
  void commit_together(const std::vector<Wish*>& batch);
  void commit_alone(Wish& wish);
  void deliver(const std::vector<Wish*>& batch);
  void tell_news();
  postgres::Rows read(const postgres::Query& query);

  postgres::Address address_;
  GroupCommit<Wish> commits_;
  std::unique_ptr<postgres::Connection> writer_;  ///< of the thread that commits
  std::atomic<int> writers_process_{0};           ///< the server's that works for it
  const RealStopwatch watch_{};
  bool owes_news_ = false;  ///< others were not told of hints that are committed
  std::optional<milliseconds> told_at_{};
  std::atomic<bool> failing_{false};
  std::array<Reader, 4> readers_;
  std::atomic<std::size_t> next_reader_{0};
  std::mutex tending_mutex_;
  std::string filed_up_to_;  ///< the key of the ledger's own table behind which tend goes on
};

}  // namespace casewire::bridge
