// What Salesforce gives out: tables and records. An export does not say what object its rows are; the ids do.
// Source: key prefixes, docs/fake-salesforce.md.

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/csv.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kPrefixes{{{"500", "Case"},
                                                                                  {"02s", "EmailMessage"},
                                                                                  {"00a", "CaseComment"},
                                                                                  {"003", "Contact"},
                                                                                  {"005", "User"},
                                                                                  {"068", "ContentVersion"},
                                                                                  {"06A", "ContentDocumentLink"},
                                                                                  {"00P", "Attachment"},
                                                                                  {"017", "CaseHistory"}}};

std::string object_of(std::string_view id) {
  for (const auto& [prefix, object] : kPrefixes) {
    if (id.starts_with(prefix)) return std::string(object);
  }
  return {};
}

/// The Data Loader writes heads in capitals.
std::string field_named(std::string_view head) {
  constexpr std::array kKnown{"Id",
                              "CaseNumber",
                              "Subject",
                              "Description",
                              "Status",
                              "Origin",
                              "Priority",
                              "IsClosed",
                              "ClosedDate",
                              "CreatedDate",
                              "CreatedById",
                              "ContactId",
                              "OwnerId",
                              "SuppliedEmail",
                              "SuppliedName",
                              "ContactEmail",
                              "ParentId",
                              "CommentBody",
                              "IsPublished",
                              "TextBody",
                              "HtmlBody",
                              "FromAddress",
                              "FromName",
                              "ToAddress",
                              "CcAddress",
                              "MessageDate",
                              "Incoming",
                              "MessageIdentifier",
                              "Email",
                              "Name",
                              "FirstName",
                              "LastName",
                              "CaseId",
                              "Field",
                              "OldValue",
                              "NewValue",
                              "RelatedToId",
                              "Title",
                              "ContentDocumentId",
                              "LinkedEntityId",
                              "MasterRecordId",
                              "Case_From__c",
                              "IsDeleted",
                              "PathOnClient",
                              "ContentSize",
                              "FileExtension",
                              "VersionData",
                              "LastModifiedById"};
  for (const std::string_view known : kKnown) {
    if (equals_ignoring_case(known, head)) return std::string(known);
  }
  return std::string(head);
}

Json value_of(const std::string& field, const std::string& cell) {
  if (cell.empty()) return nullptr;
  if (field.starts_with("Is") || field == "Incoming") {
    if (equals_ignoring_case(cell, "true") || cell == "1") return true;
    if (equals_ignoring_case(cell, "false") || cell == "0") return false;
  }
  return cell;
}

void take_bytes(std::string_view bytes, OrgRow& version, Evidence& evidence) {
  version.content_sha256 = hex(sha256(bytes));
  version.content_bytes = bytes.size();
  evidence.keep_file(version.content_sha256, bytes);
}

/// False when nothing tells what it is.
bool take(const Origin& origin, std::string object, const std::string& id, const Json& fields, Evidence& evidence) {
  if (object.empty()) object = object_of(id);
  if (object.empty()) {
    evidence.unused.push_back(origin.text() + ": no object that is known here has the id " + (id.empty() ? "(none)" : id));
    return false;
  }
  OrgRow& row = evidence.row(object, id, fields, origin);
  evidence.has_exports = true;
  if (object != "ContentVersion") return true;
  // The Data Loader writes the bytes in base64; a record has the path under which the API gives them.
  const auto bytes = decode_base64(string_member(fields, "VersionData"));
  row.fields.erase("VersionData");
  if (bytes && !bytes->empty()) take_bytes(*bytes, row, evidence);
  return true;
}

/// An id stands once in an export. Where it stands twice and the two disagree, somebody has put it together.
void note_second_row(const Origin& origin, const std::string& id, const Json& fields, Evidence& evidence) {
  const auto known = evidence.rows.find(eighteen(id));
  if (id.empty() || known == evidence.rows.end() || known->second.origin.file != origin.file) return;
  for (const auto& [name, value] : fields.items()) {
    const Json& before = member(known->second.fields, name);
    if (name == "attributes" || value.is_null() || before.is_null() || value == before) continue;
    evidence.guess("which row of " + id + " is meant: " + origin.text() + " has another " + name + " than " +
                   known->second.origin.place + "; the later one was taken");
    return;
  }
}

/// The name that whoever saved an answer of OpenCX gave it may have the session's id.
std::string uuid_in(std::string_view file) {
  for (const Piece& piece : pieces_of(file.substr(file.rfind('/') + 1))) {
    if (piece.kind == Piece::Kind::id && piece.text.size() == 36 && piece.text[8] == '-') return std::string(piece.text);
  }
  return {};
}

