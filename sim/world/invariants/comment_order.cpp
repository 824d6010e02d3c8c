#include <map>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// Where each message of one conversation stands first; nothing of those whose words stand elsewhere too.
struct Standing {
  const SessionMoment* said;
  std::uint64_t entry;
};

std::vector<Standing> standings(const History& history, const std::string& session, const std::string& case_id) {
  std::vector<const SessionMoment*> said;
  for (const SessionMoment& event : history.session_events) {
    if (is_message(event) && event.session == session && event.text.size() >= kSearchedBytesMin) said.push_back(&event);
  }
  std::vector<Standing> found;
  for (const SessionMoment* one : said) {
    if (count_where(said, [&](const SessionMoment* other) { return says(other->text, one->text); }) != 1) continue;
    const auto& texts = history.texts_by_bridge;
    const auto standing = std::find_if(texts.begin(), texts.end(), [&](const CaseText& text) {
      return text.case_id == case_id && text.object != "Case" && says(text.text, one->text);
    });
    if (standing != texts.end()) found.push_back({one, standing->entry});
  }
  return found;
}

std::vector<Find> the_case_tells_in_order(const History& history) {
  std::vector<Find> out;
  if (!history.bridge_is_ours) return out;
  std::map<std::string, std::set<std::string>> sessions_of;  // by Case
  for (const auto& [session, ids] : history.cases_of_session) {
    for (const auto& [id, from] : ids) sessions_of[id].insert(session);
  }
  for (const auto& [case_id, sessions] : sessions_of) {
    for (const std::string& session : sessions) {
      const Standing* last = nullptr;
      const auto all = standings(history, session, case_id);
      for (const Standing& one : all) {
        if (last != nullptr && one.entry < last->entry) {
          out.push_back(
              {"the Case tells " + quoted(one.said->text) + " before " + quoted(last->said->text) + ", which was said first",
               last->entry});
        }
        last = &one;
      }
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kCommentOrder{
    .id = "I21",
    .title = "A Case tells a conversation in its order",
    .shown = "What our own bridge writes of one conversation on one Case stands there in the order in which it was said.",
    .source = "this house",
    .make_judge = [] { return Judge(the_case_tells_in_order); }};

}  // namespace casewire::sim
