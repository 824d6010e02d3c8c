#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

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

Outcome<std::vector<std::string>> cases_merged_into(const Context& context, const std::vector<std::string>& cases,
                                                    const std::string& trace) {
  const auto rows =
      context.salesforce.query_with_deleted("SELECT Id FROM Case WHERE MasterRecordId IN " + salesforce::soql_list(cases), trace);
  if (!rows) return fail(rows.error());
  std::vector<std::string> found;
  for (const auto& row : *rows) found.push_back(string_member(row, "Id"));
  return found;
}

void move_to_surviving(const Context& context, const std::string& merged_away, const std::string& surviving) {
  Changes moved{.at = context.runtime.now(), .links = context.store.links_of_case(merged_away)};
  for (auto& link : moved.links) link.case_id = surviving;
  if (!moved.links.empty()) context.store.commit(moved);
}

}  // namespace casewire::bridge
