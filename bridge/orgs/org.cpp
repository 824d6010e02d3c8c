#include "bridge/orgs/org.hpp"

#include <utility>

#include "bridge/events/happening.hpp"
#include "bridge/intake/intake.hpp"
#include "bridge/json_reply.hpp"
#include "bridge/operation/metrics.hpp"
#include "bridge/store/origin.hpp"

namespace casewire::bridge {
namespace {

constexpr milliseconds kStartAgain{1'000};

}  // namespace

Org::Org(Config config, const OrgWorld& world, TakenOrgs& taken)
    : name_(config.org),
      world_(world),
      taken_(taken),
      log_(world.log, name_),
      runtime_(world.runtime, name_),
      settings_(std::make_shared<const Config>(std::move(config))),
      end_(runtime_.make_event()),
      start_ended_(runtime_.make_event()) {}

std::shared_ptr<const Config> Org::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

Result<void> Org::open() {
  if (owned_) return {};
  const auto config = settings();
  auto bridge = make_bridge(*config);
  if (!bridge) return fail(std::move(bridge.error()));
  owned_ = std::move(*bridge);
  bridge_ = owned_.get();
  // Others may have been read meanwhile.
  if (const auto newest = settings(); newest != config) take_up(*newest);
  return {};
}

Result<std::unique_ptr<Bridge>> Org::make_bridge(const Config& config) {
  auto store = world_.open_store(config);
  if (!store) return fail(std::move(store.error()));
  auto bridge_name = world_.bridge_name(**store);
  if (!bridge_name) return fail(std::move(bridge_name.error()));
  store_ = std::move(*store);
  Surroundings surroundings{runtime_, world_.transport, *store_, world_.rng, log_, world_.strangers, std::move(*bridge_name)};
  if (!name_.empty()) surroundings.take_org = [this](const std::string& org_id) { return taken_.take(org_id, name_); };
  return std::make_unique<Bridge>(config, std::move(surroundings));
}

Result<void> Org::start() {
  if (auto opened = open(); !opened) return opened;
  try {
    store_->prepare();
    if (const auto place = transferred_to(*store_)) {
      bridge_ = nullptr;  // nobody is to be answered out of what was left behind, or to write there
      return fail(
          Diagnostic{.where = {"store", {}}, .problem = "this memory was moved to " + *place, .hint = "say so in the settings"});
    }
    bridge_ = owned_.get();
    owned_->start();
    return {};
  } catch (const StoreFailure& failure) {
    return fail(Diagnostic{.where = {}, .problem = failure.what()});
  }
}

void Org::start_by_itself() {
  is_starting_ = true;
  runtime_.spawn("start", [this] {
    while (!is_ending_) {
      const auto started = start();
      if (started) break;
      tell_why_it_waits(started.error());
      if (!is_ending_) end_->wait_until(runtime_.steady_now() + kStartAgain);
    }
    is_starting_ = false;
    start_ended_->notify();
  });
}

std::string Org::tell_why_it_waits(const Diagnostic& problem) {
  auto why = world_.why_to_wait(*settings());
  // What a database refuses, or somebody has to do, does not pass.
  const bool is_of_a_database = !settings()->store.empty();
  if (is_of_a_database && (bridge_.load() == nullptr || !problem.hint.empty())) why.clear();
  if (why.empty() && !name_.empty()) why = "the other orgs go on; it is tried again";
  const std::lock_guard lock(mutex_);
  if (!why.empty() && std::exchange(problem_, problem.problem) != problem.problem) {
    log_.write(happening::store_failed.level, happening::store_failed.name, {{"what", problem.problem}, {"hint", why}});
  }
  return why;
}

void Org::take_up(const Config& config) {
  {
    const std::lock_guard lock(mutex_);
    settings_ = std::make_shared<const Config>(config);
  }
  const std::lock_guard lock(taking_up_);
  if (auto* bridge = bridge_.load()) bridge->take_up(config);
}

void Org::request_stop() {
  is_ending_ = true;
  end_->notify();
  if (auto* bridge = bridge_.load()) bridge->request_stop();
}

bool Org::stop() {
  request_stop();
  // It may have been starting a moment ago.
  while (is_starting_) start_ended_->wait();
  if (auto* bridge = bridge_.load(); bridge != nullptr && !bridge->stop()) return false;
  // The last steps of a task are taken after it has told that it ends.
  runtime_.wait_for_tasks();
  return true;
}

http::Reply Org::handle(const http::Request& request) {
  if (auto* bridge = bridge_.load()) return bridge->handle(request);
  if (request.path() == "/readyz") return json_reply(503, readiness());
  return refuse(503, "not running");
}

bool Org::believes(std::string_view vendor, std::string_view secret) const {
  if (const auto* bridge = bridge_.load()) return bridge->believes(vendor, secret);
  return is_webhook_secret(*settings(), vendor, secret);
}

Json Org::readiness() {
  if (auto* bridge = bridge_.load()) return bridge->readiness();
  return {{"status", "store failed"}, {"reasons", Json::array({why_not_open()})}};
}

void Org::write_metrics(Exposition& out) {
  out.of_org(name());
  if (auto* bridge = bridge_.load()) return bridge->write_metrics(out);
  write_not_open(out);
}

Json Org::operate(const std::vector<std::string>& words) {
  if (auto* bridge = bridge_.load()) return bridge->operate(words);
  return {{"error", why_not_open()}};
}

std::string Org::why_not_open() const {
  const std::lock_guard lock(mutex_);
  return "the store is not open: " + (problem_.empty() ? "it is starting" : problem_);
}

Status Org::status() const {
  const auto* bridge = bridge_.load();
  return bridge != nullptr ? bridge->status() : Status{};
}

}  // namespace casewire::bridge
