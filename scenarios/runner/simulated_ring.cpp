#include "scenarios/runner/simulated_ring.hpp"

#include <algorithm>
#include <optional>

#include "base/text/strings.hpp"
#include "bridge/operation/shown.hpp"
#include "bridge/store/memory_store.hpp"
#include "scenarios/runner/bridge_environment.hpp"
#include "scenarios/runner/bridge_log.hpp"
#include "scenarios/runner/simulated_bridge.hpp"
#include "sim/mail/smtp.hpp"

namespace casewire::scenarios {
namespace {

/// A bridge that goes on for so long within one moment never comes to rest.
constexpr std::size_t kTurnsMax = 100'000, kTurnsAtOnce = 100;

const Urls kUrls{"http://salesforce.test", "http://opencx.test", "http://bridge.test"};

/// Keeps what the bridge logs, for reports, and the end of it as text.
class KeptLog final : public bridge::Log {
 public:
  /// From now on lines are kept with the journal entry that they follow.
  void begin(sim::Journal& journal, const FiberRuntime& fibers) { journal_ = &journal, fibers_ = &fibers; }
  void write(bridge::LogLevel level, std::string_view event, const bridge::LogFields& fields) override {
    if (level == bridge::LogLevel::debug) return;
    lines_->add(bridge::text_line(level, event, fields) + "\n", fibers_->now(), journal_->size());
    tail_ += event;
    for (const auto& field : fields) {
      tail_ += ' ';
      tail_ += field.first;
      tail_ += '=';
      tail_ += field.second;
    }
    tail_ += '\n';
    if (tail_.size() > kBytesMax) tail_.erase(0, tail_.size() - kBytesMax);
  }
  const std::string& tail() const { return tail_; }
  std::shared_ptr<const BridgeLog> lines() const { return lines_; }

 private:
  static constexpr std::size_t kBytesMax = 16 * 1024;
  std::string tail_;
  std::shared_ptr<BridgeLog> lines_ = std::make_shared<BridgeLog>();
  sim::Journal* journal_ = nullptr;
  const FiberRuntime* fibers_ = nullptr;
};

class SimulatedRing final : public Ring {
 public:
  bool has_threads() const override { return false; }
  SimulatedRing(WallTime start, std::uint64_t seed, Fleet fleet)
      : fibers_(start, seed),
        bridge_seed_(seed),
        fleet_(std::move(fleet)),
        salesforce_(fibers_.make_process("salesforce")),
        opencx_(fibers_.make_process("opencx")),
        people_(fibers_.make_process("people")),
        fate_(fibers_.make_process("fate")),
        from_salesforce_(*salesforce_, resolver()),
        from_opencx_(*opencx_, resolver()),
        mail_(*people_, [this](const sim::mail::Envelope& mail) { return world_->receive_mail(mail); }) {}

  ~SimulatedRing() override {
    fate_->kill();
    bridges_.clear();
    // Before the world: their fibers stand in its functions.
    for (FiberProcess* process : {people_.get(), opencx_.get(), salesforce_.get()}) process->kill();
  }

  Result<void, std::string> open(Staging staging) override {
    auto world = World::open(std::move(staging), kUrls, {*salesforce_, *opencx_, from_salesforce_, from_opencx_, mail_});
    if (!world) return fail(world.error());
    world_ = std::move(*world);
    log_.begin(world_->journal(), fibers_);
    salesforce_handler_ = world_->salesforce_handler();
    opencx_handler_ = world_->opencx_handler();
    world_->network().on_crash([this](const sim::Strike& strike) {
      SimulatedBridge* struck = running_here();
      if (!struck) return;
      // On a fiber of the bridge itself nothing after kill() runs.
      crashed_ = true;
      world_->note_bridge(sim::BridgeEvent{.event = "crashed", .detail = strike.sentence});
      struck->kill();
    });
    for (std::size_t i = 0; i < fleet_.bridges; ++i) {
      bridges_.push_back(std::make_unique<SimulatedBridge>(
          SimulatedBridge::Place{fibers_, resolver(), store_, reach_, world_->network(), log_, fleet_.bridges > 1},
          fleet_.bridges > 1 ? "bridge " + std::to_string(i + 1) : "bridge"));
    }
    for (const Misfortune& misfortune : fleet_.misfortunes)
      fate_->spawn("misfortune", [this, misfortune] { befall(misfortune); });
    return {};
  }

  World& world() override { return *world_; }

  Result<void, Trouble> start_bridge() override {
    if (std::all_of(bridges_.begin(), bridges_.end(), [](const auto& one) { return one->is_up(); })) return {};
    const auto config = settings();
    if (!config) return fail(Trouble{config.error().problem});
    world_->note_bridge(sim::BridgeEvent{.event = "started"});
    for (const auto& one : bridges_) one->start(*config, ++bridge_seed_);
    world_->note_bridge(sim::BridgeEvent{.event = "ready"});
    return {};
  }

