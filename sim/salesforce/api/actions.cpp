// Actions, as they are listed, described and done. Quick actions are those of a new org whose targets are modelled: each creates one row.
// Of invocable actions this org has none of its own. Source: REST API Developer Guide, "Quick Actions", "sObject Quick Actions", v66.0; its
// answer as jsforce's types have it; Actions Developer Guide, "Custom Invocable Actions".

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/dispatch.hpp"
#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

struct QuickAction {
  std::string_view name, label, type, target;
};
constexpr QuickAction kQuickActions[] = {
    {"LogACall", "Log a Call", "LogACall", "Task"}, {"NewTask", "New Task", "Create", "Task"},
    {"NewCase", "New Case", "Create", "Case"},      {"NewContact", "New Contact", "Create", "Contact"},
    {"NewLead", "New Lead", "Create", "Lead"},      {"NewAccount", "New Account", "Create", "Account"},
};
constexpr std::string_view kCustomKinds[] = {"apex", "emailAlert", "flow", "quickAction", "sendNotification"};

/// A path of quick actions: those of the page of an object, or the global ones.
struct Place {
  bool of_object = false;
  const SObjectType* object = nullptr;  ///< null also for "Global", which stands where an object would
  std::string base{};                   ///< "/services/data/v66.0/sobjects/Case/quickActions"
  std::size_t name_at = 1;
};

Result<Place, Answer> place_of(const Call& call) {
  Place place{.of_object = call.segments[0] == "sobjects"};
  if (!place.of_object) {
    place.base = call.prefix() + "/quickActions";
    return place;
  }
  place.object = object_at(call, 1);
  if (!place.object && !equals_ignoring_case(call.segments[1], "Global")) return fail(no_object(call, call.segments[1]));
  place.base = call.prefix() + "/sobjects/" + (place.object ? place.object->name : std::string{"Global"}) + "/quickActions";
  place.name_at = 3;
  return place;
}

const QuickAction* action_named(std::string_view name) {
  const auto* found = std::find_if(std::begin(kQuickActions), std::end(kQuickActions),
                                   [&](const QuickAction& action) { return equals_ignoring_case(action.name, name); });
  return found == std::end(kQuickActions) ? nullptr : found;
}

/// One action of a page, and what it makes.
struct Asked {
  Place place;
  const QuickAction* action;
  const SObjectType* target;
};

Result<Asked, Answer> asked_for(const Call& call) {
  auto place = place_of(call);
  if (!place) return fail(std::move(place.error()));
  const auto* action = action_named(call.segments[place->name_at]);
  const auto* target = action ? call.org.store.schema().find(action->target) : nullptr;
  if (!target) return fail(not_found());
  return Asked{std::move(*place), action, target};
}

Json entry(const Place& place, const QuickAction& action) {
  const auto base = place.base + "/" + std::string{action.name};
  Json urls{{"defaultValues", base + "/defaultValues"}, {"describe", base + "/describe"}, {"quickAction", base}};
  if (place.object) urls["defaultValuesTemplate"] = base + "/defaultValues/{ID}";
  return {{"actionEnumOrId", action.name},
          {"label", action.label},
          {"name", action.name},
          {"type", action.type},
          {"urls", std::move(urls)}};
}

/// The field of the new row that names the row on whose page the action was done; nullptr when none can. The first that could (assumed).
const Field* context_field(const SObjectType& target, const SObjectType& context) {
  for (const auto& field : target.fields) {
    const auto& objects = field.references;
    if (field.createable && field.name != "OwnerId" && std::find(objects.begin(), objects.end(), context.name) != objects.end())
      return &field;
  }
  return nullptr;
}

bool names(const Json& record, std::string_view field) {
  return std::any_of(record.items().begin(), record.items().end(),
                     [&](const auto& one) { return equals_ignoring_case(one.key(), field); });
}

/// What the action fills in, where the client says nothing of it.
Json with_defaults(Json record, const QuickAction& action, const SObjectType& target, const Row* context) {
  const auto* field = context ? context_field(target, *context->type) : nullptr;
  if (field && !names(record, field->name)) record[field->name] = context->id;
  const bool is_call = action.type == "LogACall";  // it is logged when it is over
  if (is_call && !names(record, "Status")) record["Status"] = "Completed";
  if (is_call && !names(record, "Subject")) record["Subject"] = "Call";
  return record;
}

