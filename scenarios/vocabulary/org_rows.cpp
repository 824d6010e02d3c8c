#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {

std::vector<Json> rows_of(Stage& stage, const std::string& soql, bool with_deleted) {
  auto result = stage.world().org().query(soql, with_deleted);
  if (!result) throw HarnessFault("the org does not understand a query of this check: " + result.error().message + "\n" + soql);
  return std::move(*result);
}

std::string soql_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    switch (c) {
      case '\'':
      case '\\': out += {'\\', c}; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "'";
}

std::string case_field(Stage& stage, const std::string& case_name, const std::string& field) {
  const auto found = rows_of(stage, "SELECT " + field + " FROM Case WHERE Id = " + soql_text(stage.case_id(case_name)));
  return found.empty() ? std::string() : string_member(found.front(), field.c_str());
}

std::optional<std::string> last_reply_on(Stage& stage, const std::string& case_name) {
  const auto replies =
      rows_of(stage, "SELECT Id FROM EmailMessage WHERE Incoming = false AND ParentId = " + soql_text(stage.case_id(case_name)) +
                         " ORDER BY CreatedDate DESC, Id DESC");
  return replies.empty() ? std::nullopt : std::optional(string_member(replies.front(), "Id"));
}

std::vector<Json> files_linked_to(Stage& stage, const std::string& record_id) {
  return rows_of(stage,
                 "SELECT ContentDocumentId, ContentDocument.Title, ContentDocument.FileExtension, "
                 "ContentDocument.LatestPublishedVersionId FROM ContentDocumentLink WHERE LinkedEntityId = " +
                     soql_text(record_id));
}

std::string file_name_in(const Json& row) {
  const Json& document = member(row, "ContentDocument");
  const std::string title = string_member(document, "Title");
  const std::string extension = string_member(document, "FileExtension");
  // It is the extension by which the org shows and opens a file, whatever the title says.
  if (extension.empty()) return title.find('.') == std::string::npos ? title : title + " without its extension";
  return title.ends_with("." + extension) ? title : title + "." + extension;
}

std::string case_line(const Json& row) {
  return string_member(row, "CaseNumber") + " (" + string_member(row, "Status") + ") \"" + string_member(row, "Description") +
         "\"";
}

std::string closed_status(Stage& stage) {
  const auto closed = rows_of(stage, "SELECT ApiName FROM CaseStatus WHERE IsClosed = true ORDER BY SortOrder");
  if (closed.empty()) throw HarnessFault("this org has no status that closes a Case");
  for (const Json& row : closed) {
    if (string_member(row, "ApiName") == "Closed") return "Closed";
  }
  return string_member(closed.front(), "ApiName");
}

Json case_by_hand(const std::string& address, const std::string& subject, const std::string& text) {
  return {
      {"Case_From__c", "opencx"}, {"Origin", "Phone"}, {"SuppliedEmail", address}, {"Subject", subject}, {"Description", text}};
}

}  // namespace casewire::scenarios
