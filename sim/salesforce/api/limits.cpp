// What is left of the org's limits. Names and maxima of an Enterprise org, as captured for v60.0 and later; only the API requests
// are counted here, storage is whole or full, the others stay whole.

#include "base/text/strings.hpp"
#include "sim/salesforce/api/finding.hpp"

namespace casewire::sim::salesforce {
namespace {

Json allotment(std::size_t most, std::size_t used) { return {{"Max", most}, {"Remaining", used > most ? 0 : most - used}}; }

struct Limit {
  const char* name;
  std::size_t most;
};

constexpr Limit kBefore[] = {{"AnalyticsExternalDataSizeMB", 40'960},
                             {"ConcurrentAsyncGetReportInstances", 200},
                             {"ConcurrentEinsteinDataInsightsStoryCreation", 5},
                             {"ConcurrentEinsteinDiscoveryStoryCreation", 2},
                             {"ConcurrentSyncReportRuns", 20},
                             {"DailyAnalyticsDataflowJobExecutions", 60},
                             {"DailyAnalyticsUploadedFilesSizeMB", 51'200}};

constexpr Limit kBehind[] = {{"DailyAsyncApexExecutions", 250'000},
                             {"DailyAsyncApexTests", 500},
                             {"DailyBulkApiBatches", 15'000},
                             {"DailyBulkV2QueryFileStorageMB", 976'562},
                             {"DailyBulkV2QueryJobs", 10'000},
                             {"DailyDeliveredPlatformEvents", 50'000},
                             {"DailyDurableGenericStreamingApiEvents", 10'000},
                             {"DailyDurableStreamingApiEvents", 10'000},
                             {"DailyEinsteinDataInsightsStoryCreation", 1'000},
                             {"DailyEinsteinDiscoveryOptimizationJobRuns", 25},
                             {"DailyEinsteinDiscoveryPredictAPICalls", 50'000},
                             {"DailyEinsteinDiscoveryPredictionsByCDC", 500'000},
                             {"DailyEinsteinDiscoveryStoryCreation", 100},
                             {"DailyFunctionsApiCallLimit", 235'000},
                             {"DailyGenericStreamingApiEvents", 10'000},
                             {"DailyStandardVolumePlatformEvents", 10'000},
                             {"DailyStreamingApiEvents", 10'000},
                             {"DailyWorkflowEmails", 100'000},
                             {"DataStorageMB", 10'240},
                             {"DurableStreamingApiConcurrentClients", 20},
                             {"FileStorageMB", 10'240},
                             {"HourlyAsyncReportRuns", 1'200},
                             {"HourlyDashboardRefreshes", 200},
                             {"HourlyDashboardResults", 5'000},
                             {"HourlyDashboardStatuses", 999'999'999},
                             {"HourlyLongTermIdMapping", 100'000},
                             {"HourlyManagedContentPublicRequests", 50'000},
                             {"HourlyODataCallout", 20'000},
                             {"HourlyPublishedPlatformEvents", 50'000},
                             {"HourlyPublishedStandardVolumePlatformEvents", 1'000},
                             {"HourlyShortTermIdMapping", 100'000},
                             {"HourlySyncReportRuns", 500},
                             {"HourlyTimeBasedWorkflow", 1'000},
                             {"MassEmail", 5'000},
                             {"MonthlyEinsteinDiscoveryStoryCreation", 500},
                             {"Package2VersionCreates", 6},
                             {"Package2VersionCreatesWithoutValidation", 500},
                             {"PrivateConnectOutboundCalloutHourlyLimitMB", 0},
                             {"PublishCallbackUsageInApex", 5'242'880},
                             {"SingleEmail", 5'000},
                             {"StreamingApiConcurrentClients", 20}};

}  // namespace

Answer show_limits(Call& call) {
  Json limits = Json::object();
  for (const auto& limit : kBefore) limits[limit.name] = allotment(limit.most, 0);
  limits["DailyApiRequests"] = allotment(call.org.data.daily_api_requests, call.org.api_requests());
  for (const auto& limit : kBehind) limits[limit.name] = allotment(limit.most, 0);
  const auto& obstacles = call.org.saver.obstacles;
  if (obstacles.is_full(Storage::data)) limits["DataStorageMB"]["Remaining"] = 0;
  if (obstacles.is_full(Storage::files)) limits["FileStorageMB"]["Remaining"] = 0;
  limits["PermissionSets"] = {{"Max", 1'500}, {"Remaining", 1'499}, {"CreateCustom", {{"Max", 1'000}, {"Remaining", 999}}}};
  return {.body = std::move(limits)};
}

// Exact and at once; a real org counts now and then. Objects that it does not know are left out.
Answer show_record_counts(Call& call) {
  const auto wanted = call.parameter("sObjects");
  std::vector<const SObjectType*> types;
  if (wanted.empty())
    for (const auto& type : call.org.store.schema().types()) types.push_back(&type);
  for (const auto name : split(wanted, ','))
    if (const auto* type = call.org.store.schema().find(trimmed(name))) types.push_back(type);
  Json counts = Json::array();
  for (const auto* type : types) {
    std::size_t count = 0;
    call.org.store.each(*type, false, [&](const Record&) { return ++count, true; });
    counts.push_back({{"count", count}, {"name", type->name}});
  }
  return {.body = Json{{"sObjects", std::move(counts)}}};
}

}  // namespace casewire::sim::salesforce
