// A tree of new rows: up to 200 in all, five levels, five types; all of them or none. Source: REST API Developer Guide, "sObject
// Tree", v66.0. Guessed: the words of what is wrong with the tree itself.

#include <algorithm>
#include <set>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/several.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kRecordsMax = 200, kLevelsMax = 5, kTypesMax = 5;

/// One row of the tree, after its parent.
struct Leaf {
  const SObjectType* type;
  std::string reference;
  Json fields;
  std::size_t parent = 0;               ///< index of the parent's leaf, if it has one
  const Field* parent_field = nullptr;  ///< null for the roots
};

Answer refused(const std::string& reference, const SaveErrors& errors) {
  Json list = Json::array();
  for (const auto& error : errors) list.push_back(collection_error(error));
  Json result = Json::object();
  if (!reference.empty()) result["referenceId"] = reference;
  result["errors"] = std::move(list);
  return {.status = 400,
          .body = Json{{"hasErrors", true}, {"results", Json::array({std::move(result)})}},
          .not_modelled = errors.front().not_modelled};
}

Answer refused(const std::string& reference, std::string code, std::string message) {
  return refused(reference, {request_error(std::move(code), std::move(message))});
}

class Planter {
 public:
  Planter(Call& call, const SObjectType& root) : call_(call), root_(root) {}

  std::optional<Answer> plant(const Json& records, const SObjectType* parent, const ChildRelationship* relation,
                              std::size_t parent_index, std::size_t level) {
    if (level > kLevelsMax) return refused("", "INVALID_INPUT", "A tree has at most 5 levels");
    if (!records.is_array()) return error_answer(400, "JSON_PARSER_ERROR", "The request body has no array of records");
    for (const auto& record : records) {
      const auto& attributes = member(record, "attributes");
      const auto reference = string_member(attributes, "referenceId");
      const auto type_name = string_member(attributes, "type");
      if (reference.empty()) return refused("", "INVALID_INPUT", "Include a reference ID for each record in the request.");
      if (!references_.insert(reference).second)
        return refused(reference, "INVALID_INPUT", "Duplicate ReferenceId provided in the request.");
      const auto* type = call_.org.store.schema().find(type_name);
      if (!type && call_.org.store.schema().lacks(type_name))
        return refused(reference, {not_modelled_error("the object " + type_name)});
      const auto* wanted = parent ? call_.org.store.schema().find(relation->object) : &root_;
      if (!type || type != wanted)
        return refused(reference, "INVALID_INPUT",
                       "Record type " + type_name + " does not match the object of its place in the tree.");
      types_.insert(type);
      if (types_.size() > kTypesMax) return refused(reference, "INVALID_INPUT", "A tree has at most 5 types of records");
      if (leaves.size() == kRecordsMax)
        return refused(reference, "LIMIT_EXCEEDED", "record limit reached. cannot submit more than 200 records into this call");
      const auto index = leaves.size();
      leaves.push_back({.type = type,
                        .reference = reference,
                        .fields = Json::object(),
                        .parent = parent_index,
                        .parent_field = relation ? type->field(relation->field) : nullptr});
      for (const auto& [name, value] : record.items()) {
        if (equals_ignoring_case(name, "attributes")) continue;
        const auto* child = value.is_object() && value.contains("records") ? type->child(name) : nullptr;
        if (!child) {
          leaves[index].fields[name] = value;
        } else if (!call_.org.store.schema().find(child->object)) {
          return refused(reference, {not_modelled_error("the object behind the child relationship " + child->name)});
        } else if (auto problem = plant(value["records"], type, child, index, level + 1)) {
          return problem;
        }
      }
    }
    return std::nullopt;
  }

  std::vector<Leaf> leaves;

 private:
  Call& call_;
  const SObjectType& root_;
  std::set<std::string> references_;
  std::set<const SObjectType*> types_;
};

}  // namespace

Answer run_tree(Call& call) {
  const auto* type = object_at(call, 2);
  if (!type) return no_object(call, call.segments[2]);
  auto body = object_body(call);
  if (!body) return std::move(body.error());
  Planter planter(call, *type);
  if (auto problem = planter.plant(member(*body, "records"), nullptr, nullptr, 0, 1)) return std::move(*problem);
  const auto start = call.org.store.mark();
  Json failed = Json::array(), planted = Json::array();
  std::vector<std::string> ids;
  std::string unmodelled;
  for (auto& leaf : planter.leaves) {
    ids.emplace_back();
    if (leaf.parent_field) {
      if (ids[leaf.parent].empty()) continue;  // it fell with its parent
      leaf.fields[leaf.parent_field->name] = ids[leaf.parent];
    }
    const auto result = call.org.saver.create(call.actor, *leaf.type, leaf.fields);
    if (result.ok()) {
      ids.back() = result.id;
      planted.push_back({{"referenceId", leaf.reference}, {"id", result.id}});
      continue;
    }
    Json errors = Json::array();
    for (const auto& error : result.errors) errors.push_back(collection_error(error));
    if (!result.errors.front().not_modelled.empty()) unmodelled = result.errors.front().not_modelled;
    failed.push_back({{"referenceId", leaf.reference}, {"errors", std::move(errors)}});
  }
  if (failed.empty()) {
    finish(call);
    return {.status = 201, .body = Json{{"hasErrors", false}, {"results", std::move(planted)}}};
  }
  call.org.store.roll_back(start);
  return {
      .status = 400, .body = Json{{"hasErrors", true}, {"results", std::move(failed)}}, .not_modelled = std::move(unmodelled)};
}

}  // namespace casewire::sim::salesforce
