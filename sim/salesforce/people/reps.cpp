// Who works in the org: reps, queues, owners, users that go.

#include "base/text/strings.hpp"
#include "sim/salesforce/founding.hpp"
#include "sim/salesforce/people/transaction.hpp"

namespace casewire::sim::salesforce {
namespace {

const Row* user_named(const OrgState& org, std::string_view name) {
  const Row* user = nullptr;
  org.store.each(*org.store.schema().find("User"), false, [&](const Record& row) {
    if (row.text("Name") == name) user = org.store.find(row.text("Id"));
    return user == nullptr;
  });
  return user;
}

std::string username_of(std::string_view name) {
  std::string local;
  for (const char c : lowercase(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      local += c;
    else if (!local.empty() && local.back() != '.')
      local += '.';
  while (!local.empty() && local.back() == '.') local.pop_back();
  return local.empty() ? "rep" : local;
}

std::string no_queue(const OrgState& org, std::string_view queue) {
  std::vector<std::string> known;
  for (const auto& one : org.data.queues) known.push_back(one.name);
  const auto near = nearest(queue, known);
  return "there is no queue \"" + std::string{queue} + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?");
}

}  // namespace

Outcome add_rep(OrgState& org, std::string_view name, std::string_view queue) {
  const Row* group = find_queue(org, queue);
  if (!group) return fail(no_queue(org, queue));
  if (const Row* user = user_named(org, name)) return user->id;
  const auto blank = name.find_last_of(' ');
  const auto username = username_of(name);
  const auto user_id =
      make_user(org, {.key = {},
                      .first_name = std::string{blank == std::string_view::npos ? std::string_view{} : name.substr(0, blank)},
                      .last_name = std::string{blank == std::string_view::npos ? name : name.substr(blank + 1)},
                      .username = username + "@" + username_of(org.data.name) + ".test",
                      .email = username + "@acme.test",
                      .profile = "Standard User"});
  const Saver::NamedValue member[] = {{"GroupId", group->id}, {"UserOrGroupId", user_id}};
  org.saver.create_by_system(org.actor(org.admin_user_id), "GroupMember", member);
  org.commit(0);
  return user_id;
}

std::string add_queue(OrgState& org, std::string_view name) {
  if (const Row* known = find_queue(org, name)) return known->id;
  org.data.queues.push_back({.name = std::string{name}, .objects = {"Case"}});
  const auto id = make_queue(org, org.data.queues.back());
  org.commit(0);
  return id;
}

Outcome owner_named(const OrgState& org, std::string_view name) {
  if (const Row* queue = find_queue(org, name)) return queue->id;
  if (const Row* user = user_named(org, name)) return user->id;
  return fail("there is no user and no queue \"" + std::string{name} + "\"");
}

Result<void, std::string> set_active(OrgState& org, std::string_view user_id, bool active) {
  Row* user = row_of(org, user_id);
  if (!user || user->type->name != "User") return fail(no_such_row());
  return update_record(org, org.admin_user_id, user->id, {{"IsActive", active}});
}

}  // namespace casewire::sim::salesforce
