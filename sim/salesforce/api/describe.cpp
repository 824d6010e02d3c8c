// What objects and fields there are, and what is left of the limits.

#include <charconv>

#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/versions.hpp"

namespace casewire::sim::salesforce {
namespace {

Json object_entry(const Call& call, const SObjectType& type) {
  const auto base = call.prefix() + "/sobjects/" + type.name;
  // clang-format off
  return {{"activateable", false}, {"associateEntityType", nullptr}, {"associateParentEntity", nullptr},
          {"createable", type.createable}, {"custom", type.custom}, {"customSetting", false}, {"deepCloneable", false},
          {"deletable", type.deletable}, {"deprecatedAndHidden", false}, {"feedEnabled", false}, {"hasSubtypes", false},
          {"isInterface", false}, {"isSubtype", false}, {"keyPrefix", type.key_prefix}, {"label", type.label},
          {"labelPlural", type.plural}, {"layoutable", true}, {"mergeable", false}, {"mruEnabled", false}, {"name", type.name},
          {"queryable", type.queryable}, {"replicateable", true}, {"retrieveable", true}, {"searchable", false},
          {"triggerable", true}, {"undeletable", type.deletable && type.field("IsDeleted") != nullptr},
          {"updateable", type.updateable},
          {"urls", {{"rowTemplate", base + "/{ID}"}, {"describe", base + "/describe"}, {"sobject", base}}}};
  // clang-format on
}

std::string_view soap_type(const Field& field) {
  switch (field.type) {
    case FieldType::id:
    case FieldType::reference: return "tns:ID";
    case FieldType::boolean: return "xsd:boolean";
    case FieldType::integer: return "xsd:int";
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent: return "xsd:double";
    case FieldType::date: return "xsd:date";
    case FieldType::datetime: return "xsd:dateTime";
    case FieldType::time: return "xsd:time";
    case FieldType::base64: return "xsd:base64Binary";
    case FieldType::address: return "urn:address";
    case FieldType::any: return "xsd:anyType";
    default: return "xsd:string";
  }
}

Json picklist_values(const Field& field) {
  Json values = Json::array();
  for (const auto& value : field.values)
    values.push_back({{"active", true},
                      {"defaultValue", value == field.default_value},
                      {"label", value},
                      {"validFor", nullptr},
                      {"value", value}});
  return values;
}

Json default_value(const Field& field) {
  if (field.type == FieldType::boolean) return field.default_value == "true";
  return nullptr;
}

std::size_t byte_length(const Field& field) {
  return field.type == FieldType::id || field.type == FieldType::reference ? 18 : field.length * 3;
}

Json field_entry(const Field& field) {
  const bool id = field.type == FieldType::id;
  const bool long_text = field.type == FieldType::textarea && field.length > 255;
  // clang-format off
  return {{"aggregatable", field.filterable && field.type != FieldType::boolean}, {"aiPredictionField", false}, {"autoNumber", field.auto_number}, {"byteLength", byte_length(field)},
          {"calculated", false}, {"calculatedFormula", nullptr}, {"cascadeDelete", false}, {"caseSensitive", field.case_sensitive},
          {"compoundFieldName", nullptr}, {"controllerName", nullptr}, {"createable", field.createable}, {"custom", field.custom},
          {"defaultValue", default_value(field)}, {"defaultValueFormula", nullptr}, {"defaultedOnCreate", field.defaulted},
          {"dependentPicklist", false}, {"deprecatedAndHidden", false}, {"digits", field.digits},
          {"displayLocationInDecimal", false}, {"encrypted", false}, {"externalId", field.external_id},
          {"extraTypeInfo", long_text ? Json("plaintextarea") : Json(nullptr)}, {"filterable", field.filterable},
          {"filteredLookupInfo", nullptr}, {"formulaTreatNullNumberAsZero", false}, {"groupable", field.groupable},
          {"highScaleNumber", false}, {"htmlFormatted", false}, {"idLookup", field.id_lookup}, {"inlineHelpText", nullptr},
          {"label", field.label}, {"length", id ? 18 : field.length}, {"mask", nullptr}, {"maskType", nullptr}, {"name", field.name},
          {"nameField", field.name == "Name" || field.name == "CaseNumber"}, {"namePointing", field.references.size() > 1}, {"nillable", field.nillable},
          {"permissionable", field.custom}, {"picklistValues", picklist_values(field)},
          {"polymorphicForeignKey", field.references.size() > 1}, {"precision", field.precision}, {"queryByDistance", false},
          {"referenceTargetField", nullptr}, {"referenceTo", field.references},
          {"relationshipName", field.relationship.empty() ? Json(nullptr) : Json(field.relationship)}, {"relationshipOrder", nullptr},
          {"restrictedDelete", false}, {"restrictedPicklist", field.restricted}, {"scale", field.scale},
          {"searchPrefilterable", false}, {"soapType", soap_type(field)}, {"sortable", field.sortable}, {"type", field.type_name},
          {"unique", field.unique}, {"updateable", field.updateable}, {"writeRequiresMasterRead", false}};
  // clang-format on
}

Json allotment(std::size_t most, std::size_t used) { return {{"Max", most}, {"Remaining", used > most ? 0 : most - used}}; }

}  // namespace

std::optional<int> version_number(std::string_view text) {
  if (!text.starts_with("v") || !text.ends_with(".0") || text.size() > 6) return std::nullopt;
  int number = 0;
  const auto* end = text.data() + text.size() - 2;
  const auto [stop, error] = std::from_chars(text.data() + 1, end, number);
  return error == std::errc{} && stop == end ? std::optional{number} : std::nullopt;
}

Json version_list() {
  // v31.0 is Summer '14; then winter, spring and summer in turn.
  constexpr const char* kSeasons[] = {"Winter", "Spring", "Summer"};
  Json versions = Json::array();
  for (int version = kOldestVersion; version <= kNewestVersion; ++version) {
    const int step = version - 32;  // v32.0: Winter '15
    const int year = version == 31 ? 14 : 15 + step / 3;
    const char* season = version == 31 ? "Summer" : kSeasons[step % 3];
    const auto number = std::to_string(version) + ".0";
    versions.push_back({{"label", std::string{season} + " \xE2\x80\x99" + std::to_string(year)},
                        {"url", "/services/data/v" + number},
                        {"version", number}});
  }
  return versions;
}

LoginAnswer answer_versions(LoginCall&) { return text_answer(200, kJsonType, dump_json(version_list())); }

Answer version_resources(Call& call) {
  Json body = Json::object();
  for (const std::string name : {"sobjects", "query", "queryAll", "composite", "limits"}) body[name] = call.prefix() + "/" + name;
  body["identity"] = call.org.options.instance_url + "/id/" + call.org.organization_id + "/" + call.actor.user_id;
  return {.body = std::move(body)};
}

Answer describe_global(Call& call) {
  Json list = Json::array();
  for (const auto& type : call.org.store.schema().types()) list.push_back(object_entry(call, type));
  return {.body = Json{{"encoding", "UTF-8"}, {"maxBatchSize", 200}, {"sobjects", std::move(list)}}};
}

Answer describe_basic(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  return {.body = Json{{"objectDescribe", object_entry(call, *type)}, {"recentItems", Json::array()}}};
}

Answer describe_object(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  auto body = object_entry(call, *type);
  body["actionOverrides"] = Json::array();
  auto& children = body["childRelationships"] = Json::array();
  for (const auto& child : type->children)
    children.push_back({{"cascadeDelete", child.cascade_delete},
                        {"childSObject", child.object},
                        {"deprecatedAndHidden", false},
                        {"field", child.field},
                        {"junctionIdListNames", Json::array()},
                        {"junctionReferenceTo", Json::array()},
                        {"relationshipName", child.name},
                        {"restrictedDelete", false}});
  for (const auto* name : {"defaultImplementation", "extendedBy", "extendsInterfaces", "implementedBy", "implementsInterfaces",
                           "listviewable", "lookupLayoutable", "networkScopeFieldName"})
    body[name] = nullptr;
  body["compactLayoutable"] = true;
  auto& fields = body["fields"] = Json::array();
  for (const auto& field : type->fields) fields.push_back(field_entry(field));
  body["namedLayoutInfos"] = Json::array();
  body["recordTypeInfos"] =
      Json::array({{{"active", true},
                    {"available", true},
                    {"defaultRecordTypeMapping", true},
                    {"developerName", "Master"},
                    {"master", true},
                    {"name", "Master"},
                    {"recordTypeId", "012000000000000AAA"},
                    {"urls", {{"layout", call.prefix() + "/sobjects/" + type->name + "/describe/layouts/012000000000000AAA"}}}}});
  body["searchLayoutable"] = true;
  body["sobjectDescribeOption"] = "FULL";
  body["supportedScopes"] = Json::array();
  return {.body = std::move(body)};
}

Answer show_limits(Call& call) {
  return {.body = Json{{"DailyApiRequests", allotment(call.org.data.daily_api_requests, call.org.api_requests())},
                       {"DailyAsyncApexExecutions", allotment(250'000, 0)},
                       {"SingleEmail", allotment(5'000, 0)},
                       {"DataStorageMB", allotment(10'240, 0)},
                       {"FileStorageMB", allotment(10'240, 0)}}};
}

}  // namespace casewire::sim::salesforce
