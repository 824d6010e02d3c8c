// Files: a ContentVersion makes its ContentDocument and the links. Source: Object Reference, "ContentVersion", "ContentDocument",
// "ContentDocumentLink", Spring '26. Guessed: whoever brings the bytes modified the content; Title is PathOnClient's file name with its extension; ShareType "V" of the link that
// FirstPublishLocationId makes; the error when it comes with a new version.

#include <algorithm>
#include <array>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {
namespace {

using Named = Saver::NamedValue;

std::string file_type(std::string_view extension) {
  // clang-format off
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kTypes{{
      {"pdf", "PDF"}, {"txt", "TEXT"}, {"png", "PNG"}, {"jpg", "JPG"}, {"jpeg", "JPG"}, {"gif", "GIF"}, {"csv", "CSV"},
      {"html", "HTML"}, {"htm", "HTML"}, {"xml", "XML"}, {"zip", "ZIP"}, {"doc", "WORD"}, {"docx", "WORD_X"},
      {"xls", "EXCEL"}, {"xlsx", "EXCEL_X"}, {"eml", "EML"},
  }};
  // clang-format on
  const auto wanted = lowercase(extension);
  for (const auto& [word, type] : kTypes)
    if (word == wanted) return std::string{type};
  return "UNKNOWN";
}

void describe_bytes(Draft& draft) {
  const auto path = draft.text("PathOnClient");
  const auto name = path.substr(path.find_last_of("/\\") == std::string::npos ? 0 : path.find_last_of("/\\") + 1);
  const auto dot = name.find_last_of('.');
  const auto extension = dot == std::string::npos ? std::string{} : name.substr(dot + 1);
  if (is_null(draft["Title"])) draft["Title"] = name;
  draft["FileExtension"] = extension.empty() ? Value{} : Value{extension};
  draft["FileType"] = file_type(extension);
  draft["ContentSize"] = static_cast<std::int64_t>(draft.bytes->size());
  draft["Checksum"] = hex(md5(*draft.bytes));
  if (is_null(draft["ContentModifiedDate"])) draft["ContentModifiedDate"] = whole_seconds(draft.store.now());
  draft["ContentModifiedById"] = draft.actor.user_id;
  draft["VersionData"] = "/services/data/v66.0/sobjects/ContentVersion/" + draft.id + "/VersionData";
  draft["VersionDataUrl"] = "/sfc/servlet.shepherd/version/download/" + draft.id;
}

void update_document(Draft& draft, Row& document) {
  for (const auto field : {"Title", "FileType", "FileExtension", "ContentSize", "ContentModifiedDate", "Description"})
    draft.store.set(document, field, draft[field]);
  draft.store.set(document, "LatestPublishedVersionId", draft.id);
}

SaveErrors add_version(Draft& draft) {
  if (draft.wrote("FirstPublishLocationId") && !is_null(draft["FirstPublishLocationId"]))
    return {field_error("FIELD_INTEGRITY_EXCEPTION", *draft.type.field("FirstPublishLocationId"),
                        "only the first version of a file has a first publish location")};
  const auto& field = *draft.type.field("ContentDocumentId");
  std::int64_t last = 0;
  for (Row* version : draft.store.matching(draft.type, field, draft.text("ContentDocumentId"))) {
    last = std::max<std::int64_t>(last, std::stoll("0" + version->text("VersionNumber")));
    if (version->at("IsLatest") == Value{true}) draft.store.set(*version, "IsLatest", false);
  }
  draft["VersionNumber"] = std::to_string(last + 1);
  update_document(draft, *draft.store.find(draft.text("ContentDocumentId")));
  return {};
}

void make_document(Draft& draft, Saver& saver) {
  const Named values[] = {{"Title", draft["Title"]}, {"OwnerId", draft["OwnerId"]}};
  Row& document = saver.create_by_system(draft.actor, "ContentDocument", values);
  draft["ContentDocumentId"] = document.id;
  draft["VersionNumber"] = std::string{"1"};
  update_document(draft, document);
}

SaveErrors before_version(Draft& draft, Saver& saver) {
  if (draft.before) return draft.bytes ? SaveErrors{no_access_error()} : SaveErrors{};  // bytes change by a new version only
  if (is_null(draft["PathOnClient"])) return {missing_fields_error({"PathOnClient"})};
  if (!draft.bytes || draft.bytes->empty())
    return {missing_fields_error({"VersionData"})};  // observed: a file of no bytes is none
  describe_bytes(draft);
  draft["IsLatest"] = true;
  if (draft.wrote("ContentDocumentId") && !is_null(draft["ContentDocumentId"])) return add_version(draft);
  make_document(draft, saver);
  return {};
}

void mark_attachment(Store& store, std::string_view entity_id) {
  if (Row* entity = store.find(entity_id); entity && entity->type->name == "EmailMessage")
    store.set(*entity, "HasAttachment", true);
}

SaveErrors after_version(Draft& draft, Row& row, Saver& saver) {
  if (draft.before) {
    if (Row* document = draft.store.find(row.text("ContentDocumentId")); document && row.at("IsLatest") == Value{true})
      for (const auto field : {"Title", "Description"}) draft.store.set(*document, field, row.at(field));
    return {};
  }
  if (row.text("VersionNumber") != "1") return {};
  const auto link = [&](const std::string& entity, std::string share) {
    const Named values[] = {
        {"ContentDocumentId", row.at("ContentDocumentId")}, {"LinkedEntityId", entity}, {"ShareType", std::move(share)}};
    saver.create_by_system(draft.actor, "ContentDocumentLink", values);
    mark_attachment(draft.store, entity);
  };
  link(row.text("OwnerId"), "I");
  const auto place = row.text("FirstPublishLocationId");
  if (!place.empty() && place != row.text("OwnerId")) link(place, "V");
  return {};
}

SaveErrors before_link(Draft& draft, Saver&) {
  if (draft.before) return {};
  const auto entity_id = draft.text("LinkedEntityId"), document_id = draft.text("ContentDocumentId");
  if (entity_id.empty() || document_id.empty()) return {};  // named by the check for required fields
  const auto& field = *draft.type.field("LinkedEntityId");
  for (const Row* link : draft.store.matching(draft.type, field, entity_id))
    if (link->text("ContentDocumentId") == document_id) {
      SaveError error =
          record_error("DUPLICATE_VALUE", "Document with ID: " + document_id.substr(0, 15) +
                                              " is already linked with the entity with ID: " + entity_id.substr(0, 15));
      error.fields = {{"LinkedEntityId"}};
      return {std::move(error)};
    }
  const Row* entity = draft.store.find(entity_id);
  const bool sent_mail = entity && entity->type->name == "EmailMessage" && entity->text("Status") != "5" &&
                         entity->at("IsClientManaged") != Value{true};
  return sent_mail && !draft.actor.modify_all ? SaveErrors{no_access_error()} : SaveErrors{};
}

SaveErrors after_link(Draft& draft, Row& row, Saver&) {
  if (!draft.before) mark_attachment(draft.store, row.text("LinkedEntityId"));
  return {};
}

}  // namespace

const Behaviour kContentVersionBehaviour{.object = "ContentVersion", .before_save = before_version, .after_save = after_version};
const Behaviour kContentDocumentLinkBehaviour{
    .object = "ContentDocumentLink", .before_save = before_link, .after_save = after_link};

}  // namespace casewire::sim::salesforce