std::string kind_url(const Call& call, std::string_view kind) { return call.prefix() + "/actions/custom/" + std::string{kind}; }

}  // namespace

Answer show_quick_actions(Call& call) {
  auto place = place_of(call);
  if (!place) return std::move(place.error());
  Json list = Json::array();
  for (const auto& action : kQuickActions) list.push_back(entry(*place, action));
  return {.body = std::move(list)};
}

Answer describe_quick_action(Call& call) {
  auto asked = asked_for(call);
  if (!asked) return std::move(asked.error());
  const auto& [place, action, target] = *asked;
  Json body;
  for (const auto* name : {"accessLevelRequired", "canvasApplicationDeveloperName", "canvasApplicationId",
                           "canvasApplicationName", "defaultValues", "flowDevName", "flowRecordIdVar", "height", "iconName",
                           "lightningComponentBundleId", "lightningComponentBundleName", "lightningComponentQualifiedName",
                           "targetParentField", "targetRecordTypeId", "visualforcePageName", "visualforcePageUrl", "width"})
    body[name] = nullptr;
  body["actionEnumOrId"] = action->name;
  body["name"] = action->name;
  body["label"] = action->label;
  body["type"] = action->type;
  body["colors"] = Json::array();
  body["icons"] = Json::array();
  const auto icon = call.org.options.instance_url + "/img/icon/t4v35/action/" + lowercase(action->name);
  body["iconUrl"] = icon + "_120.png";
  body["miniIconUrl"] = icon + "_60.png";
  body["contextSobjectType"] = place.object ? Json(place.object->name) : Json(nullptr);
  body["targetSobjectType"] = target->name;
  body["layout"] = {{"id", nullptr}, {"layoutRows", layout_rows(*target, true)}, {"name", action->name}};
  body["showQuickActionLcHeader"] = false;
  body["showQuickActionVfHeader"] = false;
  return {.body = std::move(body)};
}

// What the platform would fill in by itself: the defaults of the new row.
Answer show_default_values(Call& call) {
  auto asked = asked_for(call);
  if (!asked) return std::move(asked.error());
  const auto* target = asked->target;
  Json body{{"attributes", {{"type", target->name}}}};
  for (const auto& field : target->fields)
    if (field.createable && !field.default_value.empty() && field.type == FieldType::picklist)
      body[field.name] = field.default_value;
  return {.body = std::move(body)};
}

Answer do_quick_action(Call& call) {
  auto asked = asked_for(call);
  if (!asked) return std::move(asked.error());
  auto body = object_body(call);
  if (!body) return std::move(body.error());
  const auto context_id = string_member(*body, "contextId");
  const Row* context = context_id.empty() ? nullptr : call.org.store.find(canonical_id(context_id).value_or(""));
  if (!context_id.empty() && (!context || context->deleted))
    return error_answer(record_error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
  const auto& record = member(*body, "record");
  call.actor.place.path.emplace_back("record");
  const auto& [place, action, target] = *asked;
  const auto fields = with_defaults(record.is_object() ? record : Json::object(), *action, *target, context);
  const auto result = call.org.saver.create(call.actor, *target, fields);
  if (!result.ok()) return errors_answer(result.errors);
  finish(call);
  return {.status = 201,
          .body = Json{{"contextId", context ? Json(context->id) : Json()},
                       {"created", true},
                       {"errors", Json::array()},
                       {"feedItemIds", nullptr},
                       {"id", result.id},
                       {"success", true}}};
}

Answer show_action_kinds(Call& call) {
  return {.body = Json{{"standard", call.prefix() + "/actions/standard"}, {"custom", call.prefix() + "/actions/custom"}}};
}

Answer show_custom_action_kinds(Call& call) {
  Json body;
  for (const auto kind : kCustomKinds) body[std::string{kind}] = kind_url(call, kind);
  return {.body = std::move(body)};
}

Answer show_custom_actions(Call& call) {
  const bool is_kind = std::find(std::begin(kCustomKinds), std::end(kCustomKinds), call.segments[2]) != std::end(kCustomKinds);
  return is_kind ? Answer{.body = Json{{"actions", Json::array()}}} : not_found();
}

// As with Apex REST: the vendor's own answer for a name that the org does not have, and a red run.
Answer refuse_custom_action(Call& call) {
  return unknown_path(call.method + " " + kind_url(call, call.segments[2]) + "/" + call.segments[3]);
}

}  // namespace casewire::sim::salesforce
