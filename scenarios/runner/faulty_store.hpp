#pragma once
// The bridge's store in the simulated ring, where the plan of faults reaches each durable commit: the bridge may die just before it
// or just after, and the disk may be full.

#include "bridge/store/store_around.hpp"
#include "sim/world/network.hpp"

namespace casewire::scenarios {

/// `inner` is what survives a crash. Both outlive it. Thread rule: as `inner`.
class FaultyStore final : public bridge::StoreAround {
 public:
  FaultyStore(bridge::Store& inner, sim::Network& network) : StoreAround(inner), network_(network) {}

  void commit(const bridge::Changes& changes) override {
    network_.commit([&](bool must_fail) {
      is_failing_ = must_fail;
      if (must_fail) throw bridge::StoreFailure("disk full");
      StoreAround::commit(changes);
    });
  }
  bool is_failing() const override { return is_failing_ || StoreAround::is_failing(); }

 private:
  sim::Network& network_;
  bool is_failing_ = false;
};

}  // namespace casewire::scenarios
