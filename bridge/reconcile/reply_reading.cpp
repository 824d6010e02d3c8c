#include "bridge/reconcile/reply_reading.hpp"

#include "base/text/encoding.hpp"
#include "base/text/time.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

using salesforce::soql_literal;

bool flag(const Json& row, std::string_view name) {
  const auto& value = member(row, name);
  return value.is_boolean() && value.get<bool>();
}

/// A link that a post shows beside its text is part of what it says.
std::string with_link(std::string said, const std::string& link, bool is_html) {
  if (link.empty() || said.find(link) != std::string::npos) return said;
  if (is_html) return said + "<p>" + html_escaped(link) + "</p>";
  return said.empty() ? link : said + "\n" + link;
}

std::string text_field(replies::Kind kind) {
  switch (kind) {
    case replies::Kind::mail: return "TextBody";
    case replies::Kind::comment: return "CommentBody";
    case replies::Kind::post: return "Body";
  }
  return {};
}

replies::FileOnCase file_of(const std::string& version_id, const Json& named) {
  replies::FileOnCase file{.version_id = version_id, .name = string_member(named, "Title", "file")};
  const auto extension = string_member(named, "FileExtension");
  if (!extension.empty() && !file.name.ends_with("." + extension)) file.name += "." + extension;
  if (const auto& size = member(named, "ContentSize"); size.is_number_unsigned()) file.bytes = size.get<std::size_t>();
  return file;
}

}  // namespace

replies::Policy reply_policy(const Config::Salesforce& settings, std::string own_user_id, const std::vector<Link>& links) {
  replies::Policy policy{.own_user_id = std::move(own_user_id),
                         .public_comments_are_replies = settings.public_comments_are_replies,
                         .public_posts_are_replies = settings.public_posts_are_replies};
  for (const auto& link : links) policy.since.push_back({std::string(address_of(link.conversation)), link.replies_since});
  return policy;
}

std::optional<WallTime> replies_since(const std::vector<Link>& links, std::string_view conversation) {
  std::optional<WallTime> of_the_same, of_anybody;
  for (const auto& link : links) {
    of_anybody = std::max(of_anybody.value_or(link.replies_since), link.replies_since);
    if (link.conversation == conversation) of_the_same = std::max(of_the_same.value_or(link.replies_since), link.replies_since);
  }
  return of_the_same ? of_the_same : of_anybody;
}

replies::Row reply_row(const Json& json, replies::Kind kind) {
  const bool is_rich_post = kind == replies::Kind::post && flag(json, "IsRichText");
  auto text = string_member(json, text_field(kind));
  if (kind == replies::Kind::post) text = with_link(std::move(text), string_member(json, "LinkUrl"), is_rich_post);
  return {.id = string_member(json, "Id"),
          .kind = kind,
          .created_by_id = string_member(json, "CreatedById"),
          .created_by_name = string_member(member(json, "CreatedBy"), "Name"),
          .created_at = parse_iso8601(string_member(json, "CreatedDate")).value_or(WallTime{}),
          .version = string_member(json, "SystemModstamp"),
          .text = is_rich_post ? std::string{} : text,
          .html = is_rich_post ? text : string_member(json, "HtmlBody"),
          .is_incoming = flag(json, "Incoming"),
          .status = string_member(json, "Status"),
          .message_identifier = string_member(json, "MessageIdentifier"),
          .has_attachment = flag(json, "HasAttachment"),
          .to = string_member(json, "ToAddress"),
          .file_version = string_member(json, "RelatedRecordId"),
          .is_published = flag(json, "IsPublished") || string_member(json, "Visibility") == "AllUsers",
          .is_deleted = flag(json, "IsDeleted")};
}

