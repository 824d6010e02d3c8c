#pragma once
// A runtime whose wall clock may be wrong, as the clock of one system: what its owner reads is off, what it waits for is not.

#include "base/runtime/runtime.hpp"
#include "sim/world/faults.hpp"

namespace casewire::sim {

/// Outlives nobody it was given to; `inner` and `faults` outlive it.
class SkewedRuntime final : public Runtime {
 public:
  SkewedRuntime(Runtime& inner, Faults& faults, std::string system)
      : inner_(inner), faults_(faults), system_(std::move(system)) {}
  WallTime now() const override {
    const WallTime right = inner_.now();
    return right + faults_.skew_of(system_, right);
  }
  SteadyTime steady_now() const override { return inner_.steady_now(); }
  void sleep_until(SteadyTime when) override { inner_.sleep_until(when); }
  void spawn(std::string name, std::function<void()> task) override { inner_.spawn(std::move(name), std::move(task)); }
  std::unique_ptr<casewire::Event> make_event() override { return inner_.make_event(); }
  Activity activity() const override { return inner_.activity(); }
  void enter_busy() override { inner_.enter_busy(); }
  void leave_busy() override { inner_.leave_busy(); }

 private:
  Runtime& inner_;
  Faults& faults_;
  std::string system_;
};

}  // namespace casewire::sim
