// Rules and approvals of an org that has defined none: the lists are empty, rules that are run change nothing, and nothing can be submitted.
// Source: REST API Developer Guide, "Process Rules", "Process Approvals", v66.0; the status of a refused approval is that of a refused
// invocable action (as captured), its words are recalled.

#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

bool names_a_row(const Call& call, const Json& id) {
  const auto canonical = id.is_string() ? canonical_id(id.get<std::string>()) : std::nullopt;
  const Row* row = canonical ? call.org.store.find(*canonical) : nullptr;
  return row && !row->deleted;
}

SaveError row_not_there() { return record_error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"); }

Json refused_approval(const Call& call, const Json& request) {
  const auto& id = member(request, "contextId");
  const auto error = names_a_row(call, id) ? record_error("NO_APPLICABLE_PROCESS", "No applicable approval process was found.")
                                           : row_not_there();
  return {{"actorIds", nullptr},
          {"entityId", id},
          {"errors", Json::array({collection_error(error)})},
          {"instanceId", nullptr},
          {"instanceStatus", nullptr},
          {"newWorkitemIds", nullptr},
          {"success", false}};
}

}  // namespace

Answer show_process_rules(Call& call) {
  if (call.segments.size() > 2 && !object_at(call, 2)) return no_object(call, call.segments[2]);
  return {.body = Json{{"rules", Json::object()}}};
}

Answer run_process_rules(Call& call) {
  auto body = object_body(call);
  if (!body) return std::move(body.error());
  for (const auto& id : member(*body, "contextIds"))
    if (!names_a_row(call, id))
      return {.status = 400, .body = Json{{"errors", Json::array({collection_error(row_not_there())})}, {"success", false}}};
  return {.body = Json{{"errors", nullptr}, {"success", true}}};
}

Answer show_approvals(Call&) { return {.body = Json{{"approvals", Json::object()}}}; }

Answer request_approvals(Call& call) {
  auto body = object_body(call);
  if (!body) return std::move(body.error());
  const auto& requests = member(*body, "requests");
  if (!requests.is_array() || requests.empty())
    return error_answer(400, "JSON_PARSER_ERROR", "The request body has no array of requests");
  Json results = Json::array();
  for (const auto& request : requests) results.push_back(refused_approval(call, request));
  return {.status = 400, .body = std::move(results)};
}

}  // namespace casewire::sim::salesforce
