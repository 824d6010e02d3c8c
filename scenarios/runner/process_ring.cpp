#include "scenarios/runner/process_ring.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/strings.hpp"
#include "scenarios/runner/bridge_control.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "sim/mail/smtp.hpp"

namespace casewire::scenarios {
namespace {

/// A port that nobody listens on. The bridge is told its address before it exists (design section 3), so somebody has to choose one
/// and give it up again; the system must not hand it to somebody else meanwhile, as it does with a port from its own range (seen
/// with twelve scenarios at once). So: below that range, each port once per harness, and each harness from another place on.
Result<std::uint16_t, std::string> free_port(Runtime& runtime) {
  constexpr unsigned kFirst = 20'000, kCount = 12'000, kTriesMax = 500;
  static std::atomic<unsigned> next = static_cast<unsigned>(::getpid()) * 61U;
  std::string problem;
  for (unsigned tries = 0; tries < kTriesMax; ++tries) {
    const auto port = static_cast<std::uint16_t>(kFirst + next++ % kCount);
    auto server = http::SocketServer::start(runtime, [](const http::Request&) { return http::Reply{}; }, {.port = port});
    if (server) return port;
    problem = server.error().problem;
  }
  return fail("no free port for the bridge: " + problem);
}

std::string loopback(std::uint16_t port) { return "http://127.0.0.1:" + std::to_string(port); }

class ProcessRing final : public Ring {
 public:
  ProcessRing(ProcessRingOptions options, ProcessHost& host) : options_(std::move(options)), host_(host) {
    if (options_.controlled) runtime_.drive(options_.start);
  }

  ~ProcessRing() override {
    bridge_.reset();
    // The servers first: nobody calls the world any more; then the tasks of the fakes; then the world itself.
    for (auto* server : {&salesforce_server_, &opencx_server_}) {
      if (*server) (*server)->stop(milliseconds{200});
    }
    if (smtp_server_) smtp_server_->stop();
    runtime_.stop();
  }

  Result<void, std::string> open(Staging staging) override {
    const auto serve = [&](std::unique_ptr<http::SocketServer>& server, http::Handler (World::*handler)() const,
                           std::string& url) -> Result<void, std::string> {
      auto started = http::SocketServer::start(
          runtime_, [this, handler](const http::Request& request) { return ((*world_).*handler)()(request); });
      if (!started) return fail(started.error().problem);
      server = std::move(*started);
      url = server->url();
      return {};
    };
    if (auto done = serve(salesforce_server_, &World::salesforce_handler, urls_.salesforce); !done) return done;
    if (auto done = serve(opencx_server_, &World::opencx_handler, urls_.opencx); !done) return done;
    auto smtp =
        sim::mail::SmtpServer::start(runtime_, [this](const sim::mail::Envelope& mail) { return world_->receive_mail(mail); });
    if (!smtp) return fail(smtp.error().problem);
    smtp_server_ = std::move(*smtp);
    mail_ = std::make_unique<sim::mail::SmtpTransport>("127.0.0.1", smtp_server_->port());
    const auto bridge_port = free_port(runtime_);
    const auto control_port = free_port(runtime_);
    if (!bridge_port) return fail(bridge_port.error());
    if (!control_port) return fail(control_port.error());
    bridge_address_ = "127.0.0.1:" + std::to_string(*bridge_port);
    urls_.bridge = loopback(*bridge_port);
    control_url_ = loopback(*control_port);
    control_ = std::make_unique<BridgeControl>(control_url_, control_transport_);

    staging.bridge_is_ours = options_.bridge_is_ours;
    auto world = World::open(std::move(staging), urls_, {runtime_, runtime_, webhook_transport_, webhook_transport_, *mail_});
    if (!world) return fail(world.error());
    world_ = std::move(*world);
    world_->network().on_crash([this](const sim::Strike& strike) {
      // On a server's thread. The child is gone when kill() returns, so nothing it might still do is left to chance.
      if (!bridge_ || !bridge_->running()) return;
      is_crashing_ = true;
      bridge_->kill();
      crashed_ = true;
      world_->journal().append("bridge", sim::BridgeEvent{.event = "crashed", .detail = strike.sentence});
    });
    return {};
  }

  World& world() override { return *world_; }

