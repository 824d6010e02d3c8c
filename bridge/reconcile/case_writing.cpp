#include "bridge/reconcile/case_writing.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace casewire::bridge {
namespace {

constexpr std::size_t kRowsPerCollection = 200;

void set_unless_empty(Json& fields, const char* name, const std::string& value) {
  if (!value.empty()) fields[name] = value;
}

/// What a Case can do without, and what it is called to a rep.
struct Optional {
  std::string_view field;
  std::string_view name;
};
constexpr std::array<Optional, 6> kOptional{{{"Origin", "the origin"},
                                             {"SuppliedEmail", "the customer's address"},
                                             {"SuppliedName", "the customer's name"},
                                             {"Subject", "the subject"},
                                             {"ContactId", "the contact"},
                                             {"ParentId", "the Case before this one"}}};

Json case_fields(const CaseWriting& writing, const std::set<std::string>& left_out) {
  Json fields = {{"Subject", writing.draft.subject},
                 {"Case_From__c", "opencx"},
                 {"OpenCX_Handoff__c", cases::text_of(cases::Handoff{writing.session_id, writing.choice.number})}};
  fields["Origin"] = "Email";
  set_unless_empty(fields, "Description", writing.draft.description);
  set_unless_empty(fields, "SuppliedEmail", writing.draft.supplied_email);
  set_unless_empty(fields, "SuppliedName", writing.draft.supplied_name);
  set_unless_empty(fields, "ContactId", writing.contact_id);
  set_unless_empty(fields, "ParentId", writing.choice.parent_id);
  for (const auto& field : left_out) fields.erase(field);
  return fields;
}

std::vector<salesforce::Subrequest> requests_for(const CaseWriting& writing, const std::set<std::string>& left_out) {
  const bool creates = writing.choice.kind == cases::Choice::Kind::create;
  const std::string case_id = creates ? "@{case.id}" : writing.choice.case_id;
  std::vector<salesforce::Subrequest> requests;
  if (creates) {
    // An insert and not an upsert: if a create whose answer was lost is done after all, its repetition must fail by the unique field
    // (F1, F2). An upsert would then be an update, which runs the org's assignment rules again and takes the Case from the rep who has
    // it by now (REST API Developer Guide, "Assignment Rule Header"), overwrites what she changed, and doubles the comments.
    requests.push_back({.reference = "case", .method = "POST", .path = "/sobjects/Case", .body = case_fields(writing, left_out)});
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
  requests.push_back({.reference = "after", .method = "GET", .path = "/sobjects/Case/" + case_id + "?fields=Id,IsClosed"});
  return requests;
}

/// Some optional field has a value that the org does not take. A rule or a missing field is about the Case as a whole.
bool is_about_optional_values(const Failure& failure) {
  if (failure.kind != Failure::Kind::permanent || failure.fields.empty()) return false;
  if (failure.code == "FIELD_CUSTOM_VALIDATION_EXCEPTION" || failure.code == "REQUIRED_FIELD_MISSING") return false;
  return std::all_of(failure.fields.begin(), failure.fields.end(), [](const std::string& field) {
    return std::any_of(kOptional.begin(), kOptional.end(), [&](const Optional& known) { return known.field == field; });
  });
}

/// Nothing vanishes: what the Case has no field for stands in a comment.
std::string sentence_of(const CaseWriting& writing, const std::string& field, const Failure& failure) {
  const auto fields = case_fields(writing, {});
  const auto known = std::find_if(kOptional.begin(), kOptional.end(), [&](const Optional& one) { return one.field == field; });
  return "The org refused " + std::string(known->name) + " \"" + string_member(fields, field) + "\" (" + failure.code + "), so " +
         field + " is empty.";
}

}  // namespace

Outcome<WrittenCase> write_case(const Context& context, const CaseWriting& writing, std::string_view trace) {
  std::set<std::string> left_out;
  std::string note;
  auto bodies = context.salesforce.write_together(requests_for(writing, left_out), trace, context.permit);
  while (!bodies && is_about_optional_values(bodies.error()) && left_out.size() < kOptional.size()) {
    // An org without that value loses the field, not the customer (F10).
    const auto before = left_out.size();
    for (const auto& field : bodies.error().fields) {
      if (left_out.insert(field).second) note += (note.empty() ? "" : "\n") + sentence_of(writing, field, bodies.error());
    }
    if (left_out.size() == before) break;
    auto reduced = writing;
    const auto mark = "left-out-" + cases::text_of(cases::Handoff{writing.session_id, writing.choice.number});
    for (auto& comment : cases::comments_of_note(mark, note)) reduced.comments.push_back(std::move(comment));
    bodies = context.salesforce.write_together(requests_for(reduced, left_out), trace, context.permit);
  }
  if (!bodies) return fail(bodies.error());
  const auto& after = salesforce::member_of(*bodies, "after");
  const auto& closed = member(after, "IsClosed");
  WrittenCase written{.id = string_member(after, "Id", writing.choice.case_id),
                      .is_closed = closed.is_boolean() && closed.get<bool>()};
  if (written.id.empty()) {
    return fail(Failure{.kind = Failure::Kind::transient,
                        .system = "salesforce",
                        .message = "the answer does not name the Case",
                        .may_have_acted = true});
  }
  return written;
}

}  // namespace casewire::bridge
