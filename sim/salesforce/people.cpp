#include "sim/salesforce/people.hpp"

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/founding.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

std::string told(const SaveErrors& errors) { return errors.front().code + ": " + errors.front().message; }

// People work in pages and Apex, where assignment rules run only when asked for.
Actor person(const OrgState& org, const std::string& user_id) {
  auto actor = org.actor(user_id);
  actor.auto_assign = false;
  return actor;
}

// One transaction of several saves: all of them, or none.
class Transaction {
 public:
  Transaction(OrgState& org, Actor actor) : org_(org), actor_(std::move(actor)), start_(org.store.mark()) {}
  const Actor& actor() const { return actor_; }
  /// The new row's id; empty after an error, which done() then tells.
  std::string create(std::string_view object, const Json& fields) {
    if (!error_.empty()) return {};
    const auto saved = org_.saver.create(actor_, *org_.store.schema().find(object), fields);
    if (!saved.ok()) error_ = told(saved.errors);
    return saved.id;
  }
  Outcome done(std::string id) {
    if (error_.empty()) {
      org_.commit(0);
      return id;
    }
    org_.store.roll_back(start_);
    return fail(error_);
  }

 private:
  OrgState& org_;
  Actor actor_;
  Store::Mark start_;
  std::string error_;
};

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

}  // namespace

Outcome add_rep(OrgState& org, std::string_view name, std::string_view queue) {
  const Row* group = find_queue(org, queue);
  if (!group) {
    std::vector<std::string> known;
    for (const auto& one : org.data.queues) known.push_back(one.name);
    const auto near = nearest(queue, known);
    return fail("there is no queue \"" + std::string{queue} + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }
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

Outcome send_reply(OrgState& org, const std::string& user_id, std::string_view case_id, std::string_view text,
                   const std::vector<OrgFile>& files) {
  const auto canonical = canonical_id(case_id);
  const Row* parent = canonical ? org.store.find(*canonical) : nullptr;
  if (!parent || parent->deleted) return fail(std::string{"INVALID_CROSS_REFERENCE_KEY: invalid cross reference id"});
  Transaction transaction(org, person(org, user_id));
  const Row* user = org.store.find(user_id);
  auto to = parent->text("SuppliedEmail");
  if (to.empty()) to = parent->text("ContactEmail");
  const auto mail = transaction.create("EmailMessage", {{"ParentId", parent->id},
                                                        {"Incoming", false},
                                                        {"Status", "3"},
                                                        {"IsClientManaged", true},  // lets files be linked after the insert
                                                        {"Subject", "Re: " + parent->text("Subject")},
                                                        {"TextBody", text},
                                                        {"FromName", user ? user->text("Name") : std::string{}},
                                                        {"FromAddress", user ? user->text("Email") : std::string{}},
                                                        {"ToAddress", to}});
  for (const auto& file : files) {
    const auto version = transaction.create(
        "ContentVersion", {{"PathOnClient", file.name}, {"Title", file.name}, {"VersionData", base64(file.content)}});
    const Row* row = org.store.find(version);
    if (row)
      transaction.create("ContentDocumentLink",
                         {{"ContentDocumentId", row->text("ContentDocumentId")}, {"LinkedEntityId", mail}, {"ShareType", "V"}});
  }
  return transaction.done(mail);
}

Outcome write_comment(OrgState& org, const std::string& user_id, std::string_view case_id, std::string_view text,
                      bool published) {
  Transaction transaction(org, person(org, user_id));
  const auto comment =
      transaction.create("CaseComment", {{"ParentId", case_id}, {"CommentBody", text}, {"IsPublished", published}});
  return transaction.done(comment);
}

Result<void, std::string> update_record(OrgState& org, const std::string& user_id, std::string_view record_id,
                                        const Json& fields) {
  const auto canonical = canonical_id(record_id);
  Row* row = canonical ? org.store.find(*canonical) : nullptr;
  if (!row) return fail(std::string{"INVALID_CROSS_REFERENCE_KEY: invalid cross reference id"});
  const auto saved = org.saver.update(person(org, user_id), *row, fields);
  if (!saved.ok()) return fail(told(saved.errors));
  org.commit(0);
  return {};
}

}  // namespace casewire::sim::salesforce
