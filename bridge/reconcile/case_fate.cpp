#include "bridge/reconcile/context.hpp"

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

}  // namespace casewire::bridge
