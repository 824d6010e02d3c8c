#include "sim/salesforce/founding.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"
#include "sim/salesforce/automation/package.hpp"
#include "sim/salesforce/records/group.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

using Named = Saver::NamedValue;

// The founder is the first user of all, so that the rows made before it already name it.
Actor founder() { return {.user_id = make_id("005", 1), .modify_all = true, .auto_assign = false}; }

std::string profile_id(OrgState& org, const std::string& name) {
  const auto& type = *org.store.schema().find("Profile");
  const auto known = org.store.matching(type, *type.field("Name"), name);
  if (!known.empty()) return known.front()->id;
  const Named values[] = {{"Name", name}, {"UserType", std::string{"Standard"}}};
  return org.saver.create_by_system(founder(), "Profile", values).id;
}

void make_case_statuses(OrgState& org) {
  std::int64_t order = 0;
  for (const auto& status : org.data.case_statuses) {
    const Named values[] = {{"MasterLabel", status.name},
                            {"ApiName", status.name},
                            {"SortOrder", ++order},
                            {"IsDefault", status.is_default},
                            {"IsClosed", status.closed}};
    org.saver.create_by_system(founder(), "CaseStatus", values);
  }
}

/// The values of a picklist as rows, which real orgs have for the statuses of some objects. `marked`: those for which `mark` is true.
struct ValueRows {
  std::string_view object, field, rows, mark;
  std::vector<std::string_view> marked;
};

void make_values(OrgState& org) {
  const ValueRows all[] = {{"Lead", "Status", "LeadStatus", "IsConverted", {"Closed - Converted"}},
                           {"Task", "Status", "TaskStatus", "IsClosed", {"Completed"}},
                           {"Task", "Priority", "TaskPriority", "IsHighPriority", {"High"}}};
  for (const auto& [object, field, rows, mark, marked] : all) {
    const auto& picklist = *org.store.schema().find(object)->field(field);
    std::int64_t order = 0;
    for (const auto& value : picklist.values) {
      const Named values[] = {{"MasterLabel", value},
                              {"ApiName", value},
                              {"SortOrder", ++order},
                              {"IsDefault", value == picklist.default_value},
                              {mark, std::find(marked.begin(), marked.end(), value) != marked.end()}};
      org.saver.create_by_system(founder(), rows, values);
    }
  }
}

}  // namespace

Result<void, std::string> alter_org(OrgData& org, const OrgOptions& options) {
  for (const auto& path : options.without_fields) {
    const auto dot = path.find('.');
    const auto object = path.substr(0, dot), field = dot == std::string::npos ? std::string{} : path.substr(dot + 1);
    const auto uses = [&](const CalloutRule& rule) {
      return rule.object == object &&
             (rule.case_field == field || std::find(rule.changed.begin(), rule.changed.end(), field) != rule.changed.end() ||
              std::any_of(rule.where.begin(), rule.where.end(), [&](const auto& condition) { return condition.first == field; }));
    };
    if (std::any_of(org.callouts.begin(), org.callouts.end(), uses)) return fail("a trigger of the org needs the field " + path);
    if (!org.schema.remove_field(object, field)) return fail("there is no field " + path + " to take away");
  }
  if (!options.callouts) org.callouts.clear();
  if (!options.closing_statuses.empty()) {
    std::erase_if(org.case_statuses, [](const auto& status) { return status.closed; });
    for (const auto& name : options.closing_statuses)
      org.case_statuses.push_back({.name = name, .is_default = false, .closed = true});
  }
  return {};
}

std::string make_queue(OrgState& org, const OrgQueue& queue) {
  const Named group[] = {{"Name", queue.name},
                         {"DeveloperName", developer_name_of(queue.name)},
                         {"Type", std::string{"Queue"}},
                         {"OwnerId", org.organization_id}};
  const auto id = org.saver.create_by_system(founder(), "Group", group).id;
  for (const auto& object : queue.objects) {
    const Named holds[] = {{"QueueId", id}, {"SobjectType", object}};
    org.saver.create_by_system(founder(), "QueueSobject", holds);
  }
  return id;
}

std::string make_user(OrgState& org, const OrgUser& user) {
  const auto full = user.first_name.empty() ? user.last_name : user.first_name + " " + user.last_name;
  const Named values[] = {{"Username", user.username},
                          {"FirstName", user.first_name.empty() ? Value{} : Value{user.first_name}},
                          {"LastName", user.last_name},
                          {"Name", full},
                          {"Email", user.email},
                          {"Alias", std::string{prefix_of_characters(user.last_name, 8)}},
                          {"CommunityNickname", std::string{prefix_of_characters(full, 40)}},
                          {"TimeZoneSidKey", std::string{"UTC"}},
                          {"LocaleSidKey", std::string{"en_US"}},
                          {"EmailEncodingKey", std::string{"UTF-8"}},
                          {"LanguageLocaleKey", std::string{"en_US"}},
                          {"ProfileId", profile_id(org, user.profile)}};
  return org.saver.create_by_system(founder(), "User", values).id;
}

const Row* find_queue(const OrgState& org, std::string_view name) {
  const Row* queue = nullptr;
  org.store.each(*org.store.schema().find("Group"), false, [&](const Record& row) {
    if (row.text("Name") == name && row.text("Type") == "Queue") queue = org.store.find(row.text("Id"));
    return queue == nullptr;
  });
  return queue;
}

Result<void, std::string> found_org(OrgState& org) {
  auto users = org.data.users;
  std::stable_partition(users.begin(), users.end(), [&](const auto& user) { return user.key == org.data.admin_user; });
  for (const auto& user : users) {
    const auto id = make_user(org, user);
    if (user.key == org.data.admin_user) org.admin_user_id = id;
    if (user.key == org.data.integration_user) org.integration_user_id = id;
  }
  const Named organization[] = {{"Name", org.data.organization_name},
                                {"OrganizationType", org.data.organization_type},
                                {"IsSandbox", org.data.sandbox},
                                {"InstanceName", org.data.instance_name},
                                {"TimeZoneSidKey", std::string{"UTC"}},
                                {"LanguageLocaleKey", std::string{"en_US"}},
                                {"DefaultLocaleSidKey", std::string{"en_US"}},
                                {"DefaultCaseAccess", std::string{"ReadEditTransfer"}}};
  const auto& type = *org.store.schema().find("Organization");
  for (std::size_t other = 1; other < org.data.organization_number; ++other) org.store.next_id(type);
  org.saver.create_by_system(founder(), "Organization", organization);
  for (const auto& queue : org.data.queues) make_queue(org, queue);
  make_case_statuses(org);
  make_values(org);
  deploy_package(org);
  for (const auto& [object, fields] : org.data.records) {
    const auto saved = org.saver.create(founder(), *org.store.schema().find(object), fields);
    if (!saved.ok()) return fail(object + " in \"records\": " + saved.errors.front().code + ": " + saved.errors.front().message);
  }
  if (!org.data.case_assignment_queue.empty()) {
    const Named rule[] = {{"Name", std::string{"Standard"}}, {"SobjectType", std::string{"Case"}}, {"Active", true}};
    org.saver.create_by_system(founder(), "AssignmentRule", rule);
    org.saver.assign({.object = "Case", .owner_id = find_queue(org, org.data.case_assignment_queue)->id});
  }
  // An org's founding is no event of the run: nothing of it is journalled, and no callout leaves.
  org.store.commit();
  return {};
}

}  // namespace casewire::sim::salesforce
