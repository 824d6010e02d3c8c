// Tables: rows under heads, as the Data Loader, the Data Export and reports write them, and office programs after them.

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/text/strings.hpp"
#include "scenarios/evidence/csv.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/evidence/material/local_times.hpp"
#include "scenarios/evidence/material/rows.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::array kFields{"Id",
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
                             "LastModifiedById",
                             "LastModifiedDate",
                             "SystemModstamp"};

/// What a report calls them, in English. Source: a report of the type Cases, exported as "Details Only".
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kLabels{{{"Case ID", "Id"},
                                                                                {"Case Number", "CaseNumber"},
                                                                                {"Date/Time Opened", "CreatedDate"},
                                                                                {"Date/Time Closed", "ClosedDate"},
                                                                                {"Web Email", "SuppliedEmail"},
                                                                                {"Web Name", "SuppliedName"},
                                                                                {"Case Origin", "Origin"},
                                                                                {"Contact ID", "ContactId"},
                                                                                {"Closed", "IsClosed"}}};

bool is_label(std::string_view head) {
  return std::any_of(kLabels.begin(), kLabels.end(),
                     [&](const auto& one) { return equals_ignoring_case(one.first, trimmed(head)) && one.first != "Closed"; });
}

/// The Data Loader writes heads in capitals.
std::string field_named(std::string_view head) {
  for (const std::string_view known : kFields) {
    if (equals_ignoring_case(known, head)) return std::string(known);
  }
  for (const auto& [label, field] : kLabels) {
    if (equals_ignoring_case(label, head)) return std::string(field);
  }
  return std::string(head);
}

/// By their API names, also where a tool writes the object before each: `Case.Id`.
std::vector<std::string> fields_of(const std::vector<std::string>& heads) {
  std::string prefix;
  for (const std::string& head : heads) {
    const std::string_view name = trimmed(head);
    if (equals_ignoring_case(name, "Id")) prefix.clear();
    if (equals_ignoring_case(name, "Id")) break;
    if (prefix.empty() && lowercase(name).ends_with(".id")) prefix = name.substr(0, name.size() - 2);
  }
  std::vector<std::string> fields;
  for (const std::string& head : heads) {
    std::string_view name = trimmed(head);
    if (!prefix.empty() && name.starts_with(prefix)) name.remove_prefix(prefix.size());
    fields.push_back(field_named(name));
  }
  return fields;
}

std::string_view lines_before(std::string_view text, std::size_t line) {
  std::size_t end = 0;
  for (std::size_t n = 1; n < line; ++n) end = std::min(text.find('\n', end), text.size() - 1) + 1;
  return text.substr(0, end);
}

/// Below its rows a report says whose it is, whenever it was made and that it is confidential.
void leave_out_what_stands_below(Table& table) {
  const auto is_below = [&](const CsvRow& row) {
    return row.cells.size() == 1 && table.fields.size() > 1 && object_of_id(row.cells.front()).empty();
  };
  while (!table.rows.empty() && is_below(table.rows.back())) table.rows.pop_back();
}

}  // namespace

void take_table(const Table& table, Evidence& evidence) {
  std::size_t taken = 0;
  for (const CsvRow& row : table.rows) {
    const Origin origin{table.file, "line " + std::to_string(row.line)};
    if (row.cells.size() != table.fields.size()) {
      evidence.unused.push_back(origin.text() + ": " + std::to_string(row.cells.size()) + " cells under " +
                                std::to_string(table.fields.size()) + " heads");
      evidence.testimony.lacks_rows(table.object, origin.text() + " was not used");
      continue;
    }
    Json values = Json::object();
    for (std::size_t c = 0; c < table.fields.size(); ++c)
      values[table.fields[c]] = row.cells[c].empty() ? Json() : Json(row.cells[c]);
    const std::string id = table.cell(row, "Id");
    note_second_row(origin, id, values, evidence);
    if (take_row(origin, {}, id, values, evidence)) ++taken;
  }
  if (taken != 0)
    evidence.read.push_back(table.file + ": a table, " + std::to_string(taken) + " of " + std::to_string(table.rows.size()) +
                            " rows");
}

void read_table(const std::string& file, std::string_view csv, Evidence& evidence) {
  const TableStart start = start_of_records(csv).value_or(TableStart{});
  // What stands above the heads is left out; the lines keep their numbers.
  const std::string text = std::string(start.line - 1, '\n').append(csv.substr(start.offset));
  auto rows = read_csv(text, file, start.separator);
  std::string broken;
  if (!rows) {
    broken = file + " is broken, or cut off, in line " + std::to_string(rows.error().where.position.line);
    evidence.unused.push_back(render(rows.error()));
    // What stands before the line that is broken, or cut off, is whole.
    rows = read_csv(lines_before(text, rows.error().where.position.line), file, start.separator);
  }
  if (!rows || rows->empty()) {
    if (broken.empty()) evidence.unused.push_back(file + ": the table is empty");
    if (!broken.empty()) evidence.testimony.lacks_rows({}, broken);
    return;
  }
  const std::vector<std::string> heads = rows->front().cells;
  Table table{.file = file,
              .fields = fields_of(heads),
              .rows = {std::move_iterator(rows->begin() + 1), std::move_iterator(rows->end())},
              .object = {}};
  leave_out_what_stands_below(table);
  for (const CsvRow& row : table.rows) {
    if (table.object.empty()) table.object = object_of_id(table.cell(row, "Id"));
  }
  if (!broken.empty()) evidence.testimony.lacks_rows(table.object, broken);
  if (std::any_of(heads.begin(), heads.end(), is_label))
    evidence.testimony.lacks_rows(table.object, file + " is a report, which shows what its filter lets through");
  if (has_local_times(table)) {
    evidence.local_tables.push_back(std::move(table));
  } else {
    take_table(table, evidence);
  }
}

}  // namespace casewire::scenarios