Outcome<ReplyReading> read_replies(salesforce::Client& client, const std::string& case_id, bool with_posts,
                                   std::string_view trace) {
  const auto id = soql_literal(case_id);
  std::vector<salesforce::NamedQuery> queries{
      {"state",
       "SELECT Id, IsClosed, ClosedDate, Case_From__c, OpenCX_Handoff__c, OwnerId, SystemModstamp FROM Case WHERE Id = " + id},
      {"mails",
       "SELECT Id, IsDeleted, CreatedById, CreatedBy.Name, CreatedDate, SystemModstamp, Incoming, Status, MessageIdentifier, HasAttachment, "
       "ToAddress, TextBody, HtmlBody FROM EmailMessage WHERE ParentId = " +
           id + " AND Incoming = false ORDER BY CreatedDate, Id",
       true}};
  // Where comments are no replies, a published one leaves its reason in log and ledger all the same (F42).
  queries.push_back(
      {"comments",
       "SELECT Id, IsDeleted, CreatedById, CreatedBy.Name, CreatedDate, SystemModstamp, IsPublished, CommentBody FROM CaseComment "
       "WHERE ParentId = " +
           id + " AND IsPublished = true ORDER BY CreatedDate, Id",
       true});
  if (with_posts) {
    queries.push_back(
        {"posts",
         "SELECT Id, CreatedById, CreatedBy.Name, CreatedDate, SystemModstamp, Visibility, IsRichText, Body, LinkUrl, "
         "RelatedRecordId FROM FeedItem WHERE ParentId = " +
             id + " AND " + std::string(kPublicPosts) + " ORDER BY CreatedDate, Id"});
  }
  queries.push_back(salesforce::NamedQuery{"merged", "SELECT Id FROM Case WHERE MasterRecordId = " + id, true});
  const auto rows = client.query_all_of(queries, trace);
  if (!rows) return fail(rows.error());
  ReplyReading reading;
  if (const auto& states = salesforce::member_of(*rows, "state"); !states.empty()) {
    const auto& row = states.front();
    reading.state = CaseState{.is_closed = flag(row, "IsClosed"),
                              .is_from_opencx = string_member(row, "Case_From__c") == "opencx",
                              .closed_at = string_member(row, "ClosedDate"),
                              .handoff = string_member(row, "OpenCX_Handoff__c"),
                              .owner_id = string_member(row, "OwnerId"),
                              .system_modstamp = string_member(row, "SystemModstamp")};
  }
  for (const auto& row : salesforce::member_of(*rows, "merged")) reading.merged_away.push_back(string_member(row, "Id"));
  for (const auto& row : salesforce::member_of(*rows, "mails")) reading.rows.push_back(reply_row(row, replies::Kind::mail));
  for (const auto& row : salesforce::member_of(*rows, "comments")) reading.rows.push_back(reply_row(row, replies::Kind::comment));
  for (const auto& row : salesforce::member_of(*rows, "posts")) reading.rows.push_back(reply_row(row, replies::Kind::post));
  return reading;
}

Outcome<std::vector<replies::FileOnCase>> read_files(salesforce::Client& client, const std::string& record_id,
                                                     std::string_view trace) {
  const auto rows = client.query_all_of(
      {{"files",
        "SELECT ContentDocumentId, ContentDocument.LatestPublishedVersionId, ContentDocument.Title, "
        "ContentDocument.FileExtension, ContentDocument.ContentSize FROM ContentDocumentLink WHERE LinkedEntityId = " +
            soql_literal(record_id)}},
      trace);
  if (!rows) return fail(rows.error());
  std::vector<replies::FileOnCase> files;
  for (const auto& row : salesforce::member_of(*rows, "files")) {
    const auto& document = member(row, "ContentDocument");
    auto file = file_of(string_member(document, "LatestPublishedVersionId"), document);
    file.document_id = string_member(row, "ContentDocumentId");
    files.push_back(std::move(file));
  }
  return files;
}

Outcome<std::vector<replies::FileOnCase>> read_shown_file(salesforce::Client& client, const std::string& version_id,
                                                          std::string_view trace) {
  const auto rows = client.query_all_of(
      {{"files", "SELECT ContentDocumentId, Title, FileExtension, ContentSize FROM ContentVersion WHERE Id = " +
                     soql_literal(version_id)}},
      trace);
  if (!rows) return fail(rows.error());
  std::vector<replies::FileOnCase> files;
  for (const auto& row : salesforce::member_of(*rows, "files")) {
    auto file = file_of(version_id, row);
    file.document_id = string_member(row, "ContentDocumentId");  // it may be a picture of the post's text too
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace casewire::bridge
