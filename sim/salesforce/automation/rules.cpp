#include "sim/salesforce/automation/rules.hpp"

#include <algorithm>

namespace casewire::sim::salesforce {
namespace {

const Value& value_of(const Change& change, const std::vector<Value>& values, std::string_view field) {
  return values[index_of(*change.row->type, *change.row->type->field(field))];
}

constexpr std::string_view kCasePrefix = "500";

bool applies(const CalloutRule& rule, const Change& change) {
  if (!rule.is_active || rule.object != change.row->type->name) return false;
  if (change.kind != (rule.on_insert ? Change::Kind::insert : Change::Kind::update)) return false;
  const auto holds = [&](const auto& condition) {
    return to_json(value_of(change, change.after, condition.first)) == condition.second;
  };
  if (!std::all_of(rule.where.begin(), rule.where.end(), holds)) return false;
  const auto differs = [&](const auto& field) {
    return value_of(change, change.before, field) != value_of(change, change.after, field);
  };
  return rule.on_insert || rule.changed.empty() || std::any_of(rule.changed.begin(), rule.changed.end(), differs);
}

}  // namespace

void queue_callouts(const std::vector<CalloutRule>& rules, const Change& change, std::uint64_t entry,
                    std::vector<CalloutJob>& jobs) {
  for (const auto& rule : rules) {
    if (!applies(rule, change)) continue;
    const auto* case_id = std::get_if<std::string>(&value_of(change, change.after, rule.case_field));
    if (!case_id || !case_id->starts_with(kCasePrefix)) continue;  // a post may stand in the feed of anything
    auto job = std::find_if(jobs.begin(), jobs.end(), [&](const auto& other) { return other.event == rule.event; });
    if (job == jobs.end()) job = jobs.insert(jobs.end(), {.event = rule.event, .notices = {}});
    auto& notices = job->notices;
    auto notice = std::find_if(notices.begin(), notices.end(), [&](const auto& other) { return other.case_id == *case_id; });
    if (notice == notices.end())
      notice = notices.insert(notices.end(), {.case_id = *case_id,
                                              .record_ids = {},
                                              .cause = entry,
                                              .names_by_15 = rule.names_by_15,
                                              .content_type = rule.content_type});
    if (std::find(notice->record_ids.begin(), notice->record_ids.end(), change.row->id) == notice->record_ids.end())
      notice->record_ids.push_back(change.row->id);
  }
}

}  // namespace casewire::sim::salesforce
