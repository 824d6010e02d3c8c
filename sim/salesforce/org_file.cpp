#include "sim/salesforce/org_file.hpp"

#include <algorithm>
#include <optional>

#include "base/text/strings.hpp"
#include "sim/salesforce/schema/data_file.hpp"

namespace casewire::sim::salesforce {
namespace {

// Reads members one after the other; after the first error nothing more is read.
class OrgFileReader {
 public:
  template <class T>
  void take(Result<T> result, T& target) {
    if (error_) return;
    if (result)
      target = std::move(*result);
    else
      error_ = std::move(result.error());
  }
  void check(Result<void> result) {
    if (!error_ && !result) error_ = std::move(result.error());
  }
  void complain(Diagnostic diagnostic) {
    if (!error_) error_ = std::move(diagnostic);
  }
  bool failed() const { return error_.has_value(); }
  const Diagnostic& error() const { return *error_; }

  template <class Visit>
  void each_element(const DataNode& parent, std::string_view member, Visit visit) {
    if (error_ || !parent.has(member)) return;
    auto nodes = parent[member].elements();
    if (!nodes) return complain(nodes.error());
    for (const auto& node : *nodes) {
      if (error_) return;
      visit(node);
    }
  }

 private:
  std::optional<Diagnostic> error_;
};

void unknown(OrgFileReader& reader, const DataNode& node, std::string_view what, const std::string& word,
             const std::vector<std::string>& known) {
  const auto near = nearest(word, known);
  reader.complain(node.problem("there is no " + std::string{what} + " \"" + word + "\" in this file",
                               near.empty() ? std::string{} : "did you mean \"" + near + "\"?"));
}

void read_organization(OrgFileReader& reader, const DataNode& root, OrgData& org) {
  if (!root.has("organization")) return reader.complain(root.problem("the member \"organization\" is missing"));
  const auto node = root["organization"];
  reader.check(node.object({"name", "type", "sandbox", "instance", "number"}));
  reader.take(node.string("name"), org.organization_name);
  reader.take(node.string_or("type", "Enterprise Edition"), org.organization_type);
  reader.take(node.boolean_or("sandbox", false), org.sandbox);
  reader.take(node.string_or("instance", "CW1"), org.instance_name);
  reader.take(node.count_or("number", 1), org.organization_number);
  constexpr std::size_t kNumberMax = 1'000;
  if (!reader.failed() && (org.organization_number == 0 || org.organization_number > kNumberMax)) {
    reader.complain(node["number"].problem("expected a number from 1 to 1000"));
  }
}

void read_connected_app(OrgFileReader& reader, const DataNode& root, OrgData& org) {
  org.scope = "refresh_token api id";
  if (!root.has("connectedApp")) return;
  const auto node = root["connectedApp"];
  reader.check(node.object({"callbackUrls", "scope", "rotateRefreshTokens"}));
  reader.take(node.strings_or_none("callbackUrls"), org.callback_urls);
  reader.take(node.string_or("scope", org.scope), org.scope);
  reader.take(node.boolean_or("rotateRefreshTokens", false), org.rotate_refresh_tokens);
}

void read_people(OrgFileReader& reader, const DataNode& root, OrgData& org) {
  std::vector<std::string> keys;
  reader.each_element(root, "users", [&](const DataNode& node) {
    OrgUser user;
    reader.check(node.object({"key", "firstName", "lastName", "username", "email", "profile"}));
    reader.take(node.string("key"), user.key);
    reader.take(node.string_or("firstName", ""), user.first_name);
    reader.take(node.string("lastName"), user.last_name);
    reader.take(node.string("username"), user.username);
    reader.take(node.string("email"), user.email);
    reader.take(node.string_or("profile", "Standard User"), user.profile);
    keys.push_back(user.key);
    org.users.push_back(std::move(user));
  });
  for (const auto& [member, target] : {std::pair{"integrationUser", &org.integration_user}, {"adminUser", &org.admin_user}}) {
    reader.take(root.string(member), *target);
    if (!reader.failed() && std::find(keys.begin(), keys.end(), *target) == keys.end())
      unknown(reader, root[member], "user", *target, keys);
  }
  reader.each_element(root, "queues", [&](const DataNode& node) {
    OrgQueue queue;
    reader.check(node.object({"name", "objects"}));
    reader.take(node.string("name"), queue.name);
    reader.take(node.strings_or_none("objects"), queue.objects);
    org.queues.push_back(std::move(queue));
  });
}

void read_case_settings(OrgFileReader& reader, const DataNode& root, OrgData& org) {
  reader.each_element(root, "caseStatuses", [&](const DataNode& node) {
    OrgCaseStatus status;
    reader.check(node.object({"name", "default", "closed"}));
    reader.take(node.string("name"), status.name);
    reader.take(node.boolean_or("default", false), status.is_default);
    reader.take(node.boolean_or("closed", false), status.closed);
    org.case_statuses.push_back(std::move(status));
  });
  const auto defaults =
      std::count_if(org.case_statuses.begin(), org.case_statuses.end(), [](const auto& status) { return status.is_default; });
  if (!reader.failed() && defaults != 1)
    reader.complain(
        (root.has("caseStatuses") ? root["caseStatuses"] : root).problem("exactly one case status must be the default"));
  if (reader.failed() || !root.has("caseAssignment")) return;
  const auto node = root["caseAssignment"];
  reader.check(node.object({"queue"}));
  reader.take(node.string("queue"), org.case_assignment_queue);
  std::vector<std::string> queues;
  for (const auto& queue : org.queues) queues.push_back(queue.name);
  if (!reader.failed() && std::find(queues.begin(), queues.end(), org.case_assignment_queue) == queues.end())
    unknown(reader, node["queue"], "queue", org.case_assignment_queue, queues);
}

void check_field(OrgFileReader& reader, const DataNode& node, const SObjectType& type, const std::string& name) {
  if (reader.failed() || type.field(name)) return;
  std::vector<std::string> names;
  for (const auto& field : type.fields) names.push_back(field.name);
  const auto near = nearest(name, names);
  reader.complain(node.problem("\"" + type.name + "\" has no field \"" + name + "\"",
                               near.empty() ? std::string{} : "did you mean \"" + near + "\"?"));
}

CalloutRule read_rule(OrgFileReader& reader, const DataNode& node, const Schema& schema) {
  CalloutRule rule;
  std::string when;
  reader.check(node.object({"object", "when", "changed", "where", "case", "event", "shortIds", "contentType"}));
  reader.take(node.string("object"), rule.object);
  reader.take(node.string("when"), when);
  reader.take(node.strings_or_none("changed"), rule.changed);
  reader.take(node.string("case"), rule.case_field);
  reader.take(node.string("event"), rule.event);
  reader.take(node.boolean_or("shortIds", false), rule.names_by_15);
  if (node.has("contentType")) reader.take(node.string("contentType"), rule.content_type);
  if (reader.failed()) return rule;
  rule.on_insert = when == "insert";
  rule.on_update = when == "update";
  if (!rule.on_insert && !rule.on_update)
    reader.complain(node["when"].problem("expected \"insert\" or \"update\", found \"" + when + "\""));
  const auto* type = schema.find(rule.object);
  if (!type) {
    reader.complain(node["object"].problem("there is no object \"" + rule.object + "\""));
    return rule;
  }
  rule.object = type->name;
  check_field(reader, node["case"], *type, rule.case_field);
  for (const auto& field : rule.changed) check_field(reader, node["changed"], *type, field);
  if (!node.has("where")) return rule;
  auto conditions = node["where"].members();
  if (!conditions) {
    reader.complain(conditions.error());
    return rule;
  }
  for (const auto& condition : *conditions) {
    check_field(reader, condition, *type, condition.name());
    rule.where.emplace_back(condition.name(), condition.json());
  }
  return rule;
}

void read_automation(OrgFileReader& reader, const DataNode& root, OrgData& org) {
  if (!root.has("automation")) return;
  const auto node = root["automation"];
  reader.check(node.object({"namedCredential", "callouts"}));
  reader.take(node.string("namedCredential"), org.named_credential);
  reader.each_element(node, "callouts",
                      [&](const DataNode& rule) { org.callouts.push_back(read_rule(reader, rule, org.schema)); });
}

void read_records(OrgFileReader& reader, const DataNode& root, OrgData& org) {
  if (!root.has("records")) return;
  auto objects = root["records"].members();
  if (!objects) return reader.complain(objects.error());
  for (const auto& object : *objects) {
    if (!org.schema.find(object.name())) return reader.complain(object.problem("there is no object \"" + object.name() + "\""));
    auto rows = object.elements();
    if (!rows) return reader.complain(rows.error());
    for (const auto& row : *rows) {
      if (!row.json().is_object()) return reader.complain(row.problem("expected an object"));
      org.records.emplace_back(object.name(), row.json());
    }
  }
}

}  // namespace

Result<OrgData> read_org_file(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return fail(json.error());
  auto schema = Schema::standard();
  if (auto extended = schema.extend(text, file); !extended) return fail(extended.error());
  OrgData org;
  org.schema = std::move(schema);
  const DataNode root{*json, text, file};
  OrgFileReader reader;
  reader.check(root.object({"name", "description", "organization", "connectedApp", "limits", "schema", "users", "integrationUser",
                            "adminUser", "queues", "caseStatuses", "caseAssignment", "automation", "records"}));
  reader.take(root.string("name"), org.name);
  if (!reader.failed()) read_organization(reader, root, org);
  if (!reader.failed()) read_connected_app(reader, root, org);
  org.daily_api_requests = 100'000;
  org.query_rows = 2'000;
  if (!reader.failed() && root.has("limits")) {
    reader.check(root["limits"].object({"dailyApiRequests", "queryRows"}));
    reader.take(root["limits"].count_or("dailyApiRequests", org.daily_api_requests), org.daily_api_requests);
    reader.take(root["limits"].count_or("queryRows", org.query_rows), org.query_rows);
    if (!reader.failed() && org.query_rows == 0)
      reader.complain(root["limits"]["queryRows"].problem("a page has at least one row"));
  }
  if (!reader.failed()) read_people(reader, root, org);
  if (!reader.failed()) read_case_settings(reader, root, org);
  if (!reader.failed()) read_automation(reader, root, org);
  if (!reader.failed()) read_records(reader, root, org);
  if (reader.failed()) return fail(reader.error());
  return org;
}

}  // namespace casewire::sim::salesforce
