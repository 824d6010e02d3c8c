// The process ring of a bridge with a control connection: the harness's clock and the bridge's are driven as one.

#include "base/runtime/stopwatch.hpp"
#include "scenarios/runner/bridge_control.hpp"
#include "scenarios/runner/bridge_in_process.hpp"

namespace casewire::scenarios {
namespace {

class DrivenRing final : public BridgeInProcess {
 public:
  DrivenRing(ProcessRingOptions options, WallTime start, ProcessHost& host) : BridgeInProcess(std::move(options), host) {
    runtime().drive(start);
  }

  Result<void, std::string> open(Staging staging) override {
    auto port = ReservedPort::take(runtime());
    if (!port) return fail(port.error());
    control_port_ = *std::move(port);
    control_url_ = "http://" + control_port_->address();
    control_ = std::make_unique<BridgeControl>(control_url_, harness_transport());
    return BridgeInProcess::open(std::move(staging));
  }

  std::optional<Trouble> run_until_quiet() override {
    return await_quiet([this](milliseconds limit) { return state_within(limit); }, [this] { return who_is_busy(); });
  }

  std::optional<WallTime> next_timer() override {
    const auto own = next_timer_of_the_world();
    if (!is_up() || !status_.next_timer) return own;
    return own ? std::min(*own, *status_.next_timer) : *status_.next_timer;
  }

  std::optional<Trouble> advance_to(WallTime when) override {
    {
      const auto held = world().network().hold_calls();
      if (is_up()) {
        if (const auto set = control_->set_clock(when); !set && is_up()) return Trouble{set.error()};
      }
      runtime().advance_to(when);
    }
    world().network().pass_timer();
    return std::nullopt;
  }

  std::optional<BridgeWork> bridge_work() override {
    if (!is_up()) return std::nullopt;
    const auto status = control_->status();
    if (!status) return std::nullopt;
    return BridgeWork{status->jobs_due, status->jobs_waiting, status->jobs_parked};
  }

 private:
  std::vector<std::string> arguments() const override { return {"--control", control_url_}; }

  bool prepare(std::string& what_is_missing) override {
    const auto set = control_->set_clock(runtime().now());
    if (!set) what_is_missing = set.error();
    return bool(set);
  }

  std::string who_is_busy() {
    if (!control_trouble_.empty()) return control_trouble_;
    std::string holders;
    for (const std::string& name : runtime().busy_tasks()) holders += (holders.empty() ? "" : ", ") + name;
    if (!status_.busy_tasks.empty()) holders += (holders.empty() ? "the bridge: " : "; the bridge: ") + status_.busy_tasks;
    return "busy: " + (holders.empty() ? "nobody says so" : holders);
  }

  /// Quiet, or gone, as soon as that is so.
  State state_within(milliseconds limit) {
    for (const RealStopwatch watch; watch.elapsed() < limit;) {
      const Activity before = runtime().activity();
      if (before.busy != 0) {
        runtime().wait_until_idle(milliseconds{50});
        continue;
      }
      if (!is_up()) return State::gone;
      const auto status = control_->status();
      if (!status) {
        // Perhaps it is being killed at this moment; a bridge that stays mute is named when patience ends.
        control_trouble_ = status.error();
        runtime().wait_for_change(before.changes, milliseconds{5});
        continue;
      }
      control_trouble_.clear();
      status_ = *status;
      // Before the second look: a call that comes meanwhile must be seen in it, or its answer's timer is not known yet.
      const bool is_idle = status_.ready && is_bridge_idle();
      const Activity after = runtime().activity();
      if (is_idle && after.busy == 0 && after.changes == before.changes) return State::quiet;
      runtime().wait_for_change(after.changes, milliseconds{1});
    }
    return State::busy;
  }

  /// Nothing to do, or nothing but to wait for answers that this world holds back, each of them.
  bool is_bridge_idle() {
    if (status_.busy == 0) return status_.jobs_due == 0;
    return status_.busy == status_.calls && !is_called() && calls_held() == status_.calls;
  }

  std::optional<ReservedPort> control_port_;
  std::string control_url_;
  std::unique_ptr<BridgeControl> control_;
  BridgeStatus status_;
  std::string control_trouble_;
};

}  // namespace

std::unique_ptr<Ring> make_driven_ring(ProcessRingOptions options, WallTime start, ProcessHost& host) {
  return std::make_unique<DrivenRing>(std::move(options), start, host);
}

}  // namespace casewire::scenarios
