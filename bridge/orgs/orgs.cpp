#include "bridge/orgs/orgs.hpp"

#include <algorithm>

#include "bridge/intake/intake.hpp"
#include "bridge/json_reply.hpp"
#include "bridge/operation/metrics.hpp"
#include "bridge/orgs/questions.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kHooks = "/hooks/{vendor}/{secret}";

}  // namespace

Orgs::Orgs(const Configuration& configuration, OrgWorld world)
    : world_(std::move(world)), events_(world_.runtime, world_.log), has_names_(configuration.has_names()) {
  for (const auto& config : configuration.orgs) orgs_[config.org] = make(config);
  add_routes();
}

std::shared_ptr<Org> Orgs::make(const Config& config) { return std::make_shared<Org>(config, world_, taken_); }

Orgs::Every Orgs::present() const {
  const std::lock_guard lock(mutex_);
  return orgs_;
}

Result<bool> Orgs::open() { return has_names_ ? true : alone(&Org::open); }

Result<bool> Orgs::start() {
  if (!has_names_) return alone(&Org::start);
  for (const auto& [name, org] : present()) org->start_by_itself();
  return true;
}

Result<bool> Orgs::alone(Result<void> (Org::*step)()) {
  auto& org = *present().begin()->second;
  const auto done = (org.*step)();
  if (!done && org.tell_why_it_waits(done.error()).empty()) return fail(done.error());
  return done.has_value();
}

void Orgs::take_up(const Configuration& configuration) {
  if (configuration.has_names() != has_names_) {
    events_.tell(happening::settings_refused, {{"hint", "from one org to several, or back, needs a restart"}});
    return;
  }
  const auto before = present();
  for (const auto& [name, org] : before) {
    const auto& orgs = configuration.orgs;
    const auto fresh = std::find_if(orgs.begin(), orgs.end(), [&](const auto& config) { return config.org == org->name(); });
    if (fresh == orgs.end()) {
      remove(org);
    } else {
      org->take_up(*fresh);
    }
  }
  for (const auto& config : configuration.orgs) {
    if (before.contains(config.org)) continue;
    const auto org = make(config);
    {
      const std::lock_guard lock(mutex_);
      orgs_[config.org] = org;
    }
    events_.tell(happening::org_added, {{"org", config.org}});
    org->start_by_itself();
  }
}

void Orgs::remove(const std::shared_ptr<Org>& org) {
  {
    const std::lock_guard lock(mutex_);
    orgs_.erase(org->name());
  }
  if (org->stop()) {
    taken_.release(org->name());
    events_.tell(happening::org_removed, {{"org", org->name()}});
    return;
  }
  lingering_.push_back(org);
  events_.tell(happening::org_lingers, {{"org", org->name()}, {"hint", "its last jobs have not ended; a restart ends them"}});
}

bool Orgs::stop() {
  const auto orgs = present();
  for (const auto& [name, org] : orgs) org->request_stop();
  bool have_all_ended = lingering_.empty();
  for (const auto& [name, org] : orgs) have_all_ended = org->stop() && have_all_ended;
  return have_all_ended;
}

void Orgs::add_routes() {
  for (const auto* method : {"GET", "HEAD"}) {
    router_.add(method, "/healthz", [](const auto&, const auto&) { return json_reply(200, {{"status", "ok"}}); });
    router_.add(method, "/readyz", [this](const auto&, const auto&) { return readiness(); });
    router_.add(method, "/readyz/{org}", [this](const auto&, const http::PathParameters& parameters) {
      const auto orgs = present();
      const auto found = orgs.find(parameters.at("org"));
      return found == orgs.end() ? refuse(404, "no org of that name")
                                 : found->second->handle({.method = "GET", .target = "/readyz"});
    });
    router_.add(method, "/metrics", [this](const auto&, const auto&) { return metrics(); });
  }
  hooks_.add("POST", kHooks, {});
  router_.add("POST", kHooks, [this](const http::Request& request, const http::PathParameters& parameters) {
    return webhook(request, parameters.at("vendor"), parameters.at("secret"));
  });
  router_.on_wrong_method([](const http::Request&, const std::vector<std::string>& allowed) { return only_methods(allowed); });
  router_.otherwise([](const http::Request&) { return refuse(404, "not found"); });
}

