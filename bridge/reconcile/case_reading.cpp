#include "bridge/reconcile/case_reading.hpp"

#include "base/text/time.hpp"

namespace casewire::bridge {
namespace {

using salesforce::soql_like_part;
using salesforce::soql_literal;

cases::KnownCase known_case_from(const Json& row) {
  const auto& closed = member(row, "IsClosed");
  return {.id = string_member(row, "Id"),
          .is_closed = closed.is_boolean() && closed.get<bool>(),
          .handoff = string_member(row, "OpenCX_Handoff__c"),
          .created_at = parse_iso8601(string_member(row, "CreatedDate")).value_or(WallTime{})};
}

std::vector<std::pair<std::string, std::string>> queries_for(const CaseQuestion& question) {
  const auto made_for_session = "'" + soql_like_part(question.session_id) + "#%'";
  auto own = "OpenCX_Handoff__c LIKE " + made_for_session;
  auto commented = "Parent.OpenCX_Handoff__c LIKE " + made_for_session;
  if (!question.linked_case_id.empty()) {
    own += " OR Id = " + soql_literal(question.linked_case_id);
    commented += " OR ParentId = " + soql_literal(question.linked_case_id);
  }
  const std::string fields = "SELECT Id, IsClosed, OpenCX_Handoff__c, CreatedDate FROM Case WHERE ";
  std::vector<std::pair<std::string, std::string>> queries{{"own", fields + own}};
  if (!question.contact_email.empty()) {
    const auto email = soql_literal(question.contact_email);
    queries.emplace_back("open", fields + "Case_From__c = 'opencx' AND IsClosed = false AND SuppliedEmail = " + email +
                                     " ORDER BY CreatedDate DESC, Id DESC LIMIT 5");
    queries.emplace_back("contacts", "SELECT Id FROM Contact WHERE Email = " + email + " LIMIT 2");
    commented += " OR (Parent.Case_From__c = 'opencx' AND Parent.IsClosed = false AND Parent.SuppliedEmail = " + email + ")";
  }
  queries.emplace_back("comments", "SELECT ParentId, CommentBody, CreatedById FROM CaseComment WHERE " + commented);
  return queries;
}

}  // namespace

Outcome<CaseReading> read_cases(salesforce::Client& client, const CaseQuestion& question, std::string_view trace) {
  const auto own_user = client.own_user_id(trace);
  if (!own_user) return fail(own_user.error());
  const auto rows = client.query_all_of(queries_for(question), trace);
  if (!rows) return fail(rows.error());
  CaseReading reading;
  for (const auto& row : salesforce::member_of(*rows, "own")) reading.own_cases.push_back(known_case_from(row));
  for (const auto& row : salesforce::member_of(*rows, "open")) reading.open_cases_of_contact.push_back(known_case_from(row));
  const auto& contacts = salesforce::member_of(*rows, "contacts");
  if (contacts.size() == 1) reading.contact_id = string_member(contacts.front(), "Id");
  for (const auto& row : salesforce::member_of(*rows, "comments")) {
    // A mark alone proves nothing: a rep may have copied the comment.
    if (!salesforce::is_same_id(string_member(row, "CreatedById"), *own_user)) continue;
    if (const auto mark = cases::mark_in(string_member(row, "CommentBody"))) {
      reading.comments[string_member(row, "ParentId")].insert(*mark);
    }
  }
  return reading;
}

}  // namespace casewire::bridge
