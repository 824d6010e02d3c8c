// Page layouts as they are described. Every object has one: a section with all its fields, two beside each other. Record types do
// not exist in this org, so there is the master alone. Shapes: REST API Developer Guide, "sObject Layouts"; REST examples.

#include "base/text/strings.hpp"
#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/resources.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr const char* kMasterRecordType = "012000000000000AAA";
constexpr std::size_t kColumns = 2;

std::string layout_id(const SObjectType& type) { return "00hCw0000000" + type.key_prefix + "AAA"; }

const SObjectType* object_or_none(const Call& call) { return object_at(call, 1); }

Json layout_item(const Field* field, bool editing) {
  if (!field)
    return {{"editableForNew", false},           {"editableForUpdate", false}, {"label", ""},
            {"layoutComponents", Json::array()}, {"placeholder", true},        {"required", false}};
  return {{"editableForNew", editing && field->createable},
          {"editableForUpdate", editing && field->updateable},
          {"label", field->label},
          {"layoutComponents",
           Json::array({Json{{"details", {{"name", field->name}, {"label", field->label}, {"type", field->type_name}}},
                             {"displayLines", field->type == FieldType::textarea ? 6 : 1},
                             {"tabOrder", 1},
                             {"type", "Field"},
                             {"value", field->name}}})},
          {"placeholder", false},
          {"required", editing && !field->nillable && !field->defaulted}};
}

Json sections(const SObjectType& type, bool editing) {
  auto rows = layout_rows(type, editing);
  const auto count = rows.size();
  return Json::array({Json{{"collapsed", false},
                           {"columns", kColumns},
                           {"heading", type.label + " Information"},
                           {"layoutRows", std::move(rows)},
                           {"parentLayoutId", layout_id(type)},
                           {"rows", count},
                           {"tabOrder", "LeftToRight"},
                           {"useCollapsibleSection", false},
                           {"useHeading", true}}});
}

Json layout_of(const SObjectType& type) {
  Json related = Json::array();
  for (const auto& child : type.children)
    related.push_back({{"accessLevelRequiredForCreate", nullptr},
                       {"buttons", Json::array()},
                       {"columns", Json::array()},
                       {"custom", false},
                       {"field", child.field},
                       {"label", child.name},
                       {"limitRows", 5},
                       {"name", child.name},
                       {"sobject", child.object},
                       {"sort", Json::array()}});
  return {{"buttonLayoutSection", {{"detailButtons", Json::array()}}},
          {"detailLayoutSections", sections(type, false)},
          {"editLayoutSections", sections(type, true)},
          {"feedView", nullptr},
          {"highlightsPanelLayoutSection", nullptr},
          {"id", layout_id(type)},
          {"multirowEditLayoutSections", Json::array()},
          {"offlineLinks", Json::array()},
          {"quickActionList", {{"quickActionListItems", Json::array()}}},
          {"relatedContent", nullptr},
          {"relatedLists", std::move(related)},
          {"saveOptions", Json::array()}};
}

std::string layout_url(const Call& call, const SObjectType& type) {
  return call.prefix() + "/sobjects/" + type.name + "/describe/layouts/" + kMasterRecordType;
}

Json compact_layout(const SObjectType& type) {
  Json items = Json::array();
  for (const auto* name : {"Name", "Subject", "CaseNumber", "Status", "OwnerId"})
    if (const auto* field = type.field(name)) items.push_back(layout_item(field, false));
  return {{"actions", Json::array()},    {"fieldItems", std::move(items)}, {"id", nullptr},
          {"imageItems", Json::array()}, {"label", "System Default"},      {"name", "SYSTEM"},
          {"objectType", type.name}};
}

}  // namespace

Json layout_rows(const SObjectType& type, bool editing) {
  std::vector<const Field*> shown;
  for (const auto& field : type.fields)
    if (field.type != FieldType::id && field.type != FieldType::base64 && (!editing || field.createable || field.updateable))
      shown.push_back(&field);
  Json rows = Json::array();
  for (std::size_t i = 0; i < shown.size(); i += kColumns) {
    Json items = Json::array();
    for (std::size_t c = 0; c < kColumns; ++c)
      items.push_back(layout_item(i + c < shown.size() ? shown[i + c] : nullptr, editing));
    rows.push_back({{"layoutItems", std::move(items)}, {"numItems", kColumns}});
  }
  return rows;
}

Answer show_layouts(Call& call) {
  const auto* type = object_or_none(call);
  if (!type) return no_object(call, call.segments[1]);
  return {.body = Json{{"layouts", Json::array({layout_of(*type)})},
                       {"recordTypeMappings", Json::array({Json{{"active", true},
                                                                {"available", true},
                                                                {"defaultRecordTypeMapping", true},
                                                                {"developerName", "Master"},
                                                                {"layoutId", layout_id(*type)},
                                                                {"master", true},
                                                                {"name", "Master"},
                                                                {"picklistsForRecordType", Json::array()},
                                                                {"recordTypeId", kMasterRecordType},
                                                                {"urls", {{"layout", layout_url(call, *type)}}}}})},
                       {"recordTypeSelectorRequired", Json::array({false})}}};
}

Answer show_layout(Call& call) {
  const auto* type = object_or_none(call);
  if (!type) return no_object(call, call.segments[1]);
  if (!std::string_view{kMasterRecordType}.starts_with(call.segments[4].substr(0, 15)) || call.segments[4].size() < 15)
    return not_found();
  return {.body = layout_of(*type)};
}

Answer show_compact_layouts(Call& call) {
  const auto* type = object_or_none(call);
  if (!type) return no_object(call, call.segments[1]);
  return {.body = Json{{"compactLayouts", Json::array({compact_layout(*type)})},
                       {"defaultCompactLayoutId", nullptr},
                       {"recordTypeCompactLayoutMappings",
                        Json::array({Json{{"available", true},
                                          {"compactLayoutId", nullptr},
                                          {"compactLayoutName", "SYSTEM"},
                                          {"recordTypeId", kMasterRecordType},
                                          {"recordTypeName", "Master"},
                                          {"urls",
                                           {{"compactLayout", call.prefix() + "/sobjects/" + type->name +
                                                                  "/describe/compactLayouts/" + kMasterRecordType}}}}})},
                       {"urls", {{"primary", call.prefix() + "/sobjects/" + type->name + "/describe/compactLayouts/primary"}}}}};
}

Answer show_primary_compact_layout(Call& call) {
  const auto* type = object_or_none(call);
  if (!type) return no_object(call, call.segments[1]);
  return {.body = compact_layout(*type)};
}

Answer show_compact_layouts_of_several(Call& call) {
  const auto names = call.parameter("q");
  if (names.empty()) return error_answer(400, "MISSING_ARGUMENT", "q not specified");
  Json layouts = Json::object();
  for (const auto name : split(names, ',')) {
    const auto* type = call.org.store.schema().find(trimmed(name));
    if (!type) return no_object(call, trimmed(name));
    layouts[type->name] = compact_layout(*type);
  }
  return {.body = std::move(layouts)};
}

Answer show_approval_layouts(Call& call) {
  const auto* type = object_or_none(call);
  if (!type) return no_object(call, call.segments[1]);
  return {.body = Json{{"approvalLayouts", Json::array()}}};
}

// No object of this org has any, and neither has it approval processes.
Answer show_named_layout(Call& call) {
  const auto* type = object_or_none(call);
  return type ? not_found() : no_object(call, call.segments[1]);
}

}  // namespace casewire::sim::salesforce
