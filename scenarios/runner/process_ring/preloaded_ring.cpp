// The process ring of a bridge that knows nothing of us: a preloaded library shows it the world's time (sim/clock), the kernel says
// whether any of its threads has something to do, and both clocks move when nobody has.

#include <algorithm>

#include "base/runtime/stopwatch.hpp"
#include "scenarios/runner/bridge_in_process.hpp"
#include "sim/clock/driver.hpp"

namespace casewire::scenarios {
namespace {

class PreloadedRing final : public BridgeInProcess {
 public:
  PreloadedRing(ProcessRingOptions options, WallTime start, ProcessHost& host)
      : BridgeInProcess(std::move(options), host), start_(start) {
    runtime().drive(start);
  }

  Result<void, std::string> open(Staging staging) override {
    auto driver = sim::clock::Driver::create(folder_.path() + "/clock", sim::clock::library_beside_this_program(), start_);
    if (!driver) return fail(driver.error());
    clock_ = std::move(*driver);
    return BridgeInProcess::open(std::move(staging));
  }

  Result<void, Trouble> start_bridge() override {
    if (is_up()) return {};
    clock_->forget_processes();
    auto started = BridgeInProcess::start_bridge();
    if (!started || !is_up()) return started;
    if (const auto stray = clock_->process_without(bridge_group())) {
      return fail(Trouble{*stray + " lives in real time: it is a static program, or was started with an environment of its own. "
                                   "--real-time waits for such a bridge",
                          true});
    }
    return started;
  }

  std::optional<Trouble> run_until_quiet() override {
    return await_quiet([this](milliseconds limit) { return state_within(limit); }, [this] { return holder_; });
  }

  std::optional<WallTime> next_timer() override {
    const auto own = next_timer_of_the_world();
    const auto bridges = is_up() ? clock_->next() : std::nullopt;
    if (!own || !bridges) return own ? own : bridges;
    return std::min(*own, *bridges);
  }

  std::optional<Trouble> advance_to(WallTime when) override {
    {
      const auto held = world().network().hold_calls();
      clock_->advance_to(when);
      runtime().advance_to(when);
    }
    world().network().pass_timer();
    return std::nullopt;
  }

  std::optional<BridgeWork> bridge_work() override { return std::nullopt; }

  std::string note() const override {
    std::string note =
        "The bridge lived in virtual time by a preloaded clock, which moved " + std::to_string(clock_->jumps()) + " times.";
    for (const std::string& housekeeper : clock_->housekeepers())
      note += " Woken late, since nothing came of it: " + housekeeper + ".";
    return note;
  }

 private:
  EnvironmentVariables further_environment() const override {
    const auto variables = clock_->environment();
    return {variables.begin(), variables.end()};
  }

  bool prepare(std::string&) override { return true; }

  /// A bridge that starts or ends may sleep meanwhile.
  void while_it_starts_or_ends() override {
    constexpr milliseconds kAtMost{1'000};
    if (!is_up() || state_within(milliseconds{5}) != State::quiet) return;
    const auto next = clock_->next();
    if (next && *next <= now() + kAtMost) static_cast<void>(advance_to(*next));
  }

  /// Quiet, or gone, as soon as that is so.
  State state_within(milliseconds limit) {
    const RealStopwatch watch;
    do {
      const Activity before = runtime().activity();
      if (before.busy != 0) {
        holder_.clear();
        for (const std::string& name : runtime().busy_tasks()) holder_ += (holder_.empty() ? "busy: " : ", ") + name;
        runtime().wait_until_idle(milliseconds{50});
        continue;
      }
      if (!is_up()) return State::gone;
      clock_->hear(world().journal().size());
      if (const auto busy = clock_->busy()) {
        holder_ = "busy: the bridge, " + *busy;
        clock_->wait_a_moment();
        continue;
      }
      if (is_called()) {
        holder_ = "busy: a call of the bridge that is not complete";
        clock_->wait_a_moment();
        continue;
      }
      // One that has ended meanwhile has nothing to do either.
      if (!is_up()) return State::gone;
      const Activity after = runtime().activity();
      if (after.busy == 0 && after.changes == before.changes) return State::quiet;
    } while (watch.elapsed() < limit);
    return State::busy;
  }

  WallTime start_;
  TemporaryFolder folder_{"casewire-clock"};
  std::unique_ptr<sim::clock::Driver> clock_;
  std::string holder_;
};

}  // namespace

std::unique_ptr<Ring> make_preloaded_ring(ProcessRingOptions options, WallTime start, ProcessHost& host) {
  return std::make_unique<PreloadedRing>(std::move(options), start, host);
}

}  // namespace casewire::scenarios
