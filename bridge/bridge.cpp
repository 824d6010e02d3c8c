#include "bridge/bridge.hpp"

#include <atomic>

#include "base/text/json.hpp"
#include "bridge/delivery/workers.hpp"
#include "bridge/intake/intake.hpp"
#include "bridge/opencx/client.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/sweep.hpp"
#include "bridge/salesforce/client.hpp"

namespace casewire::bridge {

namespace {

constexpr milliseconds kStopWithin{30'000};

}  // namespace

class Bridge::Impl {
 public:
  Impl(Config config, Surroundings surroundings)
      : config_(std::move(config)),
        world_(surroundings),
        salesforce_(world_.transport, world_.runtime, config_, world_.log),
        opencx_(world_.transport, config_),
        context_{world_.runtime, world_.store, salesforce_, opencx_, world_.log, config_},
        workers_(world_.runtime, world_.store, world_.rng, world_.log, config_, [this](const Job& job) { return run(job); }),
        sweep_(context_, [this] { workers_.wake(); }),
        intake_(world_.runtime, world_.store, world_.log, config_, [this] { workers_.wake(); }) {}

  void start() {
    context_.started_at = world_.runtime.now();
    is_running_ = true;  // first: what a start that fails half way has begun is stopped like everything else
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

  http::Reply handle(const http::Request& request) {
    const auto path = request.path();
    if (path == "/healthz" || path == "/readyz") return health(request, path == "/readyz");
    if (!is_running_) return refuse(503, "not running");
    return intake_.handle(request);
  }

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
    if (job.subject.starts_with("session:")) return reconcile_session(context_, job);
    return reconcile_case(context_, job);
  }

  http::Reply health(const http::Request& request, bool asks_for_readiness) {
    if (request.method != "GET" && request.method != "HEAD") return refuse(405, "only GET");
    int code = 200;
    Json body = {{"status", "ok"}};
    if (asks_for_readiness) {
      try {
        // Nothing else may be written for a long time: whether the store works again is found out by trying.
        if (world_.store.is_failing()) world_.store.commit({.at = world_.runtime.now(), .marks = {{"readyz", "tried"}}});
        const auto now = status();
        const auto* word = !now.ready ? "not running" : workers_.is_paused() ? "paused" : "ready";
        code = word == std::string_view("ready") ? 200 : 503;
        body = {{"status", word}, {"jobs", {{"due", now.jobs_due}, {"waiting", now.jobs_waiting}, {"parked", now.jobs_parked}}}};
      } catch (const StoreFailure&) {
        code = 503;
        body = {{"status", "store failed"}};
      }
    }
    http::Reply reply{.response = {.status = code, .body = dump_json(body)}};
    reply.response.headers.add("Content-Type", "application/json");
    return reply;
  }

  Config config_;
  Surroundings world_;
  salesforce::Client salesforce_;
  opencx::Client opencx_;
  Context context_;
  Workers workers_;
  Sweep sweep_;
  Intake intake_;
  std::atomic<bool> is_running_{false};
};

Bridge::Bridge(Config config, Surroundings surroundings) : impl_(std::make_unique<Impl>(std::move(config), surroundings)) {}
Bridge::~Bridge() = default;
void Bridge::start() { impl_->start(); }
http::Reply Bridge::handle(const http::Request& request) { return impl_->handle(request); }
Status Bridge::status() const { return impl_->status(); }
bool Bridge::stop() { return impl_->stop(); }

}  // namespace casewire::bridge
