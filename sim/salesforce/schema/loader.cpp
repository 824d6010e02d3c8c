#include "sim/salesforce/schema/loader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

struct TypeName {
  std::string_view name;
  FieldType type;
};
// clang-format off
constexpr std::array<TypeName, 22> kTypeNames{{
    {"id", FieldType::id}, {"reference", FieldType::reference}, {"string", FieldType::string},
    {"textarea", FieldType::textarea}, {"picklist", FieldType::picklist}, {"multipicklist", FieldType::multipicklist},
    {"combobox", FieldType::combobox}, {"email", FieldType::email}, {"phone", FieldType::phone}, {"url", FieldType::url},
    {"boolean", FieldType::boolean}, {"int", FieldType::integer}, {"long", FieldType::integer}, {"double", FieldType::real},
    {"currency", FieldType::currency}, {"percent", FieldType::percent}, {"date", FieldType::date},
    {"datetime", FieldType::datetime}, {"time", FieldType::time}, {"base64", FieldType::base64},
    {"address", FieldType::address}, {"anyType", FieldType::any},
}};
// clang-format on

const TypeName* type_named(std::string_view name) {
  const auto found = std::find_if(kTypeNames.begin(), kTypeNames.end(), [&](const auto& row) { return row.name == name; });
  return found == kTypeNames.end() ? nullptr : &*found;
}

struct FlagLetter {
  char letter;
  bool Field::*flag;
};
constexpr std::array<FlagLetter, 10> kFlags{{
    {'C', &Field::createable},
    {'U', &Field::updateable},
    {'N', &Field::nillable},
    {'D', &Field::defaulted},
    {'A', &Field::auto_number},
    {'L', &Field::id_lookup},
    {'R', &Field::restricted},
    {'F', &Field::filterable},
    {'G', &Field::groupable},
    {'S', &Field::sortable},
}};

Result<void> read_flags(const DataNode& node, Field& field) {
  const auto flags = node.string_or("flags", "CUNFGS");
  if (!flags) return fail(flags.error());
  for (const auto& row : kFlags) field.*(row.flag) = false;
  for (const char letter : *flags) {
    const auto row = std::find_if(kFlags.begin(), kFlags.end(), [&](const auto& flag) { return flag.letter == letter; });
    if (row == kFlags.end())
      return fail(node["flags"].problem(std::string{"unknown flag \""} + letter + "\"", "known flags: CUNDALRFGS"));
    field.*(row->flag) = true;
  }
  return {};
}

// Assigns the value of a Result, or leaves its error in `error`. Keeps the readers below straight.
template <class T>
void take(Result<T> result, T& target, std::optional<Diagnostic>& error) {
  if (error) return;
  if (result)
    target = std::move(*result);
  else
    error = std::move(result.error());
}

Result<Field> read_field(const DataNode& node) {
  if (auto known = node.object({"name", "label", "type", "length", "digits", "precision", "scale", "bytesMax", "flags", "unique",
                                "externalId", "caseSensitive", "values", "default", "references", "relationship"});
      !known)
    return fail(known.error());
  Field field;
  std::optional<Diagnostic> error;
  take(node.string("name"), field.name, error);
  take(node.string("type"), field.type_name, error);
  if (error) return fail(*error);
  const auto* type = type_named(field.type_name);
  if (!type) {
    std::vector<std::string> words;
    for (const auto& row : kTypeNames) words.emplace_back(row.name);
    const auto near = nearest(field.type_name, words);
    return fail(node["type"].problem("unknown field type \"" + field.type_name + "\"",
                                     near.empty() ? std::string{} : "did you mean \"" + near + "\"?"));
  }
  field.type = type->type;
  field.custom = field.name.ends_with("__c");
  if (auto flags = read_flags(node, field); !flags) return fail(flags.error());
  take(node.string_or("label", field.name), field.label, error);
  take(node.count_or("length", 0), field.length, error);
  take(node.count_or("digits", 0), field.digits, error);
  take(node.count_or("precision", 0), field.precision, error);
  take(node.count_or("scale", 0), field.scale, error);
  take(node.count_or("bytesMax", 0), field.bytes_max, error);
  take(node.boolean_or("unique", false), field.unique, error);
  take(node.boolean_or("externalId", false), field.external_id, error);
  take(node.boolean_or("caseSensitive", false), field.case_sensitive, error);
  take(node.strings_or_none("values"), field.values, error);
  take(node.string_or("default", ""), field.default_value, error);
  take(node.strings_or_none("references"), field.references, error);
  take(node.string_or("relationship", ""), field.relationship, error);
  if (error) return fail(*error);
  if (field.type == FieldType::reference && field.references.empty())
    return fail(
        node.problem("the reference \"" + field.name + "\" does not say what it refers to", "add \"references\": [\"Case\"]"));
  if (field.type == FieldType::id || field.type == FieldType::reference) field.length = 18;
  return field;
}

Result<ChildRelationship> read_child(const DataNode& node) {
  if (auto known = node.object({"name", "object", "field", "cascadeDelete"}); !known) return fail(known.error());
  ChildRelationship child;
  std::optional<Diagnostic> error;
  take(node.string("name"), child.name, error);
  take(node.string("object"), child.object, error);
  take(node.string("field"), child.field, error);
  take(node.boolean_or("cascadeDelete", false), child.cascade_delete, error);
  if (error) return fail(*error);
  return child;
}

