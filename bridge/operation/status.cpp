#include "bridge/operation/status.hpp"

#include "bridge/operation/readiness.hpp"
#include "bridge/salesforce/token.hpp"
#include "bridge/store/origin.hpp"
#include "bridge/version.hpp"

namespace casewire::bridge {
namespace {

Json instant_or_null(const std::optional<WallTime>& at) { return at ? Json(iso8601(*at)) : Json(nullptr); }

Json vendor_json(const Insight& insight, const Vendor& vendor) {
  const auto rest = vendor.rest();
  const auto calls = vendor.calls();
  Json json = {{"name", vendor.name()},
               {"takes_calls", !rest},
               {"calls", calls.number},
               {"last_webhook", instant_or_null(insight.events.last_webhook(vendor.name()))},
               {"last_sweep", instant_or_null(insight.events.last(happening::swept, vendor.name()))}};
  if (rest) {
    json["paused_since"] = iso8601(rest->since);
    json["asked_again_at"] = instant_or_null(rest->probe_at);
    json["problem"] = text_of(rest->why);
  }
  if (const auto ahead = vendor.clock_ahead()) json["clock_ahead_seconds"] = ahead->count() / 1000;
  if (calls.day_limit) json["requests_of_the_day"] = {{"used", *calls.day_used}, {"limit", *calls.day_limit}};
  return json;
}

/// Empty: no org has answered yet. null: the store does not tell.
Json org_of(Store& store) {
  try {
    return salesforce::bound_org(store).value_or("");
  } catch (const StoreFailure&) {
    return nullptr;
  }
}

Json jobs_json(const std::optional<JobCounts>& jobs) {
  if (!jobs) return nullptr;
  return {{"due", jobs->due},
          {"waiting", jobs->waiting},
          {"parked", jobs->parked},
          {"oldest_due", instant_or_null(jobs->oldest_due)},
          {"failing_since", instant_or_null(jobs->failing_since)}};
}

/// Whoever asks here may read the store's own words.
void explain_store(Readiness& readiness, const std::string& why_not_written) {
  if (readiness.word != "store failed") return;
  const auto& why = readiness.why_not_read.empty() ? why_not_written : readiness.why_not_read;
  if (!why.empty()) readiness.reasons.front() += ": " + why;
}

/// null: it never came out of a backup, or does not answer.
Json restored_json(Store& store) {
  try {
    const auto restoration = restoration_of(store);
    if (!restoration) return nullptr;
    return {{"at", iso8601(restoration->at)}, {"backed_up_at", iso8601(restoration->backed_up_at)}};
  } catch (const StoreFailure&) {
    return nullptr;
  }
}

}  // namespace

Json status_json(const Insight& insight) {
  const auto now = insight.runtime.now();
  const auto why_not_written = insight.why_not_written();
  auto readiness = readiness_of(insight);
  explain_store(readiness, why_not_written);
  Json json = {{"version", version()},
               {"configuration", insight.config.file},
               {"now", iso8601(now)},
               {"started_at", insight.has_started() ? Json(iso8601(insight.started_at)) : Json(nullptr)},
               {"status", readiness.word},
               {"reasons", readiness.reasons},
               {"store", shown_store(insight.config)},
               {"org", org_of(insight.store)},
               {"salesforce", insight.config.salesforce.login_url},
               {"opencx", insight.config.opencx.url},
               {"jobs", jobs_json(readiness.jobs)},
               {"vendors", Json::array()},
               {"alarms", insight.alarms.texts(now)}};
  if (auto restored = restored_json(insight.store); !restored.is_null()) json["restored"] = std::move(restored);
  if (const auto checked = insight.preflight.last()) {
    json["checked"] = {{"at", iso8601(checked->at)}};
    for (const auto* verdict : {"ok", "wrong", "unknown", "look"}) json["checked"][verdict] = checked->with(verdict).size();
  }
  for (const auto* vendor : {&insight.vendors.salesforce, &insight.vendors.opencx}) {
    json["vendors"].push_back(vendor_json(insight, *vendor));
  }
  return json;
}

}  // namespace casewire::bridge