  Result<void, std::string> change_setting(const std::string& variable, const std::string& value) override {
    changed_settings_[variable] = value;
    const auto config = settings();
    if (!config) return fail(config.error().problem);
    for (const auto& one : bridges_) {
      if (one->is_up()) one->process().spawn("settings", [&bridge = one->bridge(), &config] { bridge.take_up(*config); });
    }
    fibers_.run_until_quiet();
    return {};
  }

  bool reaches_the_store() const override { return true; }

  Result<void, std::string> save_state() override {
    saved_store_ = store_;
    return {};
  }
  Result<void, std::string> restore_state() override {
    if (!saved_store_) return fail("nothing was saved");
    store_ = *saved_store_;
    return {};
  }
  void lose_state() override { store_ = bridge::MemoryStore(); }

  void kill_bridge() override {
    if (!one_that_is_up()) return;
    for (const auto& one : bridges_) one->kill();
    world_->note_bridge(sim::BridgeEvent{.event = "crashed", .detail = "killed by the script"});
  }

  Result<void, Trouble> stop_bridge() override {
    if (!one_that_is_up()) return {};
    for (const auto& one : bridges_) {
      if (one->is_up()) one->process().spawn("stop", [&bridge = one->bridge()] { bridge.stop(); });
    }
    fibers_.run_until_quiet();
    for (const auto& one : bridges_) one->kill();
    world_->note_bridge(sim::BridgeEvent{.event = "stopped", .detail = "gracefully"});
    return {};
  }

  Result<bool, Trouble> restart_if_crashed() override {
    if (!crashed_) return false;
    crashed_ = false;
    if (auto started = start_bridge(); !started) return fail(started.error());
    return true;
  }

  void perform(const std::function<void()>& deed) override {
    people_->spawn("script", deed);
    fibers_.run_until_quiet();
  }

  WallTime now() const override { return fibers_.now(); }

  std::optional<Trouble> run_until_quiet() override {
    for (std::size_t turns = 0; turns < kTurnsMax; turns += kTurnsAtOnce) {
      if (fibers_.run_until_quiet(kTurnsAtOnce)) return std::nullopt;
      if (auto blind = blindness()) return blind;  // turns that move megabytes each would last for minutes
    }
    std::string holders;
    for (const std::string& name : fibers_.runnable()) holders += (holders.empty() ? "" : ", ") + name;
    return Trouble{"the world did not become quiet within " + std::to_string(kTurnsMax) + " turns; busy: " + holders};
  }

  std::optional<WallTime> next_timer() override { return fibers_.next_timer(); }
  std::optional<WallTime> next_timer_of_the_world() override {
    std::optional<WallTime> next;
    for (const FiberProcess* process : {salesforce_.get(), opencx_.get(), people_.get()}) {
      const auto timer = process->activity().next_timer;
      if (!timer) continue;
      const WallTime when = now() + (*timer - process->steady_now());
      next = next ? std::min(*next, when) : when;
    }
    return next;
  }

  std::optional<Trouble> advance_to(WallTime when) override {
    fibers_.advance_to(when);
    world_->network().pass_timer();
    return std::nullopt;
  }

  std::optional<BridgeWork> bridge_work() override {
    SimulatedBridge* one = one_that_is_up();
    if (!one) return std::nullopt;
    const bridge::Status status = one->bridge().status();
    return BridgeWork{status.jobs_due, status.jobs_waiting, status.jobs_parked};
  }

  Result<std::string, std::string> look_at(const std::string& path) override {
    SimulatedBridge* one = one_that_is_up();
    if (!one) return fail("no bridge runs");
    std::optional<http::Reply> reply;
    one->process().spawn("looks", [&] { reply = one->bridge().handle({.method = "GET", .target = path}); });
    fibers_.run_until_quiet();
    if (!reply) return fail("it did not answer while time stood still");
    return std::to_string(reply->response.status) + "\n" + reply->response.body;
  }

  Result<std::string, std::string> operate(const std::vector<std::string>& words) override {
    SimulatedBridge* one = one_that_is_up();
    if (!one) return fail("no bridge runs");
    std::optional<Json> reply;
    one->process().spawn("operator", [&] { reply = one->bridge().operate(words); });
    fibers_.run_until_quiet();
    if (!reply) return fail("it did not answer while time stood still");
    if (reply->contains("error")) return fail(string_member(*reply, "error"));
    return bridge::as_text(words, member(*reply, "answer"));
  }

  std::string bridge_output() const override { return log_.tail(); }
  std::shared_ptr<const BridgeLog> bridge_log() const override { return log_.lines(); }

