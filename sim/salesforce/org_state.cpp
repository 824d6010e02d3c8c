#include "sim/salesforce/org_state.hpp"

#include <algorithm>
#include <array>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "sim/salesforce/automation/rules.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::chrono::hours kUsageWindow{24};

bool is_book_keeping(const Field& field) {
  constexpr std::array<std::string_view, 7> kNames{
      "Id", "IsDeleted", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp"};
  return field.type == FieldType::base64 || std::find(kNames.begin(), kNames.end(), field.name) != kNames.end();
}

// What the save set: given, defaulted or derived.
Json written_fields(const Change& change) {
  Json fields = Json::object();
  const auto& type = *change.row->type;
  for (std::size_t i = 0; i < change.after.size(); ++i) {
    const auto& field = type.fields[i];
    const bool was_set = change.before.empty() ? !is_null(change.after[i]) : change.before[i] != change.after[i];
    if (was_set && !is_book_keeping(field)) fields[field.name] = to_json(change.after[i]);
  }
  return fields;
}

/// Of a row that brings bytes of its own.
std::optional<FileSeen> content_of(const Store& store, const Change& change) {
  if (change.kind != Change::Kind::insert) return std::nullopt;
  const auto bytes = store.bytes(change.row->id);
  if (!bytes) return std::nullopt;
  const bool is_version = change.row->type->name == "ContentVersion";
  return file_seen(change.row->text(is_version ? "PathOnClient" : "Name"), *bytes);
}

std::string_view word(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::insert: return "insert";
    case Change::Kind::update: return "update";
    case Change::Kind::remove: return "delete";
    case Change::Kind::restore: return "undelete";
  }
  return {};
}

}  // namespace

OrgState::OrgState(OrgData org, OrgOptions org_options, Surroundings world)
    : options(std::move(org_options)),
      data(std::move(org)),
      surroundings(world),
      store(std::move(data.schema)),
      saver(store),
      organization_id(make_id("00D", data.organization_number)),
      sessions(organization_id.substr(0, 15), options.session_timeout) {}

Actor OrgState::actor(const std::string& user_id) const {
  const Row* user = store.find(user_id);
  const Row* profile = user ? store.find(user->text("ProfileId")) : nullptr;
  return {.user_id = user_id, .modify_all = profile && profile->text("Name") == "System Administrator"};
}

bool OrgState::is_active(const std::string& user_id) const {
  const Row* user = store.find(user_id);
  return user && user->at("IsActive") != Value{false};
}

std::string OrgState::user_name(const std::string& user_id) const {
  const Row* user = store.find(user_id);
  return user ? user->text("Name") : std::string{};
}

void OrgState::commit(std::uint64_t cause) {
  std::vector<CalloutJob> queued;
  const bool full = surroundings.journal.overflowed();  // then it would drop what is written here at some cost
  for (const auto& change : store.commit()) {
    // The journal has a lock of its own and calls nobody back; holding the org's lock keeps the journal in commit order.
    const auto entry = full ? 0
                            : surroundings.journal.append("salesforce",
                                                          RecordChange{.object = change.row->type->name,
                                                                       .id = change.row->id,
                                                                       .change = std::string(word(change.kind)),
                                                                       .by = user_name(change.user_id),
                                                                       .by_id = change.user_id,
                                                                       .fields = written_fields(change),
                                                                       .content = content_of(store, change)},
                                                          cause);
    queue_callouts(data.callouts, change, entry, queued);
  }
  jobs.insert(jobs.end(), std::make_move_iterator(queued.begin()), std::make_move_iterator(queued.end()));
}

void OrgState::count_api_request() {
  const auto hour = std::chrono::floor<std::chrono::hours>(store.now());
  if (api_usage.empty() || api_usage.back().first != hour) api_usage.emplace_back(hour, 0);
  ++api_usage.back().second;
  while (api_usage.front().first + kUsageWindow <= hour) api_usage.pop_front();
}

std::size_t OrgState::api_requests() const {
  if (requests_used_up) return data.daily_api_requests;
  std::size_t requests = 0;
  for (const auto& [hour, count] : api_usage)
    if (hour + kUsageWindow > std::chrono::floor<std::chrono::hours>(store.now())) requests += count;
  return requests;
}

}  // namespace casewire::sim::salesforce
