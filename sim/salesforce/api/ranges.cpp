// Which rows were deleted or changed between two instants. Seconds are cut off; deleted rows are shown for 15 days, changed ones
// for 30. Guessed: the words of INVALID_REPLICATION_DATE and of a missing or unreadable bound.

#include <algorithm>

#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/coerce.hpp"

namespace casewire::sim::salesforce {
namespace {

using std::chrono::minutes;
constexpr std::chrono::days kDeletedShown{15}, kUpdatedShown{30};

struct Range {
  WallTime start{}, end{};
};

std::string shown(WallTime when) { return to_json(Value{when}).get<std::string>(); }

Result<WallTime, Answer> bound(const Call& call, const char* name) {
  const auto text = call.parameter(name);
  if (text.empty()) return fail(error_answer(400, "MISSING_ARGUMENT", std::string{name} + " not specified"));
  const auto when = parse_datetime(text);
  if (!when)
    return fail(
        error_answer(400, "INVALID_REPLICATION_DATE", "The value of " + std::string{name} + " is no date and time: " + text));
  return std::chrono::floor<minutes>(*when);
}

Result<Range, Answer> range_of(const Call& call, std::chrono::days shown_for) {
  const auto start = bound(call, "start");
  if (!start) return fail(start.error());
  const auto end = bound(call, "end");
  if (!end) return fail(end.error());
  const auto refused = [](std::string why) { return fail(error_answer(400, "INVALID_REPLICATION_DATE", std::move(why))); };
  if (*end - *start < minutes{1}) return refused("endDate must be at least one minute greater than startDate");
  if (*start > call.org.store.now()) return refused("startDate must not be in the future");
  if (*start < call.org.store.now() - shown_for)
    return refused("startDate must be within " + std::to_string(shown_for.count()) + " days of today");
  return Range{*start, *end};
}

// The object that the path names, if its changes are listed; `listing`: the call's name in the vendor's other API.
Result<const SObjectType*, Answer> replicated_object(const Call& call, std::string_view listing) {
  const auto* type = object_at(call, 1);
  if (!type) return fail(no_object(call, call.segments[1]));
  if (!type->replicateable)
    return fail(error_answer(400, "INVALID_TYPE_FOR_OPERATION",
                             "entity type " + type->name + " does not support " + std::string{listing}));
  return type;
}

WallTime covered(const Call& call, const Range& range) {
  return std::min(range.end, WallTime{std::chrono::floor<minutes>(call.org.store.now())});
}

}  // namespace

Answer show_deleted(Call& call) {
  const auto type = replicated_object(call, "getDeleted");
  if (!type) return type.error();
  const auto range = range_of(call, kDeletedShown);
  if (!range) return range.error();
  Json rows = Json::array();
  call.org.store.each_deleted(**type, [&](const Row& row, const Store::Deletion& deletion) {
    if (deletion.when >= range->start && deletion.when < range->end)
      rows.push_back({{"deletedDate", shown(whole_seconds(deletion.when))}, {"id", row.id}});
  });
  return {.body =
              Json{{"deletedRecords", std::move(rows)},
                   {"earliestDateAvailable", shown(std::chrono::floor<std::chrono::days>(call.org.store.now() - kDeletedShown))},
                   {"latestDateCovered", shown(covered(call, *range))}}};
}

Answer show_updated(Call& call) {
  const auto type = replicated_object(call, "getUpdated");
  if (!type) return type.error();
  const auto range = range_of(call, kUpdatedShown);
  if (!range) return range.error();
  const auto stamp = index_of(**type, *(*type)->field("SystemModstamp"));
  Json ids = Json::array();
  call.org.store.each(**type, false, [&](const Record& row) {
    const auto* when = std::get_if<WallTime>(&row.values[stamp]);
    if (when && *when >= range->start && *when < range->end) ids.push_back(row.text("Id"));
    return true;
  });
  return {.body = Json{{"ids", std::move(ids)}, {"latestDateCovered", shown(covered(call, *range))}}};
}

}  // namespace casewire::sim::salesforce
