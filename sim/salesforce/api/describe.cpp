// What objects and fields there are, and what is left of the limits.

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/versions.hpp"

namespace casewire::sim::salesforce {
namespace {

// Posts hang on what has a feed; captured for Case.
bool has_feed(const Call& call, const SObjectType& type) {
  const auto& hosts = call.org.store.schema().find("FeedItem")->field("ParentId")->references;
  return std::find(hosts.begin(), hosts.end(), type.name) != hosts.end();
}

bool may(const Call& call, const SObjectType& type, Rights::Right right) {
  return call.org.saver.rights.may(call.actor.user_id, type, right);
}

Json object_entry(const Call& call, const SObjectType& type) {
  const auto base = call.prefix() + "/sobjects/" + type.name;
  const bool is_createable = type.createable && may(call, type, Rights::Right::create);
  const bool is_updateable = type.updateable && may(call, type, Rights::Right::edit);
  // clang-format off
  return {{"activateable", false}, {"associateEntityType", nullptr}, {"associateParentEntity", nullptr},
          {"createable", is_createable}, {"custom", type.custom}, {"customSetting", false}, {"deepCloneable", false},
          {"deletable", type.deletable}, {"deprecatedAndHidden", false}, {"feedEnabled", has_feed(call, type)}, {"hasSubtypes", false},
          {"isInterface", false}, {"isSubtype", false}, {"keyPrefix", type.key_prefix}, {"label", type.label},
          {"labelPlural", type.plural}, {"layoutable", true}, {"mergeable", type.field("MasterRecordId") != nullptr}, {"mruEnabled", type.field("LastViewedDate") != nullptr}, {"name", type.name},
          {"queryable", type.queryable}, {"replicateable", type.replicateable}, {"retrieveable", true}, {"searchable", type.searchable},
          {"triggerable", true}, {"undeletable", type.deletable && type.recycle_bin && type.field("IsDeleted") != nullptr},
          {"updateable", is_updateable},
          {"urls", {{"rowTemplate", base + "/{ID}"}, {"describe", base + "/describe"}, {"sobject", base}}}};
  // clang-format on
}

// Every real org has it, this one has not: it is listed, so that nobody believes it unknown, but can neither be read nor written.
// Using it is 501. Key prefixes are left out.
Json unmodelled_entry(const Call& call, const std::string& name) {
  SObjectType type;
  type.name = type.label = type.plural = name;
  type.createable = type.updateable = type.deletable = type.queryable = type.searchable = type.replicateable = false;
  auto entry = object_entry(call, type);
  entry["keyPrefix"] = nullptr;
  for (const auto* flag : {"layoutable", "retrieveable", "triggerable"}) entry[flag] = false;
  return entry;
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

// The address or name that shows this field in one with others.
Json compound_of(const SObjectType& type, const Field& field) {
  const auto ends = [&](const char* part) { return std::string_view{field.name}.ends_with(part); };
  for (const char* part : {"Street", "City", "State", "PostalCode", "Country", "Latitude", "Longitude", "GeocodeAccuracy"})
    if (ends(part)) {
      const auto whole = field.name.substr(0, field.name.size() - std::string_view{part}.size()) + "Address";
      if (type.field(whole)) return whole;
    }
  const bool of_name = field.name == "FirstName" || field.name == "LastName" || field.name == "Salutation";
  return of_name && type.field("Name") ? Json("Name") : Json(nullptr);
}

Json field_entry(const Call& call, const SObjectType& type, const Field& field) {
  const bool may_write = call.org.saver.rights.may_write(call.actor.user_id, type, field);
  const bool id = field.type == FieldType::id;
  const bool long_text = field.type == FieldType::textarea && field.length > 255;
  // clang-format off
  return {{"aggregatable", field.filterable && field.type != FieldType::boolean}, {"aiPredictionField", false}, {"autoNumber", field.auto_number}, {"byteLength", byte_length(field)},
          {"calculated", false}, {"calculatedFormula", nullptr}, {"cascadeDelete", false}, {"caseSensitive", field.case_sensitive},
          {"compoundFieldName", compound_of(type, field)}, {"controllerName", nullptr}, {"createable", field.createable && may_write}, {"custom", field.custom},
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
          {"unique", field.unique}, {"updateable", field.updateable && may_write}, {"writeRequiresMasterRead", false}};
  // clang-format on
}

// Those that USING SCOPE takes; labels as captured for Case.
Json supported_scopes(const SObjectType& type) {
  const auto plural = lowercase(type.plural);
  auto scopes = Json::array({{{"label", "All " + plural}, {"name", "everything"}}});
  if (type.field("OwnerId")) scopes.push_back({{"label", "My " + plural}, {"name", "mine"}});
  return scopes;
}

// Nothing changes an org's objects after its founding.
WallTime founded(const Call& call) {
  WallTime when{};
  call.org.store.each(*call.org.store.schema().find("Organization"), false, [&](const Record& row) {
    if (const auto* made = std::get_if<WallTime>(&row.at("CreatedDate"))) when = *made;
    return false;
  });
  return when;
}

}  // namespace

LoginAnswer answer_versions(LoginCall&) { return text_answer(200, kJsonType, dump_json(version_list())); }

Answer describe_global(Call& call) {
  if (auto failed = failed_condition(call, founded(call))) return std::move(*failed);
  Json list = Json::array();
  for (const auto& type : call.org.store.schema().types()) list.push_back(object_entry(call, type));
  for (const auto& name : call.org.store.schema().unmodelled()) list.push_back(unmodelled_entry(call, name));
  Answer answer{.body = Json{{"encoding", "UTF-8"}, {"maxBatchSize", 200}, {"sobjects", std::move(list)}}};
  tell_last_change(answer, founded(call));
  return answer;
}

Answer describe_basic(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  return {.body = Json{{"objectDescribe", object_entry(call, *type)}, {"recentItems", viewed_rows(call, type)}}};
}

Answer describe_object(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  if (auto failed = failed_condition(call, founded(call))) return std::move(*failed);
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
                        {"relationshipName", child.name.empty() ? Json(nullptr) : Json(child.name)},
                        {"restrictedDelete", false}});
  for (const auto* name : {"defaultImplementation", "extendedBy", "extendsInterfaces", "implementedBy", "implementsInterfaces",
                           "listviewable", "lookupLayoutable", "networkScopeFieldName"})
    body[name] = nullptr;
  body["compactLayoutable"] = true;
  auto& fields = body["fields"] = Json::array();
  for (const auto& field : type->fields) fields.push_back(field_entry(call, *type, field));
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
  body["supportedScopes"] = supported_scopes(*type);
  Answer answer{.body = std::move(body)};
  tell_last_change(answer, founded(call));
  return answer;
}

}  // namespace casewire::sim::salesforce
