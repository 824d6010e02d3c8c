#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

std::vector<Find> each_case_is_linked(const History& history) {
  std::vector<Find> out;
  const bool link_is_refused = std::any_of(history.calls.begin(), history.calls.end(), [](const Call& call) {
    return call.to == "opencx" && call.is_refused && call.method != "GET";
  });
  if (!history.bridge_is_ours || link_is_refused || is_visibly_parked(history)) return out;
  for (const auto& [id, story] : history.case_stories) {
    if (!story.by_bridge || !story.of_this_channel || story.is_gone) continue;
    const bool is_named = std::any_of(history.cases_of_session.begin(), history.cases_of_session.end(),
                                      [&, &id = id](const auto& link) { return link.second.contains(id); });
    if (!is_named) out.push_back({"no session names the Case " + id, story.created});
  }
  return out;
}

}  // namespace

const Invariant rows::kCaseLinked{
    .id = "I18",
    .title = "No Case of ours is an orphan",
    .shown = "Each Case that our own bridge opened is named by a session (`salesforce_case_id`), unless OpenCX refused that.",
    .source = "this house",
    .is_awaited = true,
    .make_judge = [] { return Judge(each_case_is_linked); }};

}  // namespace casewire::sim
