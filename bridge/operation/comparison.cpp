#include "bridge/operation/comparison.hpp"

#include "bridge/reconcile/comparison.hpp"
#include "bridge/store/store_around.hpp"

namespace casewire::bridge {
namespace {

constexpr milliseconds kAskAgain{5'000};

/// Whoever compares changes nothing.
class ReadOnlyStore final : public StoreAround {
 public:
  using StoreAround::StoreAround;
  void commit(const Changes&) override { throw StoreFailure("a comparison writes nothing"); }
};

Json shown_difference(const Difference& difference) {
  return {{"what", difference.what},
          {"id", difference.id},
          {"session", difference.session_id},
          {"case", difference.case_id},
          {"found", difference.found}};
}

}  // namespace

Result<Json, std::string> comparison_json(const Insight& insight, const std::string& since, const std::string& at) {
  const auto instant = parse_iso8601(since);
  if (!instant) return fail("expected an instant such as 2026-01-05T09:00:00Z, found \"" + since + "\"");
  if (insight.vendors.salesforce.is_scarce()) {
    return fail(std::string(
        "nine tenths of the Salesforce org's calls of the day are used: what is left is for what customers wait for"));
  }
  ReadOnlyStore store(insight.store);
  const Context context{insight.runtime, store,          insight.salesforce, insight.opencx,    insight.vendors,
                        insight.alarms,  insight.events, insight.config,     insight.started_at};
  const auto calls_before = insight.vendors.opencx.calls().number;
  const auto slice = compare_slice(context, *instant, at);
  if (!slice && slice.error().kind == Failure::Kind::permanent) return fail(text_of(slice.error()));
  if (!slice) {
    return Json{{"failed", text_of(slice.error())}, {"retry_after_ms", slice.error().retry_after.value_or(kAskAgain).count()}};
  }
  Json answer = {{"compared",
                  {{"conversations", slice->compared.conversations},
                   {"messages", slice->compared.messages},
                   {"files", slice->compared.files},
                   {"replies", slice->compared.replies},
                   {"cases", slice->compared.cases}}},
                 {"differences", Json::array()},
                 {"under_way", slice->under_way},
                 {"opencx_calls", insight.vendors.opencx.calls().number - calls_before},
                 {"next", slice->next}};
  for (const auto& difference : slice->differences) answer["differences"].push_back(shown_difference(difference));
  return answer;
}

}  // namespace casewire::bridge
