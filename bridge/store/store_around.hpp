#pragma once
// Stores around another store: each passes on what it does not change.

#include <utility>

#include "bridge/store/store.hpp"

namespace casewire::bridge {

/// `inner` outlives it. Thread rule: as `inner`.
class StoreAround : public Store {
 public:
  explicit StoreAround(Store& inner) : inner_(inner) {}

  void prepare() override { inner_.prepare(); }
  void commit(const Changes& changes) override { inner_.commit(changes); }
  Claim claim(const ClaimRequest& request) override { return inner_.claim(request); }
  void renew(const std::vector<Lease>& leases, WallTime now, WallTime lease_until) override {
    inner_.renew(leases, now, lease_until);
  }
  bool hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) override {
    return inner_.hold(name, owner, now, until);
  }
  bool spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) override {
    return inner_.spend(name, now, cost, most);
  }
  void release_leases(std::string_view owner, WallTime rest_until) override { inner_.release_leases(owner, rest_until); }
  std::optional<Job> job(std::string_view subject) override { return inner_.job(subject); }
  JobCounts count_jobs(WallTime now) override { return inner_.count_jobs(now); }
  std::vector<Job> parked_jobs(std::size_t limit) override { return inner_.parked_jobs(limit); }
  std::vector<Link> links_of_session(std::string_view session_id) override { return inner_.links_of_session(session_id); }
  std::vector<Link> links_of_case(std::string_view case_id) override { return inner_.links_of_case(case_id); }
  std::optional<LedgerEntry> ledger_entry(std::string_view key) override { return inner_.ledger_entry(key); }
  std::vector<LedgerEntry> ledger_about(std::string_view about) override { return inner_.ledger_about(about); }
  std::optional<std::string> mark(std::string_view name) override { return inner_.mark(name); }
  bool tend(WallTime now, std::optional<WallTime> forget_before) override { return inner_.tend(now, forget_before); }
  bool is_shared() const override { return inner_.is_shared(); }
  std::unique_ptr<News> listen(std::function<void()> tell) override { return inner_.listen(std::move(tell)); }
  bool is_failing() const override { return inner_.is_failing(); }

 private:
  Store& inner_;
};

/// What a job that runs writes, under its lease: once that has ended, nothing.
class LeasedStore final : public StoreAround {
 public:
  LeasedStore(Store& inner, Lease lease) : StoreAround(inner), lease_(std::move(lease)) {}
  void commit(const Changes& changes) override {
    Changes mine = changes;
    mine.under = lease_;
    StoreAround::commit(mine);
  }

 private:
  Lease lease_;
};

}  // namespace casewire::bridge
