#include "bridge/bridge.hpp"

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "base/text/json.hpp"
#include "bridge/delivery/allowance.hpp"
#include "bridge/delivery/workers.hpp"
#include "bridge/intake/intake.hpp"
#include "bridge/json_reply.hpp"
#include "bridge/opencx/client.hpp"
#include "bridge/operation/check.hpp"
#include "bridge/operation/desk.hpp"
#include "bridge/operation/exposition.hpp"
#include "bridge/operation/metrics.hpp"
#include "bridge/operation/readiness.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/sweep.hpp"
#include "bridge/salesforce/client.hpp"
#include "bridge/store/origin.hpp"
#include "bridge/store/store_around.hpp"
#include "bridge/version.hpp"

namespace casewire::bridge {

namespace {

constexpr milliseconds kStopWithin{30'000};

}  // namespace

class Bridge::Impl {
 public:
  Impl(Config config, Surroundings surroundings)
      : config_(std::move(config)),
        running_(config_),
        world_(surroundings),
        events_(world_.runtime, world_.log),
        vendors_(world_.runtime, events_),
        salesforce_(world_.transport, vendors_.salesforce, config_,
                    {world_.runtime, world_.store, world_.rng, events_, world_.name, world_.take_org}),
        opencx_share_(world_.store, world_.runtime, "opencx", config_.opencx.calls_a_minute),
        opencx_({world_.transport, world_.strangers ? *world_.strangers : world_.transport}, vendors_.opencx, opencx_share_,
                config_),
        context_{world_.runtime, world_.store, salesforce_, opencx_, vendors_, alarms_, events_, config_},
        workers_({world_.runtime, world_.store, world_.rng, events_, vendors_, world_.name}, config_,
                 [this](const Job& job, const Lease& lease, const http::Permit& permit) { return run(job, lease, permit); }),
        sweep_(context_, world_.name, [this] { workers_.wake(); }),
        intake_(world_.runtime, world_.store, events_, config_, [this] { workers_.wake(); }),
        preflight_(world_.runtime, events_, {config_.check_every, [this] { return vendors_.salesforce.is_scarce(); }},
                   [this] { return check_json(insight()); }) {
    intake_.add_routes(hooks_);
    for (const auto* method : {"GET", "HEAD"}) {
      router_.add(method, "/healthz", [](const auto&, const auto&) { return json_reply(200, {{"status", "ok"}}); });
      router_.add(method, "/readyz", [this](const auto&, const auto&) {
        const auto found = readiness();
        return json_reply(string_member(found, "status") == "ready" ? 200 : 503, found);
      });
      router_.add(method, "/metrics", [this](const auto&, const auto&) { return metrics(); });
    }
    for (auto* router : {&router_, &hooks_}) {
      router->on_wrong_method(
          [](const http::Request&, const std::vector<std::string>& allowed) { return only_methods(allowed); });
    }
    router_.otherwise(
        [this](const http::Request& request) { return is_running_ ? hooks_(request) : refuse(503, "not running"); });
    hooks_.otherwise([](const http::Request&) { return refuse(404, "not found"); });
  }

  void start() {
    context_.started_at = world_.runtime.now();
    // All that writes comes first: a start that fails for want of a disk can be tried again.
    workers_.prepare();
    sweep_.prepare();
    is_running_ = true;
    workers_.start();
    sweep_.start();
    preflight_.start();
    LogFields facts = {{"version", std::string(version())},
                       {"settings", config_.file.empty() ? "environment" : config_.file},
                       {"store", shown_store(config_)},
                       {"salesforce_org", salesforce::bound_org(world_.store).value_or("not known yet")},
                       {"salesforce", config_.salesforce.login_url},
                       {"opencx", config_.opencx.url},
                       {"workers", std::to_string(config_.workers)}};
    if (const auto restoration = restoration_of(world_.store)) {
      facts.emplace_back("store_backed_up_at", iso8601(restoration->backed_up_at));
    }
    events_.tell(happening::started, std::move(facts));
  }

  void request_stop() {
    if (!is_running_.exchange(false)) return;
    last_moment_ = world_.runtime.steady_now() + kStopWithin;
    workers_.request_stop();
    sweep_.request_stop();
    preflight_.request_stop();
  }

  bool stop() {
    request_stop();
    const auto last_moment = std::exchange(last_moment_, std::nullopt);
    if (!last_moment) return true;
    const bool workers_ended = workers_.stop(*last_moment);
    const bool sweep_ended = sweep_.stop(*last_moment);
    const bool all_ended = preflight_.stop(*last_moment) && workers_ended && sweep_ended;
    if (all_ended) events_.tell(happening::stopped, {});
    return all_ended;
  }

  http::Reply handle(const http::Request& request) { return router_(request); }
  bool believes(std::string_view vendor, std::string_view secret) const { return intake_.believes(vendor, secret); }
  void write_metrics(Exposition& out) { bridge::write_metrics(out, insight()); }

  Json readiness() {
    why_not_written();  // it may be written again
    const auto found = readiness_of(insight());
    Json body = {{"status", found.word}, {"reasons", found.reasons}};
    if (found.word == "store failed") return body;
    body["jobs"] = {{"due", found.jobs->due}, {"waiting", found.jobs->waiting}, {"parked", found.jobs->parked}};
    body["paused"] = Json::array();
    body["alarms"] = alarms_.texts(world_.runtime.now());
    for (const auto* vendor : {&vendors_.salesforce, &vendors_.opencx}) {
      if (vendor->is_closed()) body["paused"].push_back(vendor->name());
    }
    return body;
  }

