#include "sim/salesforce/people/transaction.hpp"

#include "base/text/encoding.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {

Actor person(const OrgState& org, const std::string& user_id) {
  auto actor = org.actor(user_id);
  actor.auto_assign = false;
  return actor;
}

namespace {

/// As the pages call an uploaded file: its extension stands in a field of its own.
std::string title_of(const std::string& file_name) {
  const auto dot = file_name.rfind('.');
  return dot == std::string::npos || dot == 0 ? file_name : file_name.substr(0, dot);
}

}  // namespace

std::string told(const SaveErrors& errors) { return errors.front().code + ": " + errors.front().message; }

std::string no_such_row() { return "INVALID_CROSS_REFERENCE_KEY: invalid cross reference id"; }

Row* row_of(OrgState& org, std::string_view id) {
  const auto canonical = canonical_id(id);
  return canonical ? org.store.find(*canonical) : nullptr;
}

Transaction::Transaction(OrgState& org, Actor actor) : org_(org), actor_(std::move(actor)), start_(org.store.mark()) {}

std::string Transaction::create(std::string_view object, const Json& fields) {
  if (!error_.empty()) return {};
  const auto saved = org_.saver.create(actor_, *org_.store.schema().find(object), fields);
  if (!saved.ok()) error_ = told(saved.errors);
  return saved.id;
}

std::vector<std::string> Transaction::attach(const std::string& record_id, const std::vector<OrgFile>& files) {
  std::vector<std::string> versions;
  for (const auto& file : files) {
    const auto version = create("ContentVersion", {{"PathOnClient", file.name},
                                                   {"Title", file.title.empty() ? title_of(file.name) : file.title},
                                                   {"VersionData", base64(file.content)}});
    versions.push_back(version);
    if (const Row* row = org_.store.find(version))
      create("ContentDocumentLink",
             {{"ContentDocumentId", row->text("ContentDocumentId")}, {"LinkedEntityId", record_id}, {"ShareType", "V"}});
  }
  return versions;
}

void Transaction::fail_with(const SaveErrors& errors) {
  if (error_.empty() && !errors.empty()) error_ = told(errors);
}

Outcome Transaction::done(std::string id) {
  if (error_.empty()) {
    org_.commit(0);
    return id;
  }
  org_.store.roll_back(start_);
  return fail(error_);
}

}  // namespace casewire::sim::salesforce
