#pragma once
// The bridge's memory in one SQLite file: WAL, synchronous=FULL, so that what commit() returned from survives a crash of the
// process and of the machine. Thread-safe. Writers share commits (group_commit.hpp). Readers have a connection of their own and never wait
// for them.
//
// The file has mode 0600 (its -wal and -shm files take it over): it names customers' sessions and Cases.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "bridge/store/group_commit.hpp"
#include "bridge/store/sqlite.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

class SqliteStore final : public Store {
 public:
  /// Makes the file if there is none; its folder must exist. The Diagnostic names the file.
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& file);
  ~SqliteStore() override;

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
  bool is_failing() const override { return failing_; }

 private:
  struct Writer;
  struct Reader;
  struct Wish;
  SqliteStore(std::string file, std::unique_ptr<Writer> writer, std::unique_ptr<Reader> reader);
  /// Runs `operation` in a transaction, perhaps together with others', and returns when it is on disk.
  void write(const std::function<void(Writer&)>& operation);
  void commit_together(const std::vector<Wish*>& batch);
  void try_together(const std::vector<Wish*>& batch);

  std::string file_;
  std::pair<std::uint64_t, std::uint64_t> identity_;  ///< device and number of the file that was opened

  GroupCommit<Wish> commits_;
  std::unique_ptr<Writer> writer_;  ///< of the thread that commits

  std::atomic<bool> failing_{false};

  std::mutex reader_mutex_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace casewire::bridge
