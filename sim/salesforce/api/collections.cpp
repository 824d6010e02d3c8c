// Up to 200 rows in one request: always 200 with one result per row, in the order of the request.

#include <algorithm>
#include <set>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"
#include "sim/salesforce/records/row_json.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kRowsMax = 200;
constexpr std::size_t kReadMax = 2'000;
constexpr std::size_t kChunksMax = 10;

Json failed_item(const SaveErrors& errors, const std::string& id = {}) {
  Json item = Json::object();
  if (!id.empty()) item["id"] = id;
  item["success"] = false;
  auto& list = item["errors"] = Json::array();
  for (const auto& error : errors) list.push_back(collection_error(error));
  return item;
}

Json rolled_back_item() {
  return failed_item(
      {record_error("ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    "Record rolled back because not all records were valid and the request was using AllOrNone header")});
}

Json saved_item(const std::string& id) { return {{"id", id}, {"success", true}, {"errors", Json::array()}}; }

Json upserted_item(const SaveResult& result) {
  auto item = saved_item(result.id);
  item["created"] = result.created;
  return item;
}

Answer too_many() {
  return error_answer(400, "EXCEEDED_ID_LIMIT", "record limit reached. cannot submit more than 200 records into this call");
}

// An item that asks for what is not modelled fails alone, and the run is red.
std::string unmodelled_in(const Json& items) {
  for (const auto& item : items)
    for (const auto& error : member(item, "errors"))
      if (string_member(error, "statusCode") == "NOT_MODELLED") return string_member(error, "message");
  return {};
}

// Runs one save per row; with all-or-none a failure takes everything back.
template <class Save>
Answer save_each(Call& call, std::size_t count, bool all_or_none, Save save) {
  const auto start = call.org.store.mark();
  Json items = Json::array();
  bool failed = false;
  for (std::size_t i = 0; i < count; ++i) {
    items.push_back(save(i));
    failed = failed || !items.back()["success"].template get<bool>();
  }
  if (failed && (all_or_none || call.all_or_none)) {
    call.org.store.roll_back(start);
    for (auto& item : items)
      if (item["success"].template get<bool>()) item = rolled_back_item();
  }
  finish(call);
  auto unmodelled = unmodelled_in(items);
  return {.body = std::move(items), .not_modelled = std::move(unmodelled)};
}

struct CollectionRequest {
  Json body;
  bool all_or_none = false;
};

Result<CollectionRequest, Answer> read_request(Call& call) {
  auto body = object_body(call);
  if (!body) return fail(std::move(body.error()));
  const auto& records = member(*body, "records");
  if (!records.is_array()) return fail(error_answer(400, "JSON_PARSER_ERROR", "The request body has no array of records"));
  if (records.size() > kRowsMax) return fail(too_many());
  std::size_t chunks = 0;
  std::string last;
  for (const auto& record : records) {
    if (!record.is_object())
      return fail(
          error_answer(400, "JSON_PARSER_ERROR", "Cannot deserialize instance of complexvalue from a record that is no object"));
    const auto type = lowercase(string_member(member(record, "attributes"), "type"));
    if (type != last) ++chunks;
    last = type;
  }
  if (chunks > kChunksMax)
    return fail(error_answer(400, "LIMIT_EXCEEDED", "records of more than 10 chunks of object types in one call"));
  auto all_or_none = switch_of(*body, "allOrNone");
  if (!all_or_none) return fail(std::move(all_or_none.error()));
  return CollectionRequest{std::move(*body), *all_or_none};
}

// Positions in error texts are those inside the whole body.
Actor actor_for(const Call& call, std::size_t index) {
  auto actor = call.actor;
  actor.place.path.emplace_back("records");
  actor.place.path.push_back(std::to_string(index));
  return actor;
}

const SObjectType* type_of(const Call& call, const Json& record) {
  return call.org.store.schema().find(string_member(member(record, "attributes"), "type"));
}

SaveErrors unknown_type(const Call& call, const Json& record) {
  const auto name = string_member(member(record, "attributes"), "type");
  if (call.org.store.schema().lacks(name)) return {not_modelled_error("the object " + name)};
  return {request_error("INVALID_TYPE", "sObject type '" + name + "' is not supported.")};
}

// The row that an update or delete means, by its id in any form.
struct Target {
  Row* row = nullptr;
  SaveErrors errors{};
};
Target target_of(Call& call, const std::string& id) {
  const auto canonical = canonical_id(id);
  if (!canonical) return {.errors = {record_error("MALFORMED_ID", "malformed id " + id)}};
  Row* row = call.org.store.find(*canonical);
  if (!row || !call.org.store.row(row->id))
    return {.errors = {record_error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")}};
  if (row->deleted) return {.row = row, .errors = {deleted_error(400)}};
  return {.row = row};
}

// The same among the rows of one object, as an update means it; of a malformed id as the vendor's guide has it.
Target target_of(Call& call, const SObjectType& type, const std::string& id) {
  if (!canonical_id(id)) return {.errors = {malformed_id_error(type, id)}};
  auto target = target_of(call, id);
  if (target.errors.empty() && target.row->type != &type)
    target.errors = {record_error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")};
  return target;
}

// Takes the member of that name, without regard to case, out of the record.
std::string take_text(Json& record, std::string_view name) {
  for (auto it = record.begin(); it != record.end(); ++it)
    if (equals_ignoring_case(it.key(), name)) {
      std::string text = it.value().is_string() ? it.value().get<std::string>() : std::string{};
      record.erase(it);
      return text;
    }
  return {};
}

}  // namespace

Answer create_collection(Call& call) {
  auto request = read_request(call);
  if (!request) return std::move(request.error());
  const auto& records = request->body["records"];
  return save_each(call, records.size(), request->all_or_none, [&](std::size_t i) {
    const auto* type = type_of(call, records[i]);
    if (!type) return failed_item(unknown_type(call, records[i]));
    const auto result = call.org.saver.create(actor_for(call, i), *type, records[i]);
    return result.ok() ? saved_item(result.id) : failed_item(result.errors);
  });
}

namespace {

// The ids that more than one record has, in their long form.
std::set<std::string> repeated_ids(const Json& records) {
  std::set<std::string> seen, repeated;
  for (auto record : records)
    if (auto id = canonical_id(take_text(record, "id")); id && !seen.insert(*id).second) repeated.insert(std::move(*id));
  return repeated;
}

// Source: Salesforce Help, 000384876. Guessed: the code and that each of the rows is refused, both as with external ids.
SaveErrors repeated_id(const std::string& id) { return {record_error("DUPLICATE_VALUE", "Duplicate id specified: " + id)}; }

}  // namespace

Answer update_collection(Call& call) {
  auto request = read_request(call);
  if (!request) return std::move(request.error());
  auto& records = request->body["records"];
  const auto repeated = repeated_ids(records);
  return save_each(call, records.size(), request->all_or_none, [&](std::size_t i) {
    const auto id = take_text(records[i], "id");
    if (id.empty()) {
      auto error = record_error("MISSING_ARGUMENT", "Id not specified in an update call");
      error.fields = {{"Id"}};
      return failed_item({error});
    }
    const auto* type = type_of(call, records[i]);
    if (!type) return failed_item(unknown_type(call, records[i]), id);
    const auto target = target_of(call, *type, id);
    if (!target.errors.empty()) return failed_item(target.errors, id);
    if (repeated.contains(target.row->id)) return failed_item(repeated_id(target.row->id), target.row->id);
    const auto result = call.org.saver.update(actor_for(call, i), *target.row, records[i]);
    return result.ok() ? saved_item(result.id) : failed_item(result.errors, target.row->id);
  });
}

namespace {

// The values of the key that more than one record has; without regard to case, as keys are compared.
std::set<std::string> repeated_keys(const Json& records, const Field& key) {
  std::set<std::string> seen, repeated;
  for (auto record : records)
    if (auto value = lowercase(take_text(record, key.name)); !value.empty() && !seen.insert(value).second)
      repeated.insert(std::move(value));
  return repeated;
}

}  // namespace

Answer upsert_collection(Call& call) {
  const auto* type = object_at(call, 2);
  if (!type) return no_object(call, call.segments[2]);
  const auto* key = type->field(call.segments[3]);
  if (!key || !(key->id_lookup || key->external_id))
    return error_answer(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + call.segments[3]);
  auto request = read_request(call);
  if (!request) return std::move(request.error());
  auto& records = request->body["records"];
  const auto repeated = key->type == FieldType::id ? repeated_ids(records) : repeated_keys(records, *key);
  return save_each(call, records.size(), request->all_or_none, [&](std::size_t i) {
    if (type_of(call, records[i]) != type) return failed_item(unknown_type(call, records[i]));
    const auto value = take_text(records[i], key->name);
    if (key->type == FieldType::id) {
      // No id: a new row. An id names the row, and never makes one.
      if (value.empty()) {
        const auto result = call.org.saver.create(actor_for(call, i), *type, records[i]);
        return result.ok() ? upserted_item(result) : failed_item(result.errors);
      }
      const auto target = target_of(call, *type, value);
      if (!target.errors.empty()) return failed_item(target.errors, value);
      if (repeated.contains(target.row->id)) return failed_item(repeated_id(target.row->id), target.row->id);
      const auto result = call.org.saver.update(actor_for(call, i), *target.row, records[i]);
      return result.ok() ? upserted_item(result) : failed_item(result.errors, result.id);
    }
    if (value.empty()) {
      auto error = record_error("MISSING_ARGUMENT", key->name + " not specified");
      error.fields = {{key->name}};
      return failed_item({error});
    }
    if (repeated.contains(lowercase(value)))
      return failed_item({record_error("DUPLICATE_VALUE", "Duplicate external id specified: " + lowercase(value))});
    const auto rows = call.org.store.matching(*type, *key, value);
    if (rows.size() > 1) return failed_item({several_rows_error(*key, rows)});
    auto fields = records[i];
    if (rows.empty()) fields[key->name] = value;
    const auto result = rows.empty() ? call.org.saver.create(actor_for(call, i), *type, fields)
                                     : call.org.saver.update(actor_for(call, i), *rows.front(), fields);
    if (!result.ok()) return failed_item(result.errors, result.id);
    return upserted_item(result);
  });
}

Answer delete_collection(Call& call) {
  std::vector<std::string> ids;
  const auto list = call.parameter("ids");
  for (const auto id : split(list, ','))
    if (!trimmed(id).empty()) ids.emplace_back(trimmed(id));
  if (ids.empty()) return not_modelled("the deletion of a collection without ids");
  if (ids.size() > kRowsMax) return too_many();
  return save_each(call, ids.size(), equals_ignoring_case(call.parameter("allOrNone"), "true"), [&](std::size_t i) {
    const auto target = target_of(call, ids[i]);
    auto errors = target.errors;
    if (errors.empty()) errors = call.org.saver.remove(call.actor, *target.row);
    return errors.empty() ? saved_item(target.row->id) : failed_item(errors, ids[i]);
  });
}

namespace {

// A list of texts in a body; empty where there is none.
Result<std::vector<std::string>, Answer> texts_in(const Json& body, const char* name) {
  std::vector<std::string> texts;
  const auto& list = member(body, name);
  if (list.is_null()) return texts;
  const bool are_texts =
      list.is_array() && std::all_of(list.begin(), list.end(), [](const Json& one) { return one.is_string(); });
  if (!are_texts)
    return fail(error_answer(400, "JSON_PARSER_ERROR", "The request body has no array of texts " + std::string{name}));
  for (const auto& one : list) texts.push_back(one.get<std::string>());
  return texts;
}

}  // namespace

Answer read_collection(Call& call) {
  const auto* type = object_at(call, 2);
  if (!type) return no_object(call, call.segments[2]);
  std::vector<std::string> ids, names;
  if (call.method == "GET") {
    const auto id_list = call.parameter("ids"), field_list = call.parameter("fields");
    for (const auto id : split(id_list, ','))
      if (!id_list.empty()) ids.emplace_back(trimmed(id));
    for (const auto name : split(field_list, ','))
      if (!field_list.empty()) names.emplace_back(trimmed(name));
  } else {
    auto body = object_body(call);
    if (!body) return std::move(body.error());
    auto listed_ids = texts_in(*body, "ids"), listed_names = texts_in(*body, "fields");
    if (!listed_ids) return std::move(listed_ids.error());
    if (!listed_names) return std::move(listed_names.error());
    ids = std::move(*listed_ids);
    names = std::move(*listed_names);
  }
  if (ids.size() > kReadMax)
    return error_answer(400, "EXCEEDED_ID_LIMIT", "record limit reached. cannot retrieve more than 2000 records in this call");
  if (ids.empty() || names.empty()) return not_modelled("the reading of a collection without ids or fields");
  std::vector<const Field*> fields;
  std::set<std::string> shown;
  std::string paths;
  bool with_parents = false;
  for (const auto& name : names) {
    const auto* field = type->field(name);
    const bool is_path = name.find('.') != std::string::npos;
    if (!field && !is_path) return error_answer(unknown_field_error(*type, name));
    if (!shown.insert(lowercase(name)).second) continue;
    paths += (paths.empty() ? "" : ",") + name;
    with_parents = with_parents || is_path;
    if (field) fields.push_back(field);
  }
  JsonWriter json;
  const std::string prefix = call.prefix();
  json.begin_array();
  for (const auto& id : ids) {
    const auto canonical = canonical_id(id);
    const Row* row = canonical ? call.org.store.find(*canonical) : nullptr;
    if (!row || row->deleted || row->type != type) {
      json.null();
      continue;
    }
    if (!with_parents) {
      write_row(json, *row, fields, prefix);
      continue;
    }
    const auto record = row_with_fields(call, *row, paths);
    if (!record) return record.error();
    json.written(*record);
  }
  json.end_array();
  return written_answer(json.take());
}

}  // namespace casewire::sim::salesforce