Result<SObjectType> read_new_object(const DataNode& node) {
  SObjectType type;
  std::optional<Diagnostic> error;
  std::string calls;
  type.name = node.name();
  type.custom = type.name.ends_with("__c");
  take(node.string_or("label", type.name), type.label, error);
  take(node.string_or("plural", type.label + "s"), type.plural, error);
  take(node.string("keyPrefix"), type.key_prefix, error);
  take(node.string_or("calls", "CUDQSR"), calls, error);
  take(node.boolean_or("recycleBin", true), type.recycle_bin, error);
  if (error) return fail(*error);
  if (type.key_prefix.size() != 3)
    return fail(node["keyPrefix"].problem("a key prefix has three characters, found \"" + type.key_prefix + "\""));
  type.createable = calls.find('C') != std::string::npos;
  type.updateable = calls.find('U') != std::string::npos;
  type.deletable = calls.find('D') != std::string::npos;
  type.queryable = calls.find('Q') != std::string::npos;
  type.searchable = calls.find('S') != std::string::npos;
  type.replicateable = calls.find('R') != std::string::npos;
  return type;
}

/// A picklist that is there already, as this org's administrators have it.
Result<void> read_picklist(const DataNode& node, SObjectType& type) {
  if (auto known = node.object({"values", "restricted"}); !known) return fail(known.error());
  const auto* known_field = type.field(node.name());
  if (known_field == nullptr || known_field->type != FieldType::picklist)
    return fail(node.problem("\"" + type.name + "\" has no picklist \"" + node.name() + "\"", "a new one is a field"));
  auto& field = type.fields[static_cast<std::size_t>(known_field - type.fields.data())];
  std::optional<Diagnostic> error;
  take(node.strings_or_none("values"), field.values, error);
  take(node.boolean_or("restricted", field.restricted), field.restricted, error);
  if (!error && field.values.empty()) error = node.problem("a picklist has values", "add \"values\": [\"Phone\"]");
  if (error) return fail(*error);
  return {};
}

Result<void> read_picklists(const DataNode& node, SObjectType& type) {
  const auto picklists = node.members();
  if (!picklists) return fail(picklists.error());
  for (const auto& picklist : *picklists) {
    if (auto read = read_picklist(picklist, type); !read) return read;
  }
  return {};
}

Result<void> read_fields_and_children(const DataNode& node, SObjectType& type) {
  if (node.has("fields")) {
    const auto fields = node["fields"].elements();
    if (!fields) return fail(fields.error());
    type.fields.reserve(type.fields.size() + fields->size());
    for (const auto& element : *fields) {
      auto field = read_field(element);
      if (!field) return fail(field.error());
      if (type.field(field->name))
        return fail(element["name"].problem("\"" + type.name + "\" has a field \"" + field->name + "\" already"));
      type.fields.push_back(std::move(*field));
    }
  }
  if (node.has("picklists")) {
    if (auto read = read_picklists(node["picklists"], type); !read) return read;
  }
  if (node.has("children")) {
    const auto children = node["children"].elements();
    if (!children) return fail(children.error());
    for (const auto& element : *children) {
      auto child = read_child(element);
      if (!child) return fail(child.error());
      type.children.push_back(std::move(*child));
    }
  }
  auto unmodelled = node.strings_or_none("unmodelled");
  if (!unmodelled) return fail(unmodelled.error());
  std::move(unmodelled->begin(), unmodelled->end(), std::back_inserter(type.unmodelled));
  return {};
}

Result<void> share_values(const DataNode& shared, std::vector<SObjectType>& types) {
  const auto lists = shared.members();
  if (!lists) return fail(lists.error());
  for (const auto& list : *lists) {
    const auto values = shared.strings_or_none(list.name());
    if (!values) return fail(values.error());
    for (auto& type : types)
      for (auto& field : type.fields)
        if (field.type == FieldType::picklist && field.values.empty() && field.name.ends_with(list.name()))
          field.values = *values;
  }
  return {};
}

}  // namespace

Result<void> load_objects(const DataNode& objects, std::vector<SObjectType>& types) {
  const auto nodes = objects.members();
  if (!nodes) return fail(nodes.error());
  for (const auto& node : *nodes) {
    if (auto known =
            node.object({"label", "plural", "keyPrefix", "calls", "recycleBin", "fields", "picklists", "children", "unmodelled"});
        !known)
      return fail(known.error());
    auto found = std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.name == node.name(); });
    if (found == types.end()) {
      auto type = read_new_object(node);
      if (!type) return fail(type.error());
      found = types.insert(types.end(), std::move(*type));
    }
    if (auto read = read_fields_and_children(node, *found); !read) return fail(read.error());
  }
  return {};
}

Result<Schema> Schema::read(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return fail(json.error());
  const DataNode root{*json, text, file};
  if (auto known = root.object({"objects", "unmodelledObjects", "sharedValues"}); !known) return fail(known.error());
  auto unmodelled = root.strings_or_none("unmodelledObjects");
  if (!unmodelled) return fail(unmodelled.error());
  std::vector<SObjectType> types;
  if (auto loaded = load_objects(root["objects"], types); !loaded) return fail(loaded.error());
  if (root.has("sharedValues"))
    if (auto shared = share_values(root["sharedValues"], types); !shared) return fail(shared.error());
  return Schema{std::move(types), std::move(*unmodelled)};
}

Result<void> Schema::extend(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return fail(json.error());
  const DataNode root{*json, text, file};
  if (!root.has("schema")) return {};
  const auto schema = root["schema"];
  if (auto known = schema.object({"objects"}); !known) return fail(known.error());
  return schema.has("objects") ? load_objects(schema["objects"], types_) : Result<void>{};
}

}  // namespace casewire::sim::salesforce