 private:
  Result<bridge::Config> settings() const {
    const Staging& staging = world_->staging();
    auto of_the_world = bridge_settings(kUrls, "bridge.test:80", "of-no-disk", staging.credentials);
    // What the vendors gave, as people paste it: with a blank behind each, and a slash behind an address.
    for (auto& [name, value] : of_the_world) {
      if (!name.starts_with("CASEWIRE_")) value += name.ends_with("_URL") ? "/ " : " ";
    }
    bridge::Config config;
    if (fleet_.workers_each > 0) config.workers = fleet_.workers_each;
    bridge::Environment chosen{changed_settings_.begin(), changed_settings_.end()};
    chosen.insert(staging.bridge_settings.begin(), staging.bridge_settings.end());
    chosen.insert(of_the_world.begin(), of_the_world.end());
    if (auto set = bridge::read_environment(config, chosen); !set) return fail(std::move(set.error()));
    return config;
  }

  http::InProcessTransport::Resolver resolver() {
    return [this](std::string_view origin) -> const http::Handler* {
      if (origin == kUrls.salesforce) return &salesforce_handler_;
      if (origin == kUrls.opencx) return &opencx_handler_;
      return origin == kUrls.bridge && one_that_answers() ? &bridge_handler_ : nullptr;
    };
  }

  /// Of several the next one, as whoever balances their load finds it; nullptr: there is none.
  template <class Suits>
  SimulatedBridge* next_that(const Suits& suits) {
    for (std::size_t i = 0; i < bridges_.size(); ++i) {
      SimulatedBridge& one = *bridges_[(addressed_ + i) % bridges_.size()];
      if (suits(one)) return &one;
    }
    return nullptr;
  }
  SimulatedBridge* one_that_is_up() {
    return next_that([](const SimulatedBridge& one) { return one.is_up(); });
  }
  SimulatedBridge* one_that_answers() {
    return next_that([](const SimulatedBridge& one) { return one.is_up() && !one.stands_still(); });
  }

  /// Who asks, or was asked last.
  SimulatedBridge* running_here() {
    for (const auto& one : bridges_) {
      if (one->is_running_here()) return one.get();
    }
    return one_that_is_up();
  }

  void befall(const Misfortune& misfortune) {
    fate_->sleep_for(misfortune.after);
    SimulatedBridge& one = *bridges_[misfortune.bridge];
    const WallTime end = fibers_.now() + misfortune.lasts;
    const auto note = [&](const char* event, const char* what) {
      world_->note_bridge(sim::BridgeEvent{.event = event, .detail = what});
    };
    switch (misfortune.kind) {
      case Misfortune::Kind::killed:
        if (!one.is_up()) return;
        note("crashed", "one of several");
        one.kill();
        // Whoever watches over it starts it again, as he does with all.
        fate_->sleep_for(misfortune.lasts);
        crashed_ = true;
        return;
      case Misfortune::Kind::stands_still:
        note("hindered", "one of several stands still");
        return one.stand_still(misfortune.at_step, misfortune.lasts);
      case Misfortune::Kind::cut_off:
        note("hindered", "one of several is cut off from the store");
        return one.cut_off_from_store_until(end);
      case Misfortune::Kind::store_down:
        note("hindered", "the store is down");
        ++reach_.downs;
        reach_.down_until = std::max(reach_.down_until, end);
        return;
    }
  }

  FiberRuntime fibers_;
  std::uint64_t bridge_seed_;
  Fleet fleet_;
  std::unique_ptr<FiberProcess> salesforce_, opencx_, people_, fate_;
  http::InProcessTransport from_salesforce_, from_opencx_;
  sim::mail::DirectMailTransport mail_;
  http::Handler salesforce_handler_, opencx_handler_;
  const http::Handler bridge_handler_ = [this](const http::Request& request) {
    SimulatedBridge* one = one_that_answers();
    ++addressed_;
    return one->bridge().handle(request);
  };
  std::unique_ptr<World> world_;
  EnvironmentVariables changed_settings_;  ///< since the bridge was started first
  // The bridges: what survives their crashes, then what does not.
  bridge::MemoryStore store_;
  std::optional<bridge::MemoryStore> saved_store_;
  Reach reach_;
  KeptLog log_;
  std::vector<std::unique_ptr<SimulatedBridge>> bridges_;
  std::size_t addressed_ = 0;  ///< webhooks so far
  bool crashed_ = false;
};

}  // namespace

std::unique_ptr<Ring> make_simulated_ring(WallTime start, std::uint64_t seed, Fleet fleet) {
  return std::make_unique<SimulatedRing>(start, seed, std::move(fleet));
}

}  // namespace casewire::scenarios
