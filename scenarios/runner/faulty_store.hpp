#pragma once
// The bridge's store in the simulated ring, where the plan of faults reaches each durable commit: the bridge may die just before it
// or just after, and the disk may be full.

#include "bridge/store/store.hpp"
#include "sim/world/network.hpp"

namespace casewire::scenarios {

/// `inner` is what survives a crash. Both outlive it. Thread rule: as `inner`.
class FaultyStore final : public bridge::Store {
 public:
  FaultyStore(bridge::Store& inner, sim::Network& network) : inner_(inner), network_(network) {}

  void commit(const bridge::Changes& changes) override {
    network_.commit([&](bool must_fail) {
      is_failing_ = must_fail;
      if (must_fail) throw bridge::StoreFailure("disk full");
      inner_.commit(changes);
    });
  }
  bridge::Claim claim(const bridge::ClaimRequest& request) override { return inner_.claim(request); }
  void release_leases(std::string_view owner, WallTime rest_until) override { inner_.release_leases(owner, rest_until); }
  std::optional<bridge::Job> job(std::string_view subject) override { return inner_.job(subject); }
  bridge::JobCounts count_jobs(WallTime now) override { return inner_.count_jobs(now); }
  std::vector<bridge::Job> parked_jobs(std::size_t limit) override { return inner_.parked_jobs(limit); }
  std::vector<bridge::Link> links_of_session(std::string_view id) override { return inner_.links_of_session(id); }
  std::vector<bridge::Link> links_of_case(std::string_view id) override { return inner_.links_of_case(id); }
  std::optional<bridge::LedgerEntry> ledger_entry(std::string_view key) override { return inner_.ledger_entry(key); }
  std::vector<bridge::LedgerEntry> ledger_about(std::string_view about) override { return inner_.ledger_about(about); }
  std::optional<std::string> mark(std::string_view name) override { return inner_.mark(name); }
  bool is_failing() const override { return is_failing_ || inner_.is_failing(); }

 private:
  bridge::Store& inner_;
  sim::Network& network_;
  bool is_failing_ = false;
};

}  // namespace casewire::scenarios
