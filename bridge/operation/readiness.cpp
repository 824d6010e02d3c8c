#include "bridge/operation/readiness.hpp"

namespace casewire::bridge {
namespace {

std::string why_paused(const Vendor& vendor, const Vendor::Rest& rest) {
  const auto next = rest.probe_at ? "is asked again at " + iso8601(*rest.probe_at) : std::string("is being asked again");
  return vendor.name() + " takes no calls since " + iso8601(rest.since) + " and " + next;
}

}  // namespace

JobCounts jobs_of(const Insight& insight) {
  const auto now = insight.runtime.now();
  auto jobs = insight.store.count_jobs(now);
  // What is held has failed before, and the rest that it waits for is not counted (delivery/workers.cpp).
  if (jobs.failing_since && *jobs.failing_since > now) jobs.failing_since.reset();
  if (!insight.vendors.rest_until()) return jobs;
  jobs.waiting += jobs.due;
  jobs.due = 0;
  return jobs;
}

Readiness readiness_of(const Insight& insight) {
  Readiness readiness;
  try {
    readiness.jobs = jobs_of(insight);
  } catch (const StoreFailure& failure) {
    return {.word = "store failed", .reasons = {"the store cannot be read"}, .why_not_read = failure.what()};
  }
  if (insight.store.is_failing()) {
    return {.word = "store failed", .jobs = readiness.jobs, .reasons = {"the store cannot be written"}};
  }
  const auto add = [&](std::string_view word, std::string reason) {
    if (readiness.is_ready()) readiness.word = word;
    readiness.reasons.push_back(std::move(reason));
  };
  if (!insight.is_running) add("not running", "it is starting or stopping");
  for (const auto* vendor : {&insight.vendors.salesforce, &insight.vendors.opencx}) {
    if (const auto rest = vendor->rest()) add("paused", why_paused(*vendor, *rest));
  }
  if (const auto parked = readiness.jobs->parked; parked > 0) {
    add("parked",
        std::to_string(parked) + (parked == 1 ? " job waits" : " jobs wait") + " for a person: casewire-bridge parked list");
  }
  if (const auto checked = insight.preflight.last()) {
    for (const auto& name : checked->with("wrong")) {
      add("check failed", name + " was not right at " + iso8601(checked->at) + ": casewire-bridge check");
    }
  }
  return readiness;
}

}  // namespace casewire::bridge
