#include "scenarios/runner/bridge_in_process.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/text/strings.hpp"
#include "scenarios/runner/bridge_settings_file.hpp"
#include "scenarios/runner/process_life.hpp"
#include "scenarios/runner/state_copy.hpp"

namespace casewire::scenarios {
namespace {

Result<void, std::string> copy_folder(const std::string& from, const std::string& to) {
  try {
    copy_state(from, to);
    return {};
  } catch (const std::filesystem::filesystem_error& error) {
    return fail("cannot copy " + from + ": " + error.code().message());
  }
}

std::string loopback(std::uint16_t port) { return "http://127.0.0.1:" + std::to_string(port); }

}  // namespace

BridgeInProcess::~BridgeInProcess() {
  bridge_.reset();
  if (posts_) posts_->stop(milliseconds{200});
  // The servers first: nobody calls the world any more; then the tasks of the fakes; then the world itself.
  for (auto* server : {&salesforce_server_, &opencx_server_}) {
    if (*server) (*server)->stop(milliseconds{200});
  }
  if (smtp_server_) smtp_server_->stop();
  runtime_.stop();
}

Result<void, std::string> BridgeInProcess::open(Staging staging) {
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
  auto port = ReservedPort::take(runtime_);
  if (!port) return fail(port.error());
  bridge_port_ = *std::move(port);
  urls_.bridge = loopback(bridge_port_->number());

  staging.bridge_is_ours = options_.bridge_is_ours;
  if (staging.record && staging.by_proxies) {
    posts_ = std::make_unique<Posts>(runtime_, harness_transport_);
    if (auto listening = posts_->listen({}); !listening) return fail(listening.error().problem);
  }
  auto world =
      World::open(std::move(staging), urls_for_the_world(), {runtime_, runtime_, webhook_transport_, webhook_transport_, *mail_});
  if (!world) return fail(world.error());
  world_ = std::move(*world);
  if (posts_) {
    // A call that comes while the clocks move has not begun: it would be recorded as having lasted all that time.
    const auto door = [this](http::Handler inner) { return world_->network().at_the_door(std::move(inner)); };
    posts_->open({urls_.salesforce, urls_.opencx, urls_.bridge, door}, *world_->recorder());
  }
  world_->network().on_crash([this](const sim::Strike& strike) {
    // On a server's thread. The child is gone when kill() returns, so nothing it might still do is left to chance.
    if (!is_up()) return;
    is_crashing_ = true;
    bridge_->kill();
    world_->note_bridge(sim::BridgeEvent{.event = "crashed", .detail = strike.sentence});
    crashed_ = true;
  });
  return {};
}

Urls BridgeInProcess::urls_for_the_bridge() const {
  return posts_ ? Urls{posts_->salesforce_url(), posts_->opencx_url(), urls_.bridge} : urls_;
}

Urls BridgeInProcess::urls_for_the_world() const {
  return posts_ ? Urls{urls_.salesforce, urls_.opencx, posts_->webhooks_url()} : urls_;
}

Result<void, Trouble> BridgeInProcess::start_bridge() {
  if (is_up()) return {};
  // Starting takes a processor; what starts while others wait for theirs is late by the harness's fault.
  const ProcessHost::StartingPlace place(host_);
  std::vector<std::string> command = options_.bridge_command;
  for (std::string& argument : arguments()) command.push_back(std::move(argument));
  EnvironmentVariables environment =
      bridge_settings(urls_for_the_bridge(), bridge_port_->address(), state_.path(), world_->staging().credentials);
  environment.insert(options_.bridge_environment.begin(), options_.bridge_environment.end());
  for (const auto& [name, value] : world_->staging().bridge_settings) environment[name] = value;
  if (options_.bridge_is_ours) {
    const auto in_the_file = settings_in_the_file();
    std::ofstream(settings_file_path()) << settings_file(in_the_file);
    for (const auto& [name, value] : in_the_file) environment.erase(name);
    command.insert(command.end(), {"--config", settings_file_path()});
  }
  environment.merge(further_environment());
  auto child =
      host_.start({.command = std::move(command), .environment = std::move(environment), .folder = options_.bridge_folder},
                  [this](std::string_view text) { log_->add(text, runtime_.now(), world_->journal().size()); });
  if (!child) return fail(Trouble{child.error(), true});  // that the command names a program was checked before
  bridge_ = std::move(*child);
  put_down_ = false;
  world_->note_bridge(sim::BridgeEvent{.event = "started"});
  auto ready = await_ready();
  if (!ready) {
    // Or everybody who waits for quiet would wait for it again.
    put_down_ = true;
    bridge_->kill();
  }
  return ready;
}

void BridgeInProcess::kill_bridge() {
  if (!is_up()) return;
  put_down_ = true;
  bridge_->kill();
  world_->note_bridge(sim::BridgeEvent{.event = "crashed", .detail = "killed by the script"});
}

Result<void, Trouble> BridgeInProcess::stop_bridge() {
  if (!is_up()) return {};
  constexpr milliseconds kGrace{10'000}, kLook{500};
  put_down_ = true;
  FairWatch watch(bridge_->group());
  bridge_->ask_to_end();
  bool ended = bridge_->wait_gone(kLook);
  while (!ended && watch.elapsed() < kGrace) {
    while_it_starts_or_ends();
    ended = bridge_->wait_gone(kLook);
  }
  const bool was_starved = !ended && watch.was_starved();
  if (!ended) bridge_->kill();
  world_->note_bridge(sim::BridgeEvent{.event = "stopped", .detail = ended ? bridge_->end() : "did not end, killed"});
  if (ended) return {};
  return fail(Trouble{"it was still running " + human_duration(kGrace) + " of real time after SIGTERM, and was killed" +
                          (was_starved ? "; it had waited for a processor for most of them" : ""),
                      was_starved});
}

Result<bool, Trouble> BridgeInProcess::restart_if_crashed() {
  if (!crashed_.exchange(false)) return false;
  is_crashing_ = false;
  if (auto started = start_bridge(); !started) return fail(started.error());
  return true;
}

// Time stands still and nobody has anything to do, so that a copy of the files is one of the state.
Result<void, std::string> BridgeInProcess::save_state() {
  saved_state_.emplace("casewire-saved");
  return copy_folder(state_.path(), saved_state_->path());
}

Result<void, std::string> BridgeInProcess::restore_state() {
  if (!saved_state_) return fail("nothing was saved");
  lose_state();
  return copy_folder(saved_state_->path(), state_.path());
}

void BridgeInProcess::lose_state() {
  for (const auto& entry : std::filesystem::directory_iterator(state_.path())) std::filesystem::remove_all(entry.path());
}

void BridgeInProcess::perform(const std::function<void()>& deed) {
  const BusyScope busy(runtime_);
  deed();
}

// The real program, which finds the one that runs by its folder. Time stands still meanwhile.
Result<std::string, std::string> BridgeInProcess::operate(const std::vector<std::string>& words) {
  constexpr milliseconds kAnswersWithin{20'000}, kLook{500};
  auto command = options_.bridge_command;
  command.insert(command.end(), words.begin(), words.end());
  command.insert(command.end(), {"--state-dir", state_.path()});
  std::string text;
  auto asking = host_.start({.command = std::move(command), .folder = options_.bridge_folder},
                            [&](std::string_view piece) { text += piece; });
  if (!asking) return fail(asking.error());
  FairWatch watch((*asking)->group());
  while (!(*asking)->wait_gone(kLook)) {
    if (watch.elapsed() > kAnswersWithin)
      return fail("it did not answer within " + human_duration(kAnswersWithin) + " of real time");
    while_it_starts_or_ends();
  }
  asking->reset();  // then all that it printed has been told
  if (const bool is_answer = !text.starts_with("error: ") && !text.empty(); !is_answer) return fail(text);
  return text;
}

Result<std::string, std::string> BridgeInProcess::look_at(const std::string& path) {
  constexpr std::chrono::seconds kAnswersWithin{20};
  const auto answer = harness_transport_.send({.target = urls_.bridge + path}, {kAnswersWithin});
  if (!answer) return fail(answer.error().what);
  return std::to_string(answer->status) + "\n" + answer->body;
}

EnvironmentVariables BridgeInProcess::settings_in_the_file() const {
  const Credentials& credentials = world_->staging().credentials;
  EnvironmentVariables settings = changed_settings_;
  settings.insert(world_->staging().bridge_settings.begin(), world_->staging().bridge_settings.end());
  settings.insert({{"OPENCX_API_KEY", credentials.opencx_api_key},
                   {"OPENCX_WEBHOOK_SECRET", credentials.opencx_webhook_secret},
                   {"SALESFORCE_WEBHOOK_SECRET", credentials.salesforce_webhook_secret}});
  return settings;
}

std::size_t BridgeInProcess::times_read_again() const {
  std::size_t times = 0;
  log_->each_line([&](const LogLine& line) {
    if (line.text.find("settings read again") != std::string::npos ||
        line.text.find("settings not taken up") != std::string::npos)
      ++times;
  });
  return times;
}

Result<void, std::string> BridgeInProcess::change_setting(const std::string& variable, const std::string& value) {
  constexpr milliseconds kReadsWithin{20'000};
  if (!options_.bridge_is_ours) return Ring::change_setting(variable, value);
  changed_settings_[variable] = value;
  std::ofstream(settings_file_path()) << settings_file(settings_in_the_file());
  const std::size_t before = times_read_again();
  bridge_->hang_up();
  for (FairWatch watch(bridge_->group()); times_read_again() == before;) {
    if (!is_up()) return fail("the bridge " + bridge_->end() + ". " + last_words());
    if (watch.elapsed() > kReadsWithin)
      return fail("it did not read its settings again within " + human_duration(kReadsWithin) + " of real time");
    while_it_starts_or_ends();
    runtime_.wait_for_change(runtime_.activity().changes, milliseconds{2});
  }
  return {};
}

std::optional<WallTime> BridgeInProcess::next_timer_of_the_world() {
  const auto own = runtime_.activity().next_timer;
  return own ? std::optional(runtime_.wall_time_of(*own)) : std::nullopt;
}

Result<void, Trouble> BridgeInProcess::await_ready() {
  constexpr milliseconds kStartMax{10'000};
  FairWatch watch(bridge_->group());
  std::string what_is_missing;
  bool is_prepared = false;
  for (RealStopwatch real; real.elapsed() < kStartMax || watch.elapsed() < kStartMax;) {
    if (crashed_) return {};  // a crash fault met it at once: the caller starts it again
    if (!bridge_->running() && !is_crashing_) {
      return fail(Trouble{"the bridge " + bridge_->end() + " before it was ready. " + last_words(), bridge_->was_killed()});
    }
    is_prepared = is_prepared || prepare(what_is_missing);
    if (is_prepared) {
      const auto health = harness_transport_.send({.target = urls_.bridge + "/healthz"}, {std::chrono::seconds(2)});
      if (health && health->status == 200) {
        world_->note_bridge(sim::BridgeEvent{.event = "ready"});
        return {};
      }
      what_is_missing = urls_.bridge + "/healthz " +
                        (health ? "answered " + std::to_string(health->status) : "gave no answer: " + health.error().what);
    }
    while_it_starts_or_ends();
    runtime_.wait_for_change(runtime_.activity().changes, milliseconds{2});
  }
  const bool was_starved = watch.was_starved();
  return fail(Trouble{"the bridge was not ready within " + human_duration(kStartMax) +
                          (was_starved ? ", and had waited for a processor for most of them" : "") + ": " + what_is_missing +
                          ". " + last_words(),
                      was_starved});
}

std::optional<Trouble> BridgeInProcess::await_quiet(const std::function<State(milliseconds)>& state_within,
                                                    const std::function<std::string()>& who_is_busy) {
  constexpr milliseconds kRealTimeMax{20'000}, kSecondLook{5'000};
  State state = state_within(kRealTimeMax);
  bool was_starved = false;
  if (state == State::busy) {
    // Somebody holds time up, unless nobody gets a processor here.
    FairWatch watch(bridge_group());
    state = state_within(kSecondLook);
    was_starved = watch.was_starved();
  }
  if (state == State::quiet || has_crashed()) return std::nullopt;
  if (state == State::gone) return died_unasked();
  return Trouble{"the world did not become quiet within " + human_duration(kRealTimeMax) + " of real time; " + who_is_busy(),
                 was_starved};
}

std::optional<Trouble> BridgeInProcess::died_unasked() {
  while (is_crashing_ && !crashed_) runtime_.wait_for_change(runtime_.activity().changes, milliseconds{1});
  if (!bridge_ || put_down_ || crashed_) return std::nullopt;
  // A SIGKILL that is not the script's comes from who tends the machine, or from its lack of memory.
  return Trouble{"the bridge ended by itself: it " + bridge_->end() + ". " + last_words(), bridge_->was_killed()};
}

std::string BridgeInProcess::last_words() const {
  const std::string output = bridge_->output();
  const std::string_view words = trimmed(output);
  return words.empty() ? "It said nothing." : "It said:\n" + std::string(words);
}

}  // namespace casewire::scenarios
