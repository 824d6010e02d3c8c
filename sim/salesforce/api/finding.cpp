#include "sim/salesforce/api/finding.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/routes.hpp"
#include "sim/salesforce/api/versions.hpp"
#include "sim/salesforce/records/row_json.hpp"

namespace casewire::sim::salesforce {
namespace {

// Names as captured for v66.0; those that are refused here are refused when they are used.
constexpr const char* kResources[] = {"tooling",
                                      "metadata",
                                      "eclair",
                                      "folders",
                                      "prechatForms",
                                      "contact-tracing",
                                      "jsonxform",
                                      "chatter",
                                      "payments",
                                      "tabs",
                                      "appMenu",
                                      "quickActions",
                                      "queryAll",
                                      "commerce",
                                      "wave",
                                      "iot",
                                      "analytics",
                                      "search",
                                      "smartdatadiscovery",
                                      "composite",
                                      "parameterizedSearch",
                                      "fingerprint",
                                      "theme",
                                      "nouns",
                                      "domino",
                                      "event",
                                      "serviceTemplates",
                                      "recent",
                                      "connect",
                                      "licensing",
                                      "limits",
                                      "process",
                                      "dedupe",
                                      "async-queries",
                                      "query",
                                      "jobs",
                                      "localizedvalue",
                                      "mobile",
                                      "emailConnect",
                                      "consent",
                                      "tokenizer",
                                      "compactLayouts",
                                      "async",
                                      "sobjects",
                                      "actions",
                                      "support"};

// Objects that have a tab of their own.
constexpr const char* kTabs[] = {"Account", "Contact", "Case", "Lead", "Task"};

}  // namespace

Answer show_resources(Call& call) {
  Json body = Json::object();
  for (const auto* name : kResources) body[name] = call.prefix() + "/" + name;
  body["identity"] = identity_url(call.org, call.actor.user_id);
  return {.body = std::move(body)};
}

Answer show_composites(Call& call) {
  Json body = Json::object();
  const auto version = version_number(call.version).value_or(0);
  for (const auto* name : {"tree", "batch", "sobjects", "graph"}) {
    const auto path = "/composite/" + std::string{name};
    const auto is_there = [&](const OrgRoute& route) {
      return route.pattern.find(path) != std::string_view::npos && version >= route.since;
    };
    const auto& routes = org_routes();
    if (std::any_of(routes.begin(), routes.end(), is_there)) body[name] = call.prefix() + path;
  }
  return {.body = std::move(body)};
}

Answer show_tabs(Call& call) {
  Json tabs = Json::array();
  for (const auto* name : kTabs) {
    const auto* type = call.org.store.schema().find(name);
    if (!type) continue;
    tabs.push_back({{"colors", Json::array()},
                    {"custom", false},
                    {"iconUrl", call.org.options.instance_url + "/img/icon/t4v35/standard/" + lowercase(type->name) + "_120.png"},
                    {"icons", Json::array()},
                    {"label", type->plural},
                    {"miniIconUrl", call.org.options.instance_url + "/img/icon/t4v35/standard/" + lowercase(type->name) + ".png"},
                    {"name", "standard-" + type->name},
                    {"sobjectName", type->name},
                    {"url", call.org.options.instance_url + "/" + type->key_prefix + "/o"}});
  }
  return {.body = std::move(tabs)};
}

Answer show_theme(Call& call) {
  Json items = Json::array();
  for (const auto* name : kTabs)
    if (call.org.store.schema().find(name))
      items.push_back({{"name", name}, {"colors", Json::array()}, {"icons", Json::array()}});
  return {.body = Json{{"themeItems", std::move(items)}}};
}

}  // namespace casewire::sim::salesforce
