#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

/// Merges can chain; more than this is a loop.
constexpr int kMergesMax = 10;

}  // namespace

Outcome<CaseFate> fate_of_case(const Context& context, const std::string& case_id, const std::string& trace) {
  CaseFate fate;
  auto id = case_id;
  for (int merges = 0; merges < kMergesMax; ++merges) {
    const auto rows = context.salesforce.query_with_deleted(
        "SELECT Id, IsDeleted, MasterRecordId FROM Case WHERE Id = " + salesforce::soql_literal(id), trace);
    if (!rows) return fail(rows.error());
    const bool is_there = !rows->empty();
    const auto& deleted = is_there ? member(rows->front(), "IsDeleted") : member(Json{}, "");
    fate.is_deleted = deleted.is_boolean() && deleted.get<bool>();
    fate.is_gone = !is_there || fate.is_deleted;
    if (!fate.is_gone) {
      if (id != case_id) fate.merged_into = id;
      return fate;
    }
    id = is_there ? string_member(rows->front(), "MasterRecordId") : std::string{};
    if (id.empty()) return fate;
  }
  return fate;
}

void move_to_surviving(const Context& context, const std::string& merged_away, const std::string& surviving) {
  Changes moved{.at = context.runtime.now(), .links = context.store.links_of_case(merged_away)};
  for (auto& link : moved.links) {
    link.case_id = surviving;
    moved.marks.push_back(was_on_case(link.conversation, surviving));
  }
  if (!moved.links.empty()) context.store.commit(moved);
}

}  // namespace casewire::bridge
