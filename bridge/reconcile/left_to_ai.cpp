#include "bridge/reconcile/left_to_ai.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "bridge/cases/ownership.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

/// Of one contact; the newest stay.
constexpr std::size_t kLeftMax = 20;

struct LeftSession {
  std::string id;
  std::string changed_at;
};

std::string mark_name(const std::string& conversation) { return "left to the AI:" + conversation; }

/// "<session>@<its updated_at>", parted by blanks.
std::vector<LeftSession> read_left(Store& store, const std::string& conversation) {
  std::vector<LeftSession> left;
  const auto known = store.mark(mark_name(conversation)).value_or(std::string{});
  for (const auto word : split(known, ' ')) {
    const auto at = word.find('@');
    if (at != std::string_view::npos) left.push_back({std::string(word.substr(0, at)), std::string(word.substr(at + 1))});
  }
  return left;
}

}  // namespace

Mark left_to_the_ai(const SessionRun& run) {
  const auto conversation = conversation_of(run.session);
  if (run.session.channel != "email" || address_of(conversation).empty()) return {};
  auto left = read_left(run.context.store, conversation);
  std::erase_if(left, [&](const LeftSession& one) { return one.id == run.session_id; });
  if (left.size() >= kLeftMax) left.erase(left.begin());
  left.push_back({run.session_id, run.session.updated_at});
  std::string value;
  for (const auto& one : left) value += (value.empty() ? "" : " ") + one.id + "@" + one.changed_at;
  return {mark_name(conversation), value, parse_iso8601(run.session.updated_at).value_or(run.context.runtime.now())};
}

std::vector<Hint> left_meanwhile(const SessionRun& run) {
  const auto since = cases::with_people_since(run.history);
  std::vector<Hint> hints;
  if (!since) return hints;
  for (const auto& one : read_left(run.context.store, run.job.conversation)) {
    const auto changed_at = parse_iso8601(one.changed_at);
    if (one.id == run.session_id || !changed_at || *changed_at < *since) continue;
    hints.push_back({.subject = session_subject(one.id), .conversation = run.job.conversation});
  }
  return hints;
}

}  // namespace casewire::bridge
