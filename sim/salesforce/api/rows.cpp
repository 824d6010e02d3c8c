// One row at a time: create, read, update, delete, upsert by key, and the bytes of a file.

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/dispatch.hpp"
#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/multipart.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"
#include "sim/salesforce/records/row_json.hpp"

namespace casewire::sim::salesforce {
namespace {

SaveError bad_key(std::string_view name) {
  return request_error("NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + std::string{name}, 404);
}

Row* row_at(Call& call, const SObjectType& type, std::string_view id) {
  const auto canonical = canonical_id(id);
  Row* row = canonical ? call.org.store.find(*canonical) : nullptr;
  return row && row->type == &type && call.org.store.row(row->id) ? row : nullptr;
}

bool could_be_id_of(const SObjectType& type, std::string_view id) {
  const auto canonical = canonical_id(id);
  return canonical && canonical->starts_with(type.key_prefix);
}

// Of this object by its prefix, with a check that does not fit its case.
bool is_broken_id_of(const SObjectType& type, std::string_view id) {
  return id.size() == 18 && could_be_id_of(type, id.substr(0, 15)) && !canonical_id(id);
}

// The answer for an id that names no living row; its text depends on whether the id could have been one.
Answer no_row(const SObjectType& type, std::string_view id, const Row* row, bool writing) {
  if (row && row->deleted) return error_answer(deleted_error(404));
  // Captured: sf-fx-runtime-java, RestApiUpdateTest; the same in the vendor's guide, "Status Codes and Error Responses".
  if (is_broken_id_of(type, id)) return error_answer(malformed_id_error(type, id));
  if (!could_be_id_of(type, id)) return error_answer(bad_key(id));
  if (writing) return error_answer(record_error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", 404));
  return not_found();
}

// `fields` becomes a SELECT list, but only names may stand in it: no blanks, functions or subqueries.
bool is_field_path(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

WallTime last_change(const Row& row) {
  const auto* when = std::get_if<WallTime>(&row.at("SystemModstamp"));
  return when ? *when : WallTime{};
}

// Of accounts alone, as the vendor has it.
std::string tag_of(const Row& row) {
  return row.type->name == "Account" ? "\"" + std::to_string(last_change(row).time_since_epoch().count()) + "\"" : "";
}

Answer show_now(Call& call, const Row& row) {
  const auto fields = call.parameter("fields");
  if (fields.empty()) {
    std::vector<const Field*> all;
    for (const Field& field : row.type->fields) all.push_back(&field);
    JsonWriter json;
    write_row(json, row, all, call.prefix());
    return written_answer(json.take());
  }
  auto text = row_with_fields(call, row, fields);
  return text ? written_answer(std::move(*text)) : std::move(text.error());
}

Answer show(Call& call, const Row& row) {
  const auto tag = tag_of(row);
  if (auto failed = failed_condition(call, last_change(row), tag)) return std::move(*failed);
  auto answer = show_now(call, row);
  if (answer.status == 200) tell_last_change(answer, last_change(row), tag);
  return answer;
}

Json saved(const SaveResult& result) { return {{"id", result.id}, {"success", true}, {"errors", Json::array()}}; }

// What ends like this at the end of a path asks for an answer in that format, so a key that does so cannot be reached.
bool ends_like_a_format(std::string_view value) {
  return value.ends_with(".json") || value.ends_with(".xml") || value.ends_with(".inc");
}

// Rows whose key field holds the value, or the refusal when the field is no key.
Result<std::vector<Row*>, Answer> rows_by_key(Call& call, const SObjectType& type, std::string_view name,
                                              std::string_view value) {
  const auto* field = type.field(name);
  if (!field || !(field->id_lookup || field->external_id)) return fail(error_answer(bad_key(name)));
  if (ends_like_a_format(value)) return fail(not_found());
  if (field->type != FieldType::id) return call.org.store.matching(type, *field, value);
  Row* row = row_at(call, type, value);
  return row && !row->deleted ? std::vector{row} : std::vector<Row*>{};
}

Answer choices(Call& call, const SObjectType& type, const std::vector<Row*>& rows) {
  Json urls = Json::array();
  for (const Row* row : rows) urls.push_back(row_path(call, type, row->id));
  return {.status = 300, .body = std::move(urls)};
}

Answer created_answer(Call& call, const SObjectType& type, const SaveResult& result) {
  Answer answer{.status = 201, .body = saved(result)};
  answer.headers.add("Location", row_path(call, type, result.id));
  return answer;
}

bool holds_bytes(const SObjectType& type, const Json& fields) {
  for (const auto& [name, value] : fields.items())
    if (const auto* field = type.field(name); field && field->type == FieldType::base64) return true;
  return false;
}

Answer insert(Call& call, const SObjectType& type, const Json& fields) {
  const auto result = call.org.saver.create(call.actor, type, fields);
  if (!result.ok()) return errors_answer(result.errors);
  finish(call);
  if (call.marks_viewed) note_viewed(call, {result.id});
  return created_answer(call, type, result);
}

Answer update(Call& call, Row& row, const Json& fields) {
  if (auto failed = failed_condition(call, last_change(row), tag_of(row))) return std::move(*failed);
  const auto result = call.org.saver.update(call.actor, row, fields);
  if (!result.ok()) return errors_answer(result.errors);
  finish(call);
  if (call.marks_viewed) note_viewed(call, {row.id});
  return {.status = 204};
}

Answer remove(Call& call, Row& row) {
  if (auto failed = failed_condition(call, last_change(row), tag_of(row))) return std::move(*failed);
  if (const auto errors = call.org.saver.remove(call.actor, row); !errors.empty()) return errors_answer(errors);
  finish(call);
  return {.status = 204};
}

constexpr std::size_t kFirstRelationship = 3;  // behind sobjects, the object and the id
constexpr std::size_t kParentsMax = 5;

// The parent to which the path's relationships up to `end` lead; nullptr when there is none, or they are no parents.
Row* parent_along(Call& call, Row* row, std::size_t end) {
  if (end - kFirstRelationship > kParentsMax) return nullptr;
  for (auto at = kFirstRelationship; row && at < end; ++at) {
    const auto* reference = row->type->relationship(call.segments[at]);
    row = reference ? call.org.store.find(row->text(reference->name)) : nullptr;
    if (row && row->deleted) row = nullptr;
  }
  return row;
}

// The row that a path like /sobjects/Case/ID/Contact means, when its first name is an id and its second a parent; nullptr when it
// has no such parent. Source: REST API Developer Guide, "Traverse Relationships with Friendly URLs".
struct ParentPath {
  bool is_meant = false;
  Row* parent = nullptr;
};

ParentPath parent_path(Call& call, const SObjectType& type) {
  const auto* reference = type.relationship(call.segments[kFirstRelationship]);
  Row* row = reference && !type.field(call.segments[2]) ? row_at(call, type, call.segments[2]) : nullptr;
  if (!row || row->deleted) return {};
  return {.is_meant = true, .parent = parent_along(call, row, kFirstRelationship + 1)};
}

// What stands behind a row by its last name: the bytes of a field, a parent or children.
Answer read_below(Call& call, const Row& row, const std::string& name) {
  const auto* field = row.type->field(name);
  if (!field || field->type != FieldType::base64) return read_related(call, row, name);
  auto bytes = call.org.store.bytes(row.id);
  const auto media = row.text("ContentType");
  return {.raw = std::move(bytes).value_or(""), .raw_type = media.empty() ? "application/octet-stream" : media};
}

std::string path_below_version(const Call& call) {
  std::string path;
  for (const auto& segment : call.segments) path += "/" + segment;
  return path;
}

// The row of a path with several relationships, or the refusal.
Result<Row*, Answer> row_of_long_path(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return fail(no_object(call, call.segments[1]));
  const auto& id = call.segments[2];
  if (!could_be_id_of(*type, id)) return fail(unknown_path(call.method + " " + path_below_version(call)));
  Row* row = row_at(call, *type, id);
  if (!row || row->deleted) return fail(no_row(*type, id, row, false));
  return row;
}

}  // namespace

const SObjectType* object_at(const Call& call, std::size_t index) { return call.org.store.schema().find(call.segments[index]); }

void finish(Call& call) {
  if (!call.all_or_none) call.org.commit(call.cause);
}

Result<std::string, Answer> row_with_fields(const Call& call, const Row& row, const std::string& fields) {
  for (const auto name : split(fields, ','))
    if (!is_field_path(name)) return fail(error_answer(unknown_field_error(*row.type, name)));
  const auto parsed = soql::parse("SELECT " + fields + " FROM " + row.type->name + " WHERE Id = '" + row.id + "'");
  if (!parsed) return fail(query_refused(parsed.error()));
  auto rows = soql::evaluate(*parsed, call.org.store, {.url_prefix = call.prefix()});
  if (!rows) return fail(query_refused(rows.error()));
  return std::move(rows->records.text);
}

Answer create_row(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  if (is_multipart(call.content_type.value_or(""))) {
    const bool takes_bytes =
        std::any_of(type->fields.begin(), type->fields.end(), [](const Field& field) { return field.type == FieldType::base64; });
    if (call.inside_composite || !takes_bytes) return not_modelled("multipart insert of " + type->name);
    auto upload = read_multipart_row(call.body_text, *call.content_type, *type);
    if (!upload) return error_answer(upload.error());
    return insert(call, *type, *upload);
  }
  auto fields = object_body(call);
  if (!fields) return std::move(fields.error());
  if (call.inside_composite && holds_bytes(*type, *fields))
    return error_answer(400, "INVALID_INPUT", "Blob inserts are not supported in a composite request");
  return insert(call, *type, *fields);
}

Answer read_row(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  const Row* row = row_at(call, *type, call.segments[2]);
  if (!row || row->deleted) return no_row(*type, call.segments[2], row, false);
  if (call.marks_viewed) note_viewed(call, {row->id});
  return show(call, *row);
}

Answer update_row(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  const auto& id = call.segments[2];
  if (!could_be_id_of(*type, id) && !is_broken_id_of(*type, id)) return error_answer(bad_key(id));
  auto fields = object_body(call);
  if (!fields) return std::move(fields.error());
  Row* row = row_at(call, *type, id);
  if (!row || row->deleted) {
    const auto errors = Saver::misread(call.actor, *type, *fields);
    return errors.empty() ? no_row(*type, id, row, true) : errors_answer(errors);
  }
  return update(call, *row, *fields);
}

Answer delete_row(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  const auto& id = call.segments[2];
  // As the tests of WWW::Salesforce keep it.
  if (is_broken_id_of(*type, id)) return error_answer(record_error("MALFORMED_ID", "malformed id " + id));
  Row* row = row_at(call, *type, id);
  if (!row) return no_row(*type, id, row, true);
  return remove(call, *row);
}

Answer read_by_key_or_blob(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  if (is_password_of_user(call, *type)) return show_password_state(call);
  const Row* by_id = row_at(call, *type, call.segments[2]);
  const auto* field = type->field(call.segments[3]);
  if (!by_id && field && field->type == FieldType::base64 && canonical_id(call.segments[2]))
    return no_row(*type, call.segments[2], by_id, false);
  if (by_id && !type->field(call.segments[2])) {
    if (by_id->deleted) return error_answer(deleted_error(404));
    return read_below(call, *by_id, call.segments[3]);
  }
  const auto rows = rows_by_key(call, *type, call.segments[2], call.segments[3]);
  if (!rows) return rows.error();
  if (rows->empty()) return not_found();
  return rows->size() > 1 ? choices(call, *type, *rows) : show(call, *rows->front());
}

Answer upsert_row(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  const auto& name = call.segments[2];
  if (const auto path = parent_path(call, *type); path.is_meant) {
    if (!path.parent) return not_found();
    auto fields = object_body(call);
    return fields ? update(call, *path.parent, *fields) : std::move(fields.error());
  }
  const auto rows = rows_by_key(call, *type, name, call.segments[3]);
  if (!rows) return rows.error();
  auto fields = object_body(call);
  if (!fields) return std::move(fields.error());
  const auto* key = type->field(name);
  for (const auto& [member, value] : fields->items())
    if (equals_ignoring_case(member, name)) {
      auto error = request_error("INVALID_FIELD", "The " + key->name + " field should not be specified in the sobject data.");
      error.fields = {{key->name}};
      return error_answer(error);
    }
  if (rows->size() > 1) return choices(call, *type, *rows);
  if (rows->empty()) {
    if (key->type == FieldType::id || call.parameter("updateOnly") == "true") return not_found();
    (*fields)[key->name] = call.segments[3];
    auto answer = insert(call, *type, *fields);
    if (answer.status == 201) (*answer.body)["created"] = true;
    return answer;
  }
  auto result = call.org.saver.update(call.actor, *rows->front(), *fields);
  if (!result.ok()) return errors_answer(result.errors);
  finish(call);
  // Up to v45.0 an update by key had no body.
  if (std::atoi(call.version.c_str() + 1) <= 45) return {.status = 204};
  auto body = saved(result);
  body["created"] = false;
  return {.status = 200, .body = std::move(body)};
}

Answer delete_by_key(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  if (is_password_of_user(call, *type)) return reset_password(call);
  if (const auto path = parent_path(call, *type); path.is_meant) return path.parent ? remove(call, *path.parent) : not_found();
  const auto rows = rows_by_key(call, *type, call.segments[2], call.segments[3]);
  if (!rows) return rows.error();
  if (rows->empty()) return not_found();
  if (rows->size() > 1) return choices(call, *type, *rows);
  return remove(call, *rows->front());
}

Answer read_further(Call& call) {
  const auto row = row_of_long_path(call);
  if (!row) return row.error();
  const auto last = call.segments.size() - 1;
  const Row* parent = parent_along(call, *row, last);
  const bool too_far = last - kFirstRelationship == kParentsMax && parent && parent->type->relationship(call.segments[last]);
  return parent && !too_far ? read_below(call, *parent, call.segments[last]) : not_found();
}

Answer update_further(Call& call) {
  const auto row = row_of_long_path(call);
  if (!row) return row.error();
  Row* parent = parent_along(call, *row, call.segments.size());
  if (!parent) return not_found();
  auto fields = object_body(call);
  return fields ? update(call, *parent, *fields) : std::move(fields.error());
}

Answer delete_further(Call& call) {
  const auto row = row_of_long_path(call);
  if (!row) return row.error();
  Row* parent = parent_along(call, *row, call.segments.size());
  return parent ? remove(call, *parent) : not_found();
}

}  // namespace casewire::sim::salesforce
