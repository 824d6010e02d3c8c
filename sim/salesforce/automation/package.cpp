#include "sim/salesforce/automation/package.hpp"

#include <algorithm>
#include <set>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

using Named = Saver::NamedValue;

constexpr double kApiVersion = 66.0;

/// The first row of the type whose field holds that text; nullptr when there is none.
Row* row_with(OrgState& org, std::string_view object, std::string_view field, std::string_view text) {
  Row* found = nullptr;
  org.store.each(*org.store.schema().find(object), false, [&](const Record& row) {
    if (row.text(field) == text) found = org.store.find(row.text("Id"));
    return found == nullptr;
  });
  return found;
}

void deploy_class(OrgState& org, const std::string& name) {
  const Named values[] = {{"Name", name}, {"ApiVersion", kApiVersion}, {"Status", std::string{"Active"}}, {"IsValid", true}};
  org.saver.create_by_system(org.actor(org.admin_user_id), "ApexClass", values);
}

void deploy_trigger(OrgState& org, const std::string& object) {
  const auto& rules = org.data.callouts;
  const auto fires = [&](bool CalloutRule::*when) {
    return std::any_of(rules.begin(), rules.end(), [&](const auto& rule) { return rule.object == object && rule.*when; });
  };
  const Named values[] = {{"Name", trigger_on(object)},
                          {"TableEnumOrId", object},
                          {"UsageAfterInsert", fires(&CalloutRule::on_insert)},
                          {"UsageAfterUpdate", fires(&CalloutRule::on_update)},
                          {"ApiVersion", kApiVersion},
                          {"Status", std::string{"Active"}},
                          {"IsValid", true}};
  org.saver.create_by_system(org.actor(org.admin_user_id), "ApexTrigger", values);
}

}  // namespace

std::string trigger_on(std::string_view object) { return "OpenCX" + std::string{object.substr(0, object.find("__"))}; }

void deploy_package(OrgState& org) {
  if (org.data.named_credential.empty()) return;
  const Named credential[] = {{"DeveloperName", org.data.named_credential},
                              {"MasterLabel", org.data.named_credential},
                              {"Language", std::string{"en_US"}},
                              {"Endpoint", org.options.webhook_url.empty() ? Value{} : Value{org.options.webhook_url}},
                              {"PrincipalType", std::string{"Anonymous"}}};
  org.saver.create_by_system(org.actor(org.admin_user_id), "NamedCredential", credential);
  if (org.data.callouts.empty()) return;
  for (const auto* name : {"OpenCXNotifier", "OpenCXReply"}) deploy_class(org, name);
  std::set<std::string> objects;
  for (const auto& rule : org.data.callouts) objects.insert(rule.object);
  for (const auto& object : objects) deploy_trigger(org, object);
}

Result<void, std::string> set_trigger_active(OrgState& org, std::string_view object, bool active) {
  std::vector<std::string> known;
  bool is_there = false;
  for (auto& rule : org.data.callouts) {
    known.push_back(rule.object);
    if (rule.object != object) continue;
    rule.is_active = active;
    is_there = true;
  }
  if (!is_there) {
    const auto near = nearest(object, known);
    return fail("the org has no trigger on \"" + std::string{object} + "\"" +
                (near.empty() ? std::string{} : "; did you mean \"" + near + "\"?"));
  }
  Row* trigger = row_with(org, "ApexTrigger", "Name", trigger_on(object));
  org.store.set(*trigger, "Status", std::string{active ? "Active" : "Inactive"});
  org.commit(0);
  return {};
}

void point_named_credential(OrgState& org, std::string url) {
  Row* credential = row_with(org, "NamedCredential", "DeveloperName", org.data.named_credential);
  if (credential != nullptr) org.store.set(*credential, "Endpoint", url);
  org.options.webhook_url = std::move(url);
  org.commit(0);
}

}  // namespace casewire::sim::salesforce