std::string_view lines_before(std::string_view text, std::size_t line) {
  std::size_t end = 0;
  for (std::size_t n = 1; n < line; ++n) end = std::min(text.find('\n', end), text.size() - 1) + 1;
  return text.substr(0, end);
}

}  // namespace

bool read_version_bytes(const std::string& file, std::string_view bytes, Evidence& evidence) {
  const std::string name = file.substr(file.rfind('/') + 1);
  const std::string id = name.substr(0, name.find('.'));
  const auto pieces = pieces_of(id);
  const bool is_id = pieces.size() == 1 && pieces.front().kind == Piece::Kind::id && (id.size() == 15 || id.size() == 18);
  if (!is_id || object_of(id) != "ContentVersion") return false;
  take_bytes(bytes, evidence.row("ContentVersion", id, Json::object(), {file, ""}), evidence);
  evidence.read.push_back(file + ": the bytes of a ContentVersion, " + std::to_string(bytes.size()));
  return true;
}

void read_table(const std::string& file, std::string_view csv, Evidence& evidence) {
  const char separator = separator_of_records(csv).value_or(',');
  auto rows = read_csv(csv, file, separator);
  if (!rows) {
    evidence.unused.push_back(render(rows.error()));
    // What stands before the line that is broken, or cut off, is whole.
    rows = read_csv(lines_before(csv, rows.error().where.position.line), file, separator);
    if (!rows || rows->size() < 2) return;
  }
  if (rows->empty()) {
    evidence.unused.push_back(file + ": the table is empty");
    return;
  }
  std::vector<std::string> fields;
  for (const std::string& head : rows->front().cells) fields.push_back(field_named(trimmed(head)));
  std::size_t taken = 0;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const CsvRow& row = (*rows)[i];
    const Origin origin{file, "line " + std::to_string(row.line)};
    if (row.cells.size() != fields.size()) {
      evidence.unused.push_back(origin.text() + ": " + std::to_string(row.cells.size()) + " cells under " +
                                std::to_string(fields.size()) + " heads");
      continue;
    }
    Json values = Json::object();
    for (std::size_t c = 0; c < fields.size(); ++c) values[fields[c]] = value_of(fields[c], row.cells[c]);
    note_second_row(origin, string_member(values, "Id"), values, evidence);
    if (take(origin, {}, string_member(values, "Id"), values, evidence)) ++taken;
  }
  if (taken != 0)
    evidence.read.push_back(file + ": a table, " + std::to_string(taken) + " of " + std::to_string(rows->size() - 1) + " rows");
}

std::size_t read_records(const std::string& file, const Json& records, Evidence& evidence) {
  std::size_t taken = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Json& record = records[i];
    const Origin origin{file, "record " + std::to_string(i + 1)};
    if (!record.is_object()) {
      evidence.unused.push_back(origin.text() + ": no object");
      continue;
    }
    std::string id = string_member(record, "Id");
    if (id.empty()) {  // a tree has no ids, but the place where it was read
      const std::string url = string_member(member(record, "attributes"), "url");
      id = url.substr(url.rfind('/') + 1);
    }
    note_second_row(origin, id, record, evidence);
    if (take(origin, string_member(member(record, "attributes"), "type"), id, record, evidence)) ++taken;
  }
  return taken;
}

bool read_json_material(const std::string& file, const Json& json, Evidence& evidence) {
  const Json* records = &member(json, "records");
  if (!records->is_array()) records = &member(member(json, "result"), "records");
  if (!records->is_array() && json.is_array() && !json.empty() && json.front().is_object()) records = &json;
  const auto is_history = [](const Json& list) {
    return list.is_array() && !list.empty() && member(list.front(), "event").is_object();
  };
  const Json& items = json.is_array() ? json : member(json, "items");
  if (is_history(items)) {
    std::string session = string_member(json, "session_id");
    if (session.empty()) session = string_member(member(json, "session"), "id");
    if (member(json, "session").is_object()) read_session({file, ""}, json["session"], evidence);
    if (session.empty()) session = uuid_in(file);
    if (session.empty()) {
      evidence.homeless_histories.emplace(file, items);
    } else {
      read_history({file, ""}, session, items, evidence);
    }
    evidence.read.push_back(file + ": a history of OpenCX, " + std::to_string(items.size()) + " items");
    return true;
  }
  if (member(json, "contact").is_object() && !string_member(json, "id").empty()) {
    read_session({file, ""}, json, evidence);
    evidence.read.push_back(file + ": a session of OpenCX");
    return true;
  }
  if (!records->is_array()) return false;
  const std::size_t taken = read_records(file, *records, evidence);
  if (taken != 0 || records->empty()) {
    const std::string of_them = taken == records->size() ? "" : " of " + std::to_string(records->size());
    evidence.read.push_back(file + ": " + std::to_string(taken) + of_them + " records of Salesforce");
  }
  return true;
}

}  // namespace casewire::scenarios
