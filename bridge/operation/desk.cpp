#include "bridge/operation/desk.hpp"

#include "bridge/operation/check.hpp"
#include "bridge/operation/comparison.hpp"
#include "bridge/operation/parked.hpp"
#include "bridge/operation/status.hpp"
#include "bridge/operation/trace.hpp"

namespace casewire::bridge {
namespace {

/// Somebody has signed in (program/connect.hpp).
Result<Json, std::string> take_connection(const Insight& insight, const std::string& refresh_token, const std::string& org_id) {
  if (auto taken = insight.salesforce.connect(refresh_token, org_id); !taken) return fail(taken.error());
  insight.go_on();
  return Json{{"connected", org_id}};
}

Result<Json, std::string> answer_to(const Insight& insight, const std::vector<std::string>& words) {
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string{}; };
  const auto& topic = word(0);
  if (topic == "status" && words.size() == 1) return status_json(insight);
  if (topic == "check" && words.size() == 1) return Json{{"checks", check_by_hand(insight)}};
  if (topic == "connect" && words.size() == 3) return take_connection(insight, word(1), word(2));
  if (topic == "reconcile" && words.size() == 3) return comparison_json(insight, word(1), word(2));
  if (topic == "links" && words.size() == 2) return links_json(insight, word(1));
  if (topic == "trace" && words.size() == 2) return trace_json(insight, word(1));
  if (topic == "parked" && words.size() == 2 && word(1) == "list") return parked_json(insight);
  if (topic == "parked" && words.size() == 3) {
    if (word(1) == "show") return parked_job_json(insight, word(2));
    if (word(1) == "retry") return retry_parked(insight, word(2));
    if (word(1) == "drop") return drop_parked(insight, word(2));
  }
  return fail(std::string("this bridge does not know that command; is the program that asks of the same version?"));
}

}  // namespace

Json answer_operator(const Insight& insight, const std::vector<std::string>& words) {
  try {
    auto answer = answer_to(insight, words);
    if (!answer) return {{"error", answer.error()}};
    return {{"answer", std::move(*answer)}};
  } catch (const StoreFailure& failure) {
    return {{"error", std::string("the store failed: ") + failure.what()}};
  }
}

}  // namespace casewire::bridge
