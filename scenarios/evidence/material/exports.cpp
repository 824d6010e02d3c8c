// What Salesforce gives out, row by row, and records (tables: tables.cpp). An export does not say what object its rows are; the ids do.
// Source: key prefixes, docs/fake-salesforce.md.

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/evidence/material/rows.hpp"
#include "scenarios/evidence/row_facts.hpp"
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

void read_checkboxes(Json& fields) {
  for (auto& [name, value] : fields.items()) {
    if (!name.starts_with("Is") && name != "Incoming") continue;
    if (const auto box = checked(value)) value = *box;
  }
}

void take_bytes(std::string_view bytes, OrgRow& version, Evidence& evidence) {
  version.content_sha256 = hex(sha256(bytes));
  version.content_bytes = bytes.size();
  evidence.keep_file(version.content_sha256, bytes);
}

bool stands_on_a_case(const Json& fields) {
  return std::any_of(fields.begin(), fields.end(), [](const Json& value) {
    return value.is_string() && object_of_id(value.get_ref<const std::string&>()) == "Case";
  });
}

/// The Bulk API writes times as milliseconds since 1970, others as text. Source: Bulk API Developer Guide, "Date Formatting in JSON".
void read_milliseconds(Json& fields) {
  constexpr std::size_t kDigits = 13;  // from 2001 to 2286
  for (const std::string_view field : kTimeFields) {
    const auto value = fields.find(field);
    if (value == fields.end()) continue;
    const std::string digits = value->is_number_unsigned() ? value->dump() : string_member(fields, field);
    const bool is_meant = digits.size() == kDigits && std::all_of(digits.begin(), digits.end(), is_digit);
    if (is_meant) *value = iso8601(WallTime(milliseconds(std::stoll(digits))));
  }
}

/// The newest time in the row; the error names one that cannot be read and without which the row tells nothing.
Result<WallTime, std::string> newest_time(const Origin& origin, const Json& fields, Evidence& evidence) {
  WallTime newest{};
  for (const std::string_view field : kTimeFields) {
    const std::string text = string_member(fields, field);
    if (text.empty()) continue;
    if (const auto when = time_from(text)) {
      newest = std::max(newest, *when);
      continue;
    }
    const std::string trouble = std::string(field) + " \"" + text + "\" is no time with its zone, such as 2026-03-02T08:15:04Z";
    if (field == "CreatedDate") return fail(trouble);
    evidence.unused.push_back(origin.text() + ": " + trouble + "; the rest of the row was used");
  }
  return newest;
}

}  // namespace

std::string object_of_id(std::string_view id) {
  for (const auto& [prefix, object] : kPrefixes) {
    if (id.starts_with(prefix)) return std::string(object);
  }
  return {};
}

bool take_row(const Origin& origin, std::string object, const std::string& id, Json fields, Evidence& evidence) {
  if (object.empty()) object = object_of_id(id);
  const auto leave_out = [&](const std::string& why) {
    evidence.unused.push_back(origin.text() + ": " + why);
    const std::string gap = origin.text() + " was not used";
    if (object.empty() && !id.empty()) {
      if (stands_on_a_case(fields)) evidence.testimony.lacks_text_of_case(gap);
    } else {
      evidence.testimony.lacks_rows(object, gap);
    }
    return false;
  };
  if (object.empty()) return leave_out("no object that is known here has the id " + (id.empty() ? "(none)" : id));
  if (id.empty()) return leave_out("without its Id nothing tells which row it is; ask for Id too");
  read_checkboxes(fields);
  read_milliseconds(fields);
  const auto newest = newest_time(origin, fields, evidence);
  if (!newest) return leave_out(newest.error());
  OrgRow& row = evidence.row(object, id, fields, origin);
  evidence.testimony.gives_row(object, eighteen(id), *newest);
  if (object != "ContentVersion") return true;
  // The Data Loader writes the bytes in base64; a record has the path under which the API gives them.
  const auto bytes = decode_base64(string_member(fields, "VersionData"));
  row.fields.erase("VersionData");
  if (bytes && !bytes->empty()) take_bytes(*bytes, row, evidence);
  return true;
}

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

bool read_version_bytes(const std::string& file, std::string_view bytes, Evidence& evidence) {
  const std::string name = file.substr(file.rfind('/') + 1);
  const std::string id = name.substr(0, name.find('.'));
  const auto pieces = pieces_of(id);
  const bool is_id = pieces.size() == 1 && pieces.front().kind == Piece::Kind::id && (id.size() == 15 || id.size() == 18);
  if (!is_id || object_of_id(id) != "ContentVersion") return false;
  take_bytes(bytes, evidence.row("ContentVersion", id, Json::object(), {file, ""}), evidence);
  evidence.read.push_back(file + ": the bytes of a ContentVersion, " + std::to_string(bytes.size()));
  return true;
}

std::string object_of_record(const Json& record) {
  const std::string said = string_member(member(record, "attributes"), "type");
  return said.empty() ? object_of_id(string_member(record, "Id")) : said;
}

std::size_t read_records(const std::string& file, const Json& records, Evidence& evidence) {
  std::size_t taken = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Json& record = records[i];
    const Origin origin{file, "record " + std::to_string(i + 1)};
    if (!record.is_object()) {
      evidence.unused.push_back(origin.text() + ": no object");
      evidence.testimony.lacks_rows({}, origin.text() + " was not used");
      continue;
    }
    std::string id = string_member(record, "Id");
    if (id.empty()) {  // a tree has no ids, but the place where it was read
      const std::string url = string_member(member(record, "attributes"), "url");
      id = url.substr(url.rfind('/') + 1);
    }
    note_second_row(origin, id, record, evidence);
    if (take_row(origin, string_member(member(record, "attributes"), "type"), id, record, evidence)) ++taken;
  }
  return taken;
}

void note_undated_rows(Evidence& evidence) {
  static constexpr std::array<std::string_view, 6> kEvents{"Case",        "EmailMessage",   "CaseComment",
                                                           "CaseHistory", "ContentVersion", "Attachment"};
  for (auto& [id, row] : evidence.rows) {
    const bool is_event = std::find(kEvents.begin(), kEvents.end(), row.object) != kEvents.end();
    if (!is_event || row.created != WallTime{} || !evidence.testimony.is_exported(row.object, id)) continue;
    // A mail's own time is when it was sent.
    if (const auto sent = time_from(string_member(row.fields, "MessageDate"))) {
      row.created = *sent;
      continue;
    }
    evidence.unused.push_back(row.origin.text() + ": nothing says when it was made; export CreatedDate too");
    evidence.testimony.lacks_rows(row.object, silence_about(row, "CreatedDate"));
  }
}

}  // namespace casewire::scenarios
