#include "sim/world/faults.hpp"

#include <algorithm>
#include <cassert>

#include "base/text/strings.hpp"
#include "sim/world/write_calls.hpp"

namespace casewire::sim {
namespace {

bool is_within(const Place& place, WallTime now) {
  return (!place.from || *place.from <= now) && (!place.until || now < *place.until);
}

bool is_there(const Place& place, std::string_view system) { return place.system.empty() || place.system == system; }

bool is_there(const Place& place, std::string_view system, const std::vector<std::string>& operations) {
  if (!is_there(place, system)) return false;
  if (place.operation == kAnyWrite) return std::any_of(operations.begin(), operations.end(), is_write);
  return place.operation.empty() || std::find(operations.begin(), operations.end(), place.operation) != operations.end();
}

bool is_due(const Place& place, std::uint64_t met) { return met >= place.first && (met - place.first) % place.every == 0; }

}  // namespace

void Faults::arm(PlannedFault fault) {
  assert(!objection(fault));
  const std::lock_guard lock(mutex_);
  armed_.push_back({std::move(fault)});
}

template <class Is>
std::optional<Strike> Faults::meet(Place::Of of, WallTime now, Is is_at) {
  std::optional<Strike> strike;
  for (Armed& armed : armed_) {
    const Place& place = armed.fault.place;
    if (place.of != of || !is_within(place, now) || !is_at(place)) continue;
    ++armed.met;
    if (place.times != 0 && armed.struck >= place.times) continue;
    if (!armed.owed && !is_due(place, armed.met)) continue;
    armed.owed = strike.has_value();
    if (strike) continue;
    ++armed.struck;
    strike = Strike{armed.fault.sentence, armed.fault.damage, place.operation};
  }
  return strike;
}

std::optional<Strike> Faults::meet_call(std::string_view system, const std::vector<std::string>& operations, WallTime now) {
  const std::lock_guard lock(mutex_);
  auto strike =
      meet(Place::Of::call, now, [&](const Place& place) { return !place.done && is_there(place, system, operations); });
  count(system, operations, strike, true);
  return strike;
}

bool Faults::await_done_calls() const {
  const std::lock_guard lock(mutex_);
  return std::any_of(armed_.begin(), armed_.end(), [](const Armed& armed) { return armed.fault.place.done; });
}

std::optional<Strike> Faults::meet_done_call(std::string_view system, const std::vector<std::string>& operations, WallTime now) {
  const std::lock_guard lock(mutex_);
  auto strike = meet(Place::Of::call, now, [&](const Place& place) { return place.done && is_there(place, system, operations); });
  count(system, operations, strike, false);
  return strike;
}

void Faults::count(std::string_view system, const std::vector<std::string>& operations, const std::optional<Strike>& strike,
                   bool asked) {
  if (!asked && !strike) return;
  for (const std::string& operation : operations) {
    OperationTold& told = operations_[{std::string(system), operation}];
    told.system = system;
    told.operation = operation;
    if (asked) ++told.calls;
    if (strike) ++told.struck;
  }
}

std::optional<Strike> Faults::meet_webhook(std::string_view system, WallTime now) {
  const std::lock_guard lock(mutex_);
  return meet(Place::Of::webhook, now, [&](const Place& place) { return is_there(place, system); });
}

std::optional<Strike> Faults::meet_mail(const std::vector<std::string>& recipients, WallTime now) {
  const std::lock_guard lock(mutex_);
  return meet(Place::Of::mail, now, [&](const Place& place) {
    return place.mailbox.empty() || std::any_of(recipients.begin(), recipients.end(), [&](const std::string& recipient) {
             return equals_ignoring_case(recipient, place.mailbox);
           });
  });
}

std::optional<Strike> Faults::meet_commit(WallTime now) {
  const std::lock_guard lock(mutex_);
  return meet(Place::Of::commit, now, [](const Place&) { return true; });
}

std::optional<Strike> Faults::meet_timer(WallTime now) {
  const std::lock_guard lock(mutex_);
  return meet(Place::Of::timer, now, [](const Place&) { return true; });
}

milliseconds Faults::skew_of(std::string_view system, WallTime now) {
  const std::lock_guard lock(mutex_);
  milliseconds skew{0};
  for (Armed& armed : armed_) {
    const auto* wrong = std::get_if<Skew>(&armed.fault.damage);
    if (!wrong || !is_within(armed.fault.place, now) || !is_there(armed.fault.place, system)) continue;
    // A clock is looked at without end; that it was looked at at all is what counts.
    armed.met = armed.struck = 1;
    skew += wrong->by;
  }
  return skew;
}

std::vector<FaultTold> Faults::told() const {
  const std::lock_guard lock(mutex_);
  std::vector<FaultTold> told;
  for (const Armed& armed : armed_) told.push_back({armed.fault.sentence, armed.struck, armed.fault.place.times, armed.met});
  return told;
}

std::vector<std::string> Faults::unproved() const {
  std::vector<std::string> sentences;
  for (const FaultTold& fault : told()) {
    if (fault.has_proved()) continue;
    if (fault.struck == 0) {
      sentences.push_back("this fault never fired, so nothing was proved: " + fault.sentence);
    } else {
      sentences.push_back("this fault fired " + std::to_string(fault.struck) + " of " + std::to_string(fault.planned) +
                          " times: " + fault.sentence);
    }
  }
  return sentences;
}

std::vector<OperationTold> Faults::operations() const {
  const std::lock_guard lock(mutex_);
  std::vector<OperationTold> told;
  for (const auto& [key, operation] : operations_) told.push_back(operation);
  return told;
}

}  // namespace casewire::sim