  Status status() {
    const auto jobs = jobs_of(insight());
    return {.ready = is_running_, .jobs_due = jobs.due, .jobs_waiting = jobs.waiting, .jobs_parked = jobs.parked};
  }

  void take_up(const Config& config) {
    const auto listed = [](const std::vector<std::string>& keys) {
      std::string list;
      for (const auto& key : keys) list += (list.empty() ? "" : ", ") + key;
      return list.empty() ? std::string("nothing") : list;
    };
    const auto changed = changed_settings(running_, config);
    intake_.take_up(config);
    if (opencx_.take_up_key(config.opencx.api_key)) {
      vendors_.opencx.ask_now();
      go_on();
    }
    workers_.give_up_after(config.give_up_after);
    world_.log.write_from(config.log_level);
    {
      const std::lock_guard writing(running_guard_);
      running_ = config;
    }
    events_.tell(happening::settings_taken_up,
                 {{"changed", listed(changed.at_once)}, {"need_a_restart", listed(changed.at_restart)}});
  }

  Json operate(const std::vector<std::string>& words) { return answer_operator(insight(), words); }

 private:
  JobResult run(const Job& job, const Lease& lease, const http::Permit& permit) {
    if (const auto wait = allowance_.wait_of(job.conversation, world_.runtime.steady_now())) {
      if (allowance_.is_news(job.conversation)) {
        events_.tell(happening::conversation_waits,
                     {{"subject", job.subject}, {"why", "more runs in an hour than one customer may have"}});
      }
      return again(*wait);
    }
    LeasedStore store(world_.store, lease);
    const Context context{world_.runtime, store,   salesforce_,         opencx_, vendors_, alarms_,
                          events_,        config_, context_.started_at, &permit};
    if (job.subject.starts_with("session:")) return reconcile_session(context, job);
    return reconcile_case(context, job);
  }

  /// Nothing else may be written for a long time: whether a store that failed works again is found out by trying. Its words; empty: it does.
  std::string why_not_written() {
    try {
      if (world_.store.is_failing()) try_store();
      return {};
    } catch (const StoreFailure& failure) {
      return failure.what();
    }
  }

  /// With as much as a busy moment writes: a small mark finds room where hints do not.
  void try_store() {
    constexpr std::size_t kTrialBytes = 32u << 10;
    world_.store.commit({.at = world_.runtime.now(), .marks = {{"readyz", std::string(kTrialBytes, 'x')}}});
    world_.store.commit({.at = world_.runtime.now(), .marks = {{"readyz", "tried"}}});
  }

  void go_on() {
    workers_.take_up_held_jobs();
    sweep_.look_again();
  }

  /// As it was at the start, but for what is read again at once and that an operator is told of.
  Config in_force() {
    auto config = config_;
    const std::lock_guard reading(running_guard_);
    config.give_up_after = running_.give_up_after;
    config.tls = running_.tls;
    return config;
  }

  Insight insight() {
    return {world_.runtime,
            world_.store,
            vendors_,
            events_,
            alarms_,
            in_force(),
            salesforce_,
            opencx_,
            preflight_,
            context_.started_at,
            is_running_,
            [this] { workers_.wake(); },
            [this] { go_on(); },
            [this](std::string_view secret) { return intake_.believes("salesforce", secret); },
            [this] { return why_not_written(); }};
  }

  http::Reply metrics() {
    Exposition out;
    write_metrics(out);
    return exposed(out);
  }

  Config config_;   ///< of the start
  Config running_;  ///< as it was last read
  std::mutex running_guard_;
  Surroundings world_;
  Events events_;
  Vendors vendors_;
  Alarms alarms_;
  Allowance allowance_;
  salesforce::Client salesforce_;
  CallShare opencx_share_;
  opencx::Client opencx_;
  Context context_;
  Workers workers_;
  Sweep sweep_;
  Intake intake_;
  Preflight preflight_;
  http::Router router_;  ///< /healthz, /readyz and /metrics, and everything else to the hooks
  http::Router hooks_;
  std::atomic<bool> is_running_{false};
  std::optional<SteadyTime> last_moment_;  ///< of work that was asked to end
};

Bridge::Bridge(Config config, Surroundings surroundings) : impl_(std::make_unique<Impl>(std::move(config), surroundings)) {}
Bridge::~Bridge() = default;
void Bridge::start() { impl_->start(); }
http::Reply Bridge::handle(const http::Request& request) { return impl_->handle(request); }
bool Bridge::believes(std::string_view vendor, std::string_view secret) const { return impl_->believes(vendor, secret); }
Json Bridge::readiness() { return impl_->readiness(); }
void Bridge::write_metrics(Exposition& out) { impl_->write_metrics(out); }
Status Bridge::status() const { return impl_->status(); }
void Bridge::take_up(const Config& config) { impl_->take_up(config); }
Json Bridge::operate(const std::vector<std::string>& words) { return impl_->operate(words); }
void Bridge::request_stop() { impl_->request_stop(); }
bool Bridge::stop() { return impl_->stop(); }

}  // namespace casewire::bridge
