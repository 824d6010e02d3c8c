#include "scenarios/runner/simulated_ring.hpp"

#include <algorithm>
#include <optional>

#include "base/http/in_process_transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "base/text/strings.hpp"
#include "bridge/bridge.hpp"
#include "bridge/operation/shown.hpp"
#include "bridge/store/memory_store.hpp"
#include "scenarios/runner/bridge_log.hpp"
#include "scenarios/runner/faulty_store.hpp"
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
  SimulatedRing(WallTime start, std::uint64_t seed)
      : fibers_(start, seed),
        bridge_seed_(seed),
        salesforce_(fibers_.make_process("salesforce")),
        opencx_(fibers_.make_process("opencx")),
        people_(fibers_.make_process("people")),
        from_salesforce_(*salesforce_, resolver()),
        from_opencx_(*opencx_, resolver()),
        mail_(*people_, [this](const sim::mail::Envelope& mail) { return world_->receive_mail(mail); }) {}

  ~SimulatedRing() override {
    end_bridge();
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
      if (!bridge_ || process_->killed()) return;
      // On a fiber of the bridge itself nothing after kill() runs.
      crashed_ = true;
      world_->note_bridge(sim::BridgeEvent{.event = "crashed", .detail = strike.sentence});
      process_->kill();
    });
    return {};
  }

  World& world() override { return *world_; }

  Result<void, Trouble> start_bridge() override {
    if (bridge_ && !process_->killed()) return {};
    end_bridge();
    const Credentials& credentials = world_->staging().credentials;
    bridge::Config config;
    config.listen = {"bridge.test", 80};
    config.salesforce.login_url = kUrls.salesforce;
    config.salesforce.client_id = credentials.salesforce_client_id;
    config.salesforce.client_secret = credentials.salesforce_client_secret;
    config.salesforce.refresh_token = credentials.salesforce_refresh_token;
    config.salesforce.webhook_secrets = {credentials.salesforce_webhook_secret};
    config.opencx.url = kUrls.opencx;
    config.opencx.api_key = credentials.opencx_api_key;
    config.opencx.webhook_secrets = {credentials.opencx_webhook_secret};
    const auto& settings = world_->staging().bridge_settings;
    if (auto set = bridge::read_environment(config, {settings.begin(), settings.end()}); !set) {
      return fail(Trouble{set.error().problem});
    }

    process_ = fibers_.make_process("bridge");
    transport_ = std::make_unique<http::InProcessTransport>(*process_, resolver());
    faulty_store_ = std::make_unique<FaultyStore>(store_, world_->network());
    rng_ = std::make_unique<SeededRng>(++bridge_seed_ * 0x9e3779b97f4a7c15u);
    bridge_ = std::make_unique<bridge::Bridge>(std::move(config),
                                               bridge::Surroundings{*process_, *transport_, *faulty_store_, *rng_, log_});
    bridge_handler_ = [this](const http::Request& request) { return bridge_->handle(request); };
    world_->note_bridge(sim::BridgeEvent{.event = "started"});
    bridge_->start();
    world_->note_bridge(sim::BridgeEvent{.event = "ready"});
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
    if (!bridge_ || process_->killed()) return;
    process_->kill();
    world_->note_bridge(sim::BridgeEvent{.event = "crashed", .detail = "killed by the script"});
  }

  Result<void, Trouble> stop_bridge() override {
    if (!bridge_ || process_->killed()) return {};
    process_->spawn("stop", [this] { bridge_->stop(); });
    fibers_.run_until_quiet();
    process_->kill();
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
    if (!bridge_ || process_->killed()) return std::nullopt;
    const bridge::Status status = bridge_->status();
    return BridgeWork{status.jobs_due, status.jobs_waiting, status.jobs_parked};
  }

  Result<std::string, std::string> operate(const std::vector<std::string>& words) override {
    if (!bridge_ || process_->killed()) return fail("no bridge runs");
    std::optional<Json> reply;
    process_->spawn("operator", [&] { reply = bridge_->operate(words); });
    fibers_.run_until_quiet();
    if (!reply) return fail("it did not answer while time stood still");
    if (reply->contains("error")) return fail(string_member(*reply, "error"));
    return bridge::as_text(words, member(*reply, "answer"));
  }

  std::string bridge_output() const override { return log_.tail(); }
  std::shared_ptr<const BridgeLog> bridge_log() const override { return log_.lines(); }

 private:
  http::InProcessTransport::Resolver resolver() {
    return [this](std::string_view origin) -> const http::Handler* {
      if (origin == kUrls.salesforce) return &salesforce_handler_;
      if (origin == kUrls.opencx) return &opencx_handler_;
      const bool up = bridge_ && process_ && !process_->killed();
      return origin == kUrls.bridge && up ? &bridge_handler_ : nullptr;
    };
  }

  void end_bridge() {
    if (process_) process_->kill();
    bridge_.reset();
    transport_.reset();
    process_.reset();
  }

  FiberRuntime fibers_;
  std::uint64_t bridge_seed_;
  std::unique_ptr<FiberProcess> salesforce_, opencx_, people_;
  http::InProcessTransport from_salesforce_, from_opencx_;
  sim::mail::DirectMailTransport mail_;
  http::Handler salesforce_handler_, opencx_handler_, bridge_handler_;
  std::unique_ptr<World> world_;
  // The bridge: what survives its crash, then what does not.
  bridge::MemoryStore store_;
  std::optional<bridge::MemoryStore> saved_store_;
  KeptLog log_;
  std::unique_ptr<FiberProcess> process_;
  std::unique_ptr<http::InProcessTransport> transport_;
  std::unique_ptr<FaultyStore> faulty_store_;
  std::unique_ptr<SeededRng> rng_;
  std::unique_ptr<bridge::Bridge> bridge_;
  bool crashed_ = false;
};

}  // namespace

std::unique_ptr<Ring> make_simulated_ring(WallTime start, std::uint64_t seed) {
  return std::make_unique<SimulatedRing>(start, seed);
}

}  // namespace casewire::scenarios
