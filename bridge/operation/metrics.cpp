#include "bridge/operation/metrics.hpp"

#include <algorithm>
#include <array>

#include "bridge/operation/readiness.hpp"
#include "bridge/version.hpp"

namespace casewire::bridge {
namespace {

struct CounterHelp {
  std::string_view counter;
  std::string_view help;
};
constexpr std::array<CounterHelp, 17> kCounterHelp{{
    {"webhooks", "Webhooks by sender and what became of them."},
    {"job_runs", "Runs of jobs by how they ended."},
    {"parked_jobs", "Parked jobs that an operator retried or dropped."},
    {"conversations_throttled", "Conversations that were worked on too often in an hour."},
    {"calls", "Calls to the vendors."},
    {"vendor_pauses", "How often a vendor was given rest."},
    {"token_refreshes", "Access tokens of Salesforce that were renewed, and refresh tokens that the org replaced."},
    {"sweeps", "Looks for what no webhook told."},
    {"sweep_subjects",
     "Sessions and Cases that a sweep found changed, though no webhook had told and this bridge had done nothing there."},
    {"cases", "Cases by how they became a conversation's."},
    {"comments", "Comments written on Cases."},
    {"notes", "Notes on Cases of what a rep changed or deleted after the customer had it, and of mail that did not reach her."},
    {"files", "Files of customers and of replies."},
    {"replies", "Replies of reps by what became of them."},
    {"sessions", "Sessions that were closed, were gone, or in which the AI may still speak beside a person."},
    {"summaries", "Summaries of earlier handoffs that OpenCX could not tell."},
    {"store_failures", "Outages of the store that the work has met."},
}};

std::string_view help_of(std::string_view counter) {
  const auto found =
      std::find_if(kCounterHelp.begin(), kCounterHelp.end(), [&](const auto& known) { return known.counter == counter; });
  return found == kCounterHelp.end() ? counter : found->help;
}

milliseconds age(std::optional<WallTime> since, WallTime now) { return since && *since < now ? now - *since : milliseconds{0}; }

void write_jobs(Exposition& out, const JobCounts& jobs, WallTime now) {
  out.family("jobs", "gauge", "Jobs in the store: due now, due later, and parked until a person acts.");
  out.sample(static_cast<std::int64_t>(jobs.due), {{"state", "due"}});
  out.sample(static_cast<std::int64_t>(jobs.waiting), {{"state", "waiting"}});
  out.sample(static_cast<std::int64_t>(jobs.parked), {{"state", "parked"}});
  out.family("queue_lag_seconds", "gauge", "How long the job that is due first has been due.");
  out.seconds(age(jobs.oldest_due, now));
  out.family("failing_job_age_seconds", "gauge",
             "How long the job that has failed for the longest has failed, parked ones left out.");
  out.seconds(age(jobs.failing_since, now));
}

void write_vendors(Exposition& out, const Insight& insight, WallTime now) {
  const std::array<const Vendor*, 2> vendors{&insight.vendors.salesforce, &insight.vendors.opencx};
  out.family("vendor_paused", "gauge", "1 while no calls are made to the vendor.");
  for (const auto* vendor : vendors) out.sample(vendor->is_closed() ? 1 : 0, {{"vendor", vendor->name()}});
  out.family("vendor_paused_seconds", "gauge", "For how long no calls have been made to the vendor.");
  for (const auto* vendor : vendors) {
    const auto rest = vendor->rest();
    out.seconds(rest ? age(rest->since, now) : milliseconds{0}, {{"vendor", vendor->name()}});
  }
  out.family("call_duration_seconds", "summary", "How long calls to the vendor took.");
  for (const auto* vendor : vendors) {
    const auto calls = vendor->calls();
    out.sum_and_count(calls.time, calls.number, {{"vendor", vendor->name()}});
  }
  out.family("vendor_clock_ahead_seconds", "gauge", "The vendor's clock minus ours, by the Date of its answers.");
  for (const auto* vendor : vendors) {
    if (const auto ahead = vendor->clock_ahead()) out.seconds(*ahead, {{"vendor", vendor->name()}});
  }
  const auto calls = insight.vendors.salesforce.calls();
  out.family("salesforce_requests_used", "gauge", "API requests that the org has counted in 24 hours, of all its clients.");
  if (calls.day_used) out.sample(*calls.day_used);
  out.family("salesforce_requests_limit", "gauge", "API requests that the org has in 24 hours.");
  if (calls.day_limit) out.sample(*calls.day_limit);
}

using LastOf = std::optional<WallTime> (*)(const Events& events, const std::string& vendor);

void write_last(Exposition& out, const Insight& insight, std::string_view name, std::string_view help, LastOf last_of) {
  out.family(name, "gauge", help);
  for (const auto* vendor : {&insight.vendors.salesforce, &insight.vendors.opencx}) {
    if (const auto last = last_of(insight.events, vendor->name())) {
      out.seconds(last->time_since_epoch(), {{"vendor", vendor->name()}});
    }
  }
}

void write_checks(Exposition& out, const Insight& insight) {
  const auto checked = insight.preflight.last();
  out.family("checks", "gauge", "Checks of the preflight by what they found last.");
  for (const auto* verdict : {"ok", "wrong", "unknown", "look"}) {
    if (checked) out.sample(static_cast<std::int64_t>(checked->with(verdict).size()), {{"verdict", verdict}});
  }
  out.family("last_check_timestamp_seconds", "gauge", "When the preflight last looked.");
  if (checked) out.seconds(checked->at.time_since_epoch());
}

void write_ready(Exposition& out, bool is_ready, bool is_store_failing) {
  out.family("ready", "gauge", "1 when /readyz says ready.");
  out.sample(is_ready ? 1 : 0);
  out.family("store_failing", "gauge", "1 while the store cannot be read or written.");
  out.sample(is_store_failing ? 1 : 0);
}

}  // namespace

void write_not_open(Exposition& out) { write_ready(out, false, true); }

void write_counters(Exposition& out, const std::vector<Events::Count>& counts) {
  std::string open;
  for (const auto& count : counts) {
    if (count.counter != open) out.family(count.counter + "_total", "counter", help_of(count.counter));
    open = count.counter;
    Exposition::Labels labels;
    if (!count.result.empty()) labels.emplace_back("result", count.result);
    if (!count.vendor.empty()) labels.emplace_back("vendor", count.vendor);
    out.sample(static_cast<std::int64_t>(count.value), labels);
  }
}

void write_metrics(Exposition& out, const Insight& insight) {
  const auto now = insight.runtime.now();
  const auto readiness = readiness_of(insight);
  out.family("build_info", "gauge", "Which version runs.");
  out.sample(1, {{"version", version()}});
  out.family("start_time_seconds", "gauge", "When it started.");
  if (insight.has_started()) out.seconds(insight.started_at.time_since_epoch());
  write_ready(out, readiness.is_ready(), readiness.word == "store failed");
  out.family("alarms", "gauge", "Alarms of the last day.");
  out.sample(static_cast<std::int64_t>(insight.alarms.texts(now).size()));
  if (readiness.jobs) write_jobs(out, *readiness.jobs, now);
  write_vendors(out, insight, now);
  write_last(out, insight, "last_webhook_timestamp_seconds",
             "When a webhook was last taken, with work for the bridge or without.",
             [](const Events& events, const std::string& vendor) { return events.last_webhook(vendor); });
  write_last(out, insight, "last_sweep_timestamp_seconds", "When a sweep last got through.",
             [](const Events& events, const std::string& vendor) { return events.last(happening::swept, vendor); });
  write_checks(out, insight);
  write_counters(out, insight.events.counts());
}

}  // namespace casewire::bridge