  Result<void, std::string> start_bridge() override {
    if (bridge_ && bridge_->running()) return {};
    std::vector<std::string> command = options_.bridge_command;
    if (options_.controlled) command.insert(command.end(), {"--control", control_url_});
    EnvironmentVariables environment = bridge_settings(urls_, bridge_address_, state_.path());
    environment.insert(options_.bridge_environment.begin(), options_.bridge_environment.end());
    auto child = host_.start(command, environment);
    if (!child) return fail(child.error());
    bridge_ = std::move(*child);
    put_down_ = false;
    world_->journal().append("bridge", sim::BridgeEvent{.event = "started"});
    auto ready = await_ready();
    if (!ready) {
      // Or everybody who waits for quiet would wait for it again.
      put_down_ = true;
      bridge_->kill();
    }
    return ready;
  }

  void kill_bridge() override {
    if (!bridge_ || !bridge_->running()) return;
    put_down_ = true;
    bridge_->kill();
    world_->journal().append("bridge", sim::BridgeEvent{.event = "crashed", .detail = "killed by the script"});
  }

  Result<void, std::string> stop_bridge() override {
    if (!bridge_ || !bridge_->running()) return {};
    constexpr milliseconds kGrace{10'000};
    put_down_ = true;
    const bool ended = bridge_->terminate(kGrace);
    world_->journal().append("bridge",
                             sim::BridgeEvent{.event = "stopped", .detail = ended ? bridge_->end() : "did not end, killed"});
    if (ended) return {};
    return fail("it was still running " + human_duration(kGrace) + " of real time after SIGTERM, and was killed");
  }

  Result<bool, std::string> restart_if_crashed() override {
    if (!crashed_.exchange(false)) return false;
    is_crashing_ = false;
    if (auto started = start_bridge(); !started) return fail(started.error());
    return true;
  }

  void perform(const std::function<void()>& deed) override {
    const BusyScope busy(runtime_);
    deed();
  }

  WallTime now() const override { return runtime_.now(); }

  std::optional<std::string> run_until_quiet() override {
    const RealStopwatch watch;
    milliseconds still_since{0};
    std::uint64_t seen = 0;
    std::string control_trouble;
    while (watch.elapsed() < options_.patience) {
      const Activity before = runtime_.activity();
      if (before.busy != 0) {
        runtime_.wait_for_change(before.changes, milliseconds{50});
        still_since = watch.elapsed();
        continue;
      }
      if (crashed_) return std::nullopt;  // the caller starts it again
      if (!bridge_ || !bridge_->running()) {
        if (!is_crashing_) return died_unasked();
        runtime_.wait_for_change(before.changes, milliseconds{1});  // gone already, and in a moment crashed_
        continue;
      }
      if (!options_.controlled) {
        if (before.changes != seen) still_since = watch.elapsed();
        seen = before.changes;
        if (watch.elapsed() - still_since >= options_.quiet_period) return std::nullopt;
        runtime_.wait_for_change(before.changes, options_.quiet_period);
        continue;
      }
      const auto status = control_->status();
      if (!status) {
        // Perhaps it is being killed at this moment; a bridge that stays mute is named when patience ends.
        control_trouble = status.error();
        runtime_.wait_for_change(before.changes, milliseconds{5});
        continue;
      }
      control_trouble.clear();
      status_ = *status;
      const Activity after = runtime_.activity();
      if (after.busy == 0 && after.changes == before.changes && status_.ready && status_.busy == 0 && status_.jobs_due == 0) {
        return std::nullopt;
      }
      runtime_.wait_for_change(after.changes, milliseconds{1});
    }
    if (!control_trouble.empty()) return control_trouble;
    std::string holders;
    for (const std::string& name : runtime_.busy_tasks()) holders += (holders.empty() ? "" : ", ") + name;
    if (!status_.busy_tasks.empty()) holders += (holders.empty() ? "the bridge: " : "; the bridge: ") + status_.busy_tasks;
    return "the world did not become quiet within " + human_duration(options_.patience) +
           " of real time; busy: " + (holders.empty() ? "nobody says so" : holders);
  }

  std::optional<WallTime> next_timer() override {
    std::optional<WallTime> next;
    if (const auto own = runtime_.activity().next_timer) next = runtime_.wall_time_of(*own);
    if (options_.controlled && status_.next_timer && bridge_ && bridge_->running()) {
      next = next ? std::min(*next, *status_.next_timer) : *status_.next_timer;
    }
    return next;
  }

  bool advance_to(WallTime when) override {
    if (!options_.controlled) {
      // Real time: wait for what is near, refuse what is far.
      constexpr milliseconds kRealWaitMax{30'000};
      const milliseconds ahead = when - runtime_.now();
      if (ahead > kRealWaitMax) return false;
      runtime_.sleep_for(ahead);
      return true;
    }
    {
      const auto held = world_->network().hold_calls();
      if (bridge_ && bridge_->running()) {
        if (const auto set = control_->set_clock(when); !set && bridge_->running()) return false;
      }
      runtime_.advance_to(when);
    }
    world_->network().pass_timer();
    return true;
  }

  std::string note() const override {
    if (options_.controlled) return {};
    return "The bridge has no control connection: it was judged after " + human_duration(options_.quiet_period) +
           " without traffic, in real time.";
  }

  std::optional<BridgeWork> bridge_work() override {
    if (!options_.controlled || !bridge_ || !bridge_->running()) return std::nullopt;
    const auto status = control_->status();
    if (!status) return std::nullopt;
    return BridgeWork{status->jobs_due, status->jobs_waiting, status->jobs_parked};
  }

  std::string bridge_output() const override { return bridge_ ? bridge_->output() : std::string(); }

 private:
  Result<void, std::string> await_ready() {
    constexpr milliseconds kStartMax{10'000};
    const RealStopwatch watch;
    std::string healthz = "was not asked, for the control connection gave no answer";
    bool clock_set = !options_.controlled;
    while (watch.elapsed() < kStartMax) {
      if (crashed_) return {};  // a crash fault met it at once: the caller starts it again
      if (!bridge_->running() && !is_crashing_)
        return fail("the bridge " + bridge_->end() + " before it was ready. " + last_words());
      if (!clock_set) clock_set = bool(control_->set_clock(runtime_.now()));
      if (clock_set) {
        const auto health = control_transport_.send({.target = urls_.bridge + "/healthz"}, {std::chrono::seconds(2)});
        if (health && health->status == 200) {
          world_->journal().append("bridge", sim::BridgeEvent{.event = "ready"});
          return {};
        }
        healthz = health ? "answered " + std::to_string(health->status) : "gave no answer: " + health.error().what;
      }
      runtime_.wait_for_change(runtime_.activity().changes, milliseconds{2});
    }
    return fail("the bridge was not ready within " + human_duration(kStartMax) + ": " + urls_.bridge + "/healthz " + healthz +
                ". " + last_words());
  }

  /// Nothing runs that could still act; only a bridge that nobody told to end is worth a word.
  std::optional<std::string> died_unasked() const {
    if (!bridge_ || put_down_) return std::nullopt;
    return "the bridge ended by itself: it " + bridge_->end() + ". " + last_words();
  }

  std::string last_words() const {
    const std::string output = bridge_->output();
    const std::string_view words = trimmed(output);
    return words.empty() ? "It said nothing." : "It said:\n" + std::string(words);
  }

  ProcessRingOptions options_;
  ProcessHost& host_;
  ThreadRuntime runtime_;
  TemporaryFolder state_{"casewire-bridge"};
  http::SocketTransport webhook_transport_;
  http::SocketTransport control_transport_;
  std::unique_ptr<sim::mail::SmtpTransport> mail_;
  Urls urls_;
  std::string bridge_address_, control_url_;
  std::unique_ptr<World> world_;
  std::unique_ptr<http::SocketServer> salesforce_server_, opencx_server_;
  std::unique_ptr<sim::mail::SmtpServer> smtp_server_;
  std::unique_ptr<BridgeControl> control_;
  std::unique_ptr<ChildProcess> bridge_;
  BridgeStatus status_;
  bool put_down_ = false;                  ///< killed or stopped by the script
  std::atomic<bool> is_crashing_ = false;  ///< from the moment before a crash fault kills it
  std::atomic<bool> crashed_ = false;      ///< and it is gone
};

}  // namespace

std::unique_ptr<Ring> make_process_ring(ProcessRingOptions options, ProcessHost& host) {
  return std::make_unique<ProcessRing>(std::move(options), host);
}

}  // namespace casewire::scenarios
