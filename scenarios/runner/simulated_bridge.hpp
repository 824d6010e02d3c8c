#pragma once
// Our own bridge as a process of fibers, over a store that survives it. Of several on one store each may die, stand still, or lose its way to the store,
// while the others go on.

#include <memory>
#include <string>

#include "base/http/in_process_transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "base/text/rng.hpp"
#include "bridge/bridge.hpp"
#include "bridge/store/store_around.hpp"
#include "scenarios/runner/faulty_store.hpp"

namespace casewire::scenarios {

/// How the store is reached at the moment.
struct Reach {
  WallTime down_until{};  ///< nobody is answered before; what was on its way when it went down was stored
  int downs = 0;          ///< how often it has gone down
};

class SimulatedBridge {
 public:
  struct Place {
    FiberRuntime& fibers;
    http::InProcessTransport::Resolver network;
    bridge::Store& store;
    const Reach& reach;
    sim::Network& faults;  ///< strike at its commits
    bridge::Log& log;
    bool shares_the_store = false;
  };
  /// All of `place` outlives it. `name`: the same after a restart.
  SimulatedBridge(Place place, std::string name);
  ~SimulatedBridge();

  /// What runs is left alone. Not on a fiber of its own.
  void start(bridge::Config config, std::uint64_t seed);
  bool is_up() const { return bridge_ && !process_->killed(); }
  /// As `kill -9` does; on a fiber of its own it does not return.
  void kill();
  /// Whether the caller is one of its fibers.
  bool is_running_here() const;

  /// From the so-manieth call or commit from now on, nothing that it does is seen outside for so long; then it goes on in the middle of what it did.
  void stand_still(int at_step, milliseconds lasts) { still_at_step_ = at_step, still_for_ = lasts; }
  bool stands_still() const;
  void cut_off_from_store_until(WallTime when) { cut_until_ = when; }

  /// The two below: only while it is up.
  bridge::Bridge& bridge() { return *bridge_; }
  FiberProcess& process() { return *process_; }

 private:
  class Wire;
  class WayToStore;
  bool has_begun();
  void end();
  /// Before a call or commit.
  void step();
  void wait_while_still();

  Place place_;
  std::string name_;
  int still_at_step_ = 0;  ///< 0: not to come
  milliseconds still_for_{0};
  WallTime still_until_{}, cut_until_{};
  std::unique_ptr<FiberProcess> process_;
  std::unique_ptr<http::Transport> transport_;
  std::unique_ptr<FaultyStore> faulty_store_;
  std::unique_ptr<bridge::Store> store_;
  std::unique_ptr<SeededRng> rng_;
  std::unique_ptr<bridge::Bridge> bridge_;
};

}  // namespace casewire::scenarios
