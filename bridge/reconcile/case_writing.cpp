#include "bridge/reconcile/case_writing.hpp"

#include <algorithm>

namespace casewire::bridge {
namespace {

constexpr std::size_t kRowsPerCollection = 200;

void set_unless_empty(Json& fields, const char* name, const std::string& value) {
  if (!value.empty()) fields[name] = value;
}

Json case_fields(const CaseWriting& writing, bool with_origin) {
  Json fields = {{"Subject", writing.draft.subject},
                 {"Case_From__c", "opencx"},
                 {"OpenCX_Handoff__c", cases::text_of(cases::Handoff{writing.session_id, writing.choice.number})}};
  if (with_origin) fields["Origin"] = "Email";
  set_unless_empty(fields, "Description", writing.draft.description);
  set_unless_empty(fields, "SuppliedEmail", writing.draft.supplied_email);
  set_unless_empty(fields, "SuppliedName", writing.draft.supplied_name);
  set_unless_empty(fields, "ContactId", writing.contact_id);
  set_unless_empty(fields, "ParentId", writing.choice.parent_id);
  return fields;
}

std::vector<salesforce::Subrequest> requests_for(const CaseWriting& writing, bool with_origin) {
  const bool creates = writing.choice.kind == cases::Choice::Kind::create;
  const std::string case_id = creates ? "@{case.id}" : writing.choice.case_id;
  std::vector<salesforce::Subrequest> requests;
  if (creates) {
    // An insert and not an upsert: if a create whose answer was lost is done after all, its repetition must fail by the unique field
    // (F1, F2). An upsert would then be an update, which runs the org's assignment rules again and takes the Case from the rep who has
    // it by now (REST API Developer Guide, "Assignment Rule Header"), overwrites what she changed, and doubles the comments.
    requests.push_back(
        {.reference = "case", .method = "POST", .path = "/sobjects/Case", .body = case_fields(writing, with_origin)});
  }
  for (std::size_t first = 0; first < writing.comments.size(); first += kRowsPerCollection) {
    Json rows = Json::array();
    const auto end = std::min(first + kRowsPerCollection, writing.comments.size());
    for (auto i = first; i < end; ++i) {
      rows.push_back({{"attributes", {{"type", "CaseComment"}}},
                      {"ParentId", case_id},
                      {"CommentBody", writing.comments[i].body},
                      {"IsPublished", false}});
    }
    requests.push_back({.reference = "comments" + std::to_string(first / kRowsPerCollection + 1),
                        .method = "POST",
                        .path = "/composite/sobjects",
                        .body = {{"allOrNone", true}, {"records", std::move(rows)}}});
  }
  // Whether the Case was closed while we wrote is decided by the order of commits, so this transaction looks itself (F73).
  requests.push_back(
      {.reference = "after", .method = "GET", .path = "/sobjects/Case/" + case_id + "?fields=Id,IsClosed,SystemModstamp"});
  return requests;
}

}  // namespace

Outcome<WrittenCase> write_case(salesforce::Client& client, const CaseWriting& writing, std::string_view trace) {
  auto bodies = client.write_together(requests_for(writing, true), trace);
  if (!bodies && bodies.error().code == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" &&
      bodies.error().fields == std::vector<std::string>{"Origin"}) {
    // An org without that value loses the origin, not the customer (F10).
    bodies = client.write_together(requests_for(writing, false), trace);
  }
  if (!bodies) return fail(bodies.error());
  const auto& after = salesforce::member_of(*bodies, "after");
  const auto& closed = member(after, "IsClosed");
  WrittenCase written{.id = string_member(after, "Id", writing.choice.case_id),
                      .is_closed = closed.is_boolean() && closed.get<bool>(),
                      .system_modstamp = string_member(after, "SystemModstamp")};
  if (written.id.empty()) {
    return fail(Failure{.kind = Failure::Kind::transient,
                        .system = "salesforce",
                        .message = "the answer does not name the Case",
                        .may_have_acted = true});
  }
  return written;
}

}  // namespace casewire::bridge
