#include "bridge/bridge.hpp"

#include <atomic>

#include "base/text/json.hpp"
#include "bridge/delivery/allowance.hpp"
#include "bridge/delivery/workers.hpp"
#include "bridge/intake/intake.hpp"
#include "bridge/json_reply.hpp"
#include "bridge/opencx/client.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/sweep.hpp"
#include "bridge/salesforce/client.hpp"

namespace casewire::bridge {

namespace {

constexpr milliseconds kStopWithin{30'000};

http::Reply not_allowed(const std::vector<std::string>& allowed) {
  std::string list;
  for (const auto& method : allowed) list += (list.empty() ? "" : ", ") + method;
  auto reply = refuse(405, "only " + list);
  reply.response.headers.add("Allow", list);
  return reply;
}

}  // namespace

class Bridge::Impl {
 public:
  Impl(Config config, Surroundings surroundings)
      : config_(std::move(config)),
        world_(surroundings),
        vendors_(world_.runtime, world_.log),
        salesforce_(world_.transport, vendors_.salesforce, config_, {world_.runtime, world_.store, world_.log}),
        opencx_({world_.transport, world_.strangers ? *world_.strangers : world_.transport}, vendors_.opencx, config_),
        context_{world_.runtime, world_.store, salesforce_, opencx_, vendors_, alarms_, world_.log, config_},
        workers_({world_.runtime, world_.store, world_.rng, world_.log, vendors_}, config_,
                 [this](const Job& job) { return run(job); }),
        sweep_(context_, [this] { workers_.wake(); }),
        intake_(world_.runtime, world_.store, world_.log, config_, [this] { workers_.wake(); }) {
    intake_.add_routes(hooks_);
    for (const auto* method : {"GET", "HEAD"}) {
      router_.add(method, "/healthz", [](const auto&, const auto&) { return json_reply(200, {{"status", "ok"}}); });
      router_.add(method, "/readyz", [this](const auto&, const auto&) { return readiness(); });
    }
    for (auto* router : {&router_, &hooks_}) {
      router->on_wrong_method([](const http::Request&, const std::vector<std::string>& allowed) { return not_allowed(allowed); });
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
    world_.log.info("bridge started", {{"workers", std::to_string(config_.workers)}});
  }

  bool stop() {
    if (!is_running_.exchange(false)) return true;
    workers_.request_stop();
    sweep_.request_stop();
    const auto last_moment = world_.runtime.steady_now() + kStopWithin;
    const bool workers_ended = workers_.stop(last_moment);
    const bool sweep_ended = sweep_.stop(last_moment);
    if (workers_ended && sweep_ended) world_.log.info("bridge stopped", {});
    return workers_ended && sweep_ended;
  }

  http::Reply handle(const http::Request& request) { return router_(request); }

  Status status() const {
    Status status{.ready = is_running_};
    const auto counts = world_.store.count_jobs(world_.runtime.now());
    status.jobs_due = workers_.is_paused() ? 0 : counts.due;
    status.jobs_waiting = workers_.is_paused() ? counts.due + counts.waiting : counts.waiting;
    status.jobs_parked = counts.parked;
    return status;
  }

 private:
  JobResult run(const Job& job) {
    if (const auto wait = allowance_.wait_of(job.conversation, world_.runtime.steady_now())) {
      if (allowance_.is_news(job.conversation)) {
        world_.log.warning("conversation waits",
                           {{"subject", job.subject}, {"why", "more runs in an hour than one customer may have"}});
      }
      return again(*wait);
    }
    if (job.subject.starts_with("session:")) return reconcile_session(context_, job);
    return reconcile_case(context_, job);
  }

  /// With as much as a busy moment writes: a small mark finds room where hints do not.
  void try_store() {
    constexpr std::size_t kTrialBytes = 32u << 10;
    world_.store.commit({.at = world_.runtime.now(), .marks = {{"readyz", std::string(kTrialBytes, 'x')}}});
    world_.store.commit({.at = world_.runtime.now(), .marks = {{"readyz", "tried"}}});
  }

  http::Reply readiness() {
    try {
      // Nothing else may be written for a long time: whether the store works again is found out by trying.
      if (world_.store.is_failing()) try_store();
      const auto now = status();
      const std::string_view word = !now.ready             ? "not running"
                                    : vendors_.is_closed() ? "paused"
                                    : now.jobs_parked > 0  ? "parked"
                                                           : "ready";
      Json body = {{"status", word},
                   {"jobs", {{"due", now.jobs_due}, {"waiting", now.jobs_waiting}, {"parked", now.jobs_parked}}},
                   {"paused", Json::array()},
                   {"alarms", alarms_.texts(world_.runtime.now())}};
      for (const auto* vendor : {&vendors_.salesforce, &vendors_.opencx}) {
        if (vendor->is_closed()) body["paused"].push_back(vendor->name());
      }
      return json_reply(word == "ready" ? 200 : 503, body);
    } catch (const StoreFailure&) {
      return json_reply(503, {{"status", "store failed"}});
    }
  }

  Config config_;
  Surroundings world_;
  Vendors vendors_;
  Alarms alarms_;
  Allowance allowance_;
  salesforce::Client salesforce_;
  opencx::Client opencx_;
  Context context_;
  Workers workers_;
  Sweep sweep_;
  Intake intake_;
  http::Router router_;  ///< /healthz and /readyz, and everything else to the hooks
  http::Router hooks_;
  std::atomic<bool> is_running_{false};
};

Bridge::Bridge(Config config, Surroundings surroundings) : impl_(std::make_unique<Impl>(std::move(config), surroundings)) {}
Bridge::~Bridge() = default;
void Bridge::start() { impl_->start(); }
http::Reply Bridge::handle(const http::Request& request) { return impl_->handle(request); }
Status Bridge::status() const { return impl_->status(); }
bool Bridge::stop() { return impl_->stop(); }

}  // namespace casewire::bridge
