#include "bridge/reconcile/former_cases.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kMark = "former cases";
constexpr std::string_view kLookedFor = "looked for";
constexpr milliseconds kNotBefore{45 * 60'000};
/// Of what was closed so long ago all is done.
constexpr milliseconds kLately{7 * 24 * 3'600'000LL};
/// The newest. An org with more Cases has them worked on as somebody writes on them.
std::string cases_of_ours(WallTime now) {
  return "SELECT Id FROM Case WHERE Case_From__c = 'opencx' AND OpenCX_Handoff__c != null AND (IsClosed = false OR SystemModstamp >= " +
         salesforce::soql_datetime(now - kLately) + ") ORDER BY SystemModstamp DESC LIMIT 5000";
}

}  // namespace

Mark former_cases_unknown(WallTime now) { return {std::string(kMark), iso8601(now), {}}; }

Outcome<bool> look_for_former_cases(const Context& context) {
  const auto mark = context.store.mark(kMark);
  const auto unknown_since = mark ? parse_iso8601(*mark) : std::nullopt;
  if (!unknown_since || context.runtime.now() < *unknown_since + kNotBefore) return false;
  const auto rows = context.salesforce.query_all_of({{"cases", cases_of_ours(org_now(context))}}, {});
  if (!rows) return fail(rows.error());
  Changes changes{.at = context.runtime.now(), .marks = {{std::string(kMark), std::string(kLookedFor), {}}}};
  for (const auto& row : salesforce::member_of(*rows, "cases")) {
    const auto id = string_member(row, "Id");
    if (context.store.links_of_case(id).empty()) changes.hints.push_back({.subject = case_subject(id)});
  }
  context.store.commit(changes);
  if (changes.hints.empty()) return false;
  context.events.tell(happening::former_cases_found, {{"cases", std::to_string(changes.hints.size())}});
  return true;
}

}  // namespace casewire::bridge
