#include "bridge/reconcile/case_reading.hpp"

#include <algorithm>
#include <tuple>

#include "base/text/time.hpp"

namespace casewire::bridge {
namespace {

using salesforce::soql_like_part;
using salesforce::soql_list;
using salesforce::soql_literal;

constexpr std::string_view kAttachmentMark = "opencx attachment ";

WallTime time_in(const Json& row, const char* field, const Vendors& vendors) {
  return vendors.opencx_time(parse_iso8601(string_member(row, field)).value_or(WallTime{}));
}

cases::KnownCase known_case_from(const Json& row, const Vendors& vendors) {
  const auto& closed = member(row, "IsClosed");
  cases::KnownCase known{.id = string_member(row, "Id"),
                         .is_closed = closed.is_boolean() && closed.get<bool>(),
                         .handoff = string_member(row, "OpenCX_Handoff__c"),
                         .created_at = time_in(row, "CreatedDate", vendors)};
  if (const auto closed_at = parse_iso8601(string_member(row, "ClosedDate"))) known.closed_at = vendors.opencx_time(*closed_at);
  return known;
}

/// The same Cases in two queries: `prefix` is "" for Case and "Parent." for CaseComment.
std::string session_condition(const CaseQuestion& question, const std::string& prefix, const char* id_field) {
  auto condition = prefix + "OpenCX_Handoff__c LIKE '" + soql_like_part(question.session_id) + "#%'";
  if (!question.handoffs.empty()) condition += " OR " + prefix + "OpenCX_Handoff__c IN " + soql_list(question.handoffs);
  if (!question.case_ids.empty()) condition += " OR " + std::string(id_field) + " IN " + soql_list(question.case_ids);
  return condition;
}

std::string contact_condition(const CaseQuestion& question, const std::string& prefix) {
  auto time = prefix + "IsClosed = false";
  if (question.closed_since) {
    time = "(" + time + " OR " + prefix + "ClosedDate >= " + salesforce::soql_datetime(*question.closed_since) + ")";
  }
  return prefix + "Case_From__c = 'opencx' AND " + prefix + "SuppliedEmail = " + soql_literal(question.contact_email) + " AND " +
         time;
}

std::vector<salesforce::NamedQuery> queries_for(const CaseQuestion& question) {
  const std::string fields = "SELECT Id, IsClosed, ClosedDate, OpenCX_Handoff__c, CreatedDate FROM Case WHERE ";
  auto commented = session_condition(question, "Parent.", "ParentId");
  std::vector<salesforce::NamedQuery> queries{{"own", fields + session_condition(question, "", "Id")}};
  if (!question.contact_email.empty()) {
    queries.push_back(
        {"contacts_cases", fields + contact_condition(question, "") + " ORDER BY CreatedDate DESC, Id DESC LIMIT 20"});
    queries.push_back({"contacts", "SELECT Id FROM Contact WHERE Email = " + soql_literal(question.contact_email) + " LIMIT 2"});
    commented += " OR (" + contact_condition(question, "Parent.") + ")";
  }
  queries.push_back({"comments", "SELECT ParentId, CommentBody, CreatedById, CreatedDate FROM CaseComment WHERE " + commented});
  return queries;
}

}  // namespace

std::string description_of_attachment(std::string_view attachment_id) {
  return std::string(kAttachmentMark) + std::string(attachment_id);
}

Outcome<CaseReading> read_cases(const Context& context, const CaseQuestion& question, std::string_view trace) {
  auto& client = context.salesforce;
  const auto own_user = client.own_user_id(trace);
  if (!own_user) return fail(own_user.error());
  const auto rows = client.query_all_of(queries_for(question), trace);
  if (!rows) return fail(rows.error());
  CaseReading reading;
  auto& known = reading.marked.cases;
  for (const auto* name : {"own", "contacts_cases"}) {
    for (const auto& row : salesforce::member_of(*rows, name)) {
      auto one = known_case_from(row, context.vendors);
      const bool is_new = std::none_of(known.begin(), known.end(), [&](const auto& other) { return other.id == one.id; });
      if (is_new) known.push_back(std::move(one));
    }
  }
  std::sort(known.begin(), known.end(),
            [](const auto& a, const auto& b) { return std::tie(b.created_at, b.id) < std::tie(a.created_at, a.id); });
  const auto& contacts = salesforce::member_of(*rows, "contacts");
  if (contacts.size() == 1) reading.contact_id = string_member(contacts.front(), "Id");
  for (const auto& row : salesforce::member_of(*rows, "comments")) {
    // A mark alone proves nothing: a rep may have copied the comment.
    if (!salesforce::is_same_id(string_member(row, "CreatedById"), *own_user)) continue;
    if (const auto mark = cases::mark_in(string_member(row, "CommentBody"))) {
      reading.marked.comments[string_member(row, "ParentId")].push_back({*mark, time_in(row, "CreatedDate", context.vendors)});
    }
  }
  return reading;
}

Outcome<std::vector<cases::CopiedFile>> read_copied_files(salesforce::Client& client, const std::vector<cases::KnownCase>& on,
                                                          std::string_view trace) {
  std::vector<std::string> ids;
  for (const auto& known : on) ids.push_back(known.id);
  std::vector<cases::CopiedFile> files;
  if (ids.empty()) return files;
  const auto rows = client.query_all_of(
      {{"files",
        "SELECT Id, Description, FirstPublishLocationId FROM ContentVersion WHERE FirstPublishLocationId IN " + soql_list(ids)}},
      trace);
  if (!rows) return fail(rows.error());
  for (const auto& row : salesforce::member_of(*rows, "files")) {
    const auto description = string_member(row, "Description");
    if (!description.starts_with(kAttachmentMark)) continue;
    files.push_back({.attachment_id = description.substr(kAttachmentMark.size()),
                     .version_id = string_member(row, "Id"),
                     .case_id = string_member(row, "FirstPublishLocationId")});
  }
  return files;
}

}  // namespace casewire::bridge