http::Reply Orgs::handle(const http::Request& request) {
  return has_names_ ? router_(request) : present().begin()->second->handle(request);
}

bool Orgs::turns_away(const http::Request& head) const {
  const auto match = hooks_.find(head.method, head.path());
  if (match.malformed) return true;
  if (!match.route) return false;
  const auto parameters = hooks_.parameters(match);
  bool is_believed = false;
  // All are asked, as by webhook().
  for (const auto& [name, org] : present()) {
    is_believed = org->believes(parameters.at("vendor"), parameters.at("secret")) || is_believed;
  }
  return !is_believed;
}

http::Reply Orgs::readiness() {
  Json orgs = Json::object();
  std::size_t ready = 0;
  for (const auto& [name, org] : present()) {
    orgs[name] = org->readiness();
    if (string_member(orgs[name], "status") == "ready") ++ready;
  }
  // Whoever routes by it would take all orgs away for the sake of one.
  const auto* word = ready == orgs.size() ? "ready" : ready > 0 ? "some are not ready" : "not ready";
  return json_reply(ready > 0 ? 200 : 503, {{"status", word}, {"orgs", std::move(orgs)}});
}

http::Reply Orgs::metrics() {
  Exposition out;
  for (const auto& [name, org] : present()) org->write_metrics(out);
  // Webhooks that are no org's.
  out.of_org({});
  auto counts = events_.counts();
  std::erase_if(counts,
                [](const auto& count) { return count.counter != happening::webhook_refused.counter || count.value == 0; });
  write_counters(out, counts);
  return exposed(out);
}

http::Reply Orgs::webhook(const http::Request& request, const std::string& vendor, const std::string& secret) {
  std::vector<std::shared_ptr<Org>> believing;
  // All are asked, so that the time it takes tells nobody which one was near.
  for (const auto& [name, org] : present()) {
    if (org->believes(vendor, secret)) believing.push_back(org);
  }
  if (believing.size() == 1) return believing.front()->handle(request);
  if (believing.empty()) {
    events_.tell(happening::webhook_refused,
                 {{"sender", vendor == "opencx" ? "opencx" : "salesforce"}, {"problem", "wrong secret in the path"}});
    return refuse(404, "not found");
  }
  // While settings are taken up a secret may pass from one org to another.
  auto reply = refuse(503, "not stored; send again");
  reply.response.headers.add("Retry-After", "5");
  return reply;
}

Json Orgs::operate(const std::vector<std::string>& words) {
  const auto orgs = present();
  const auto question = question_in(words);
  if (!has_names_) {
    if (question.org.empty()) return orgs.begin()->second->operate(question.words);
    return {{"error", "this bridge has one org, and it has no name: ask without --org"}};
  }
  std::vector<std::string> names;
  for (const auto& [name, org] : orgs) names.push_back(name);
  if (!question.org.empty()) {
    const auto found = orgs.find(question.org);
    return found == orgs.end() ? no_such_org(question.org, names) : found->second->operate(question.words);
  }
  if (!is_for_all(question.words)) return which_org(names);
  Json answers = Json::object();
  for (const auto& [name, org] : orgs) {
    auto answer = org->operate(question.words);
    answers[name] = answer.contains("answer") ? std::move(answer["answer"]) : std::move(answer);
  }
  return {{"answer", {{"orgs", of_those_that_know(std::move(answers))}}}};
}

Status Orgs::status() const {
  const auto orgs = present();
  Status all{.ready = !orgs.empty()};
  for (const auto& [name, org] : orgs) {
    const auto one = org->status();
    all.ready = all.ready && one.ready;
    all.jobs_due += one.jobs_due;
    all.jobs_waiting += one.jobs_waiting;
    all.jobs_parked += one.jobs_parked;
  }
  return all;
}

}  // namespace casewire::bridge
