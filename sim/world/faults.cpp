#include "sim/world/faults.hpp"

#include <algorithm>

namespace casewire::sim {
namespace {

bool is_crash(Fault::Kind kind) { return kind == Fault::Kind::crash_after || kind == Fault::Kind::crash_before; }
bool is_for_webhooks(Fault::Kind kind) { return kind == Fault::Kind::lose_webhook || kind == Fault::Kind::repeat_webhook; }

}  // namespace

void Faults::arm(Fault fault) {
  const std::lock_guard lock(mutex_);
  armed_.push_back({fault, std::max(fault.count, 1u)});
}

std::optional<Fault> Faults::meet_call(std::string_view system, const std::vector<std::string>& operations) {
  const std::lock_guard lock(mutex_);
  std::optional<Fault> met;
  for (Armed& armed : armed_) {
    if (armed.left == 0 || is_for_webhooks(armed.fault.kind)) continue;
    if (is_crash(armed.fault.kind)) {
      // Every call counts towards a crash, also one that another fault meets.
      if (--armed.left == 0 && !met) met = armed.fault;
      continue;
    }
    const bool matches = armed.fault.system == system &&
                         (armed.fault.operation.empty() ||
                          std::find(operations.begin(), operations.end(), armed.fault.operation) != operations.end());
    if (!matches || met) continue;
    --armed.left;
    met = armed.fault;
  }
  return met;
}

std::optional<Fault> Faults::meet_webhook(std::string_view system) {
  const std::lock_guard lock(mutex_);
  for (Armed& armed : armed_) {
    if (armed.left == 0 || !is_for_webhooks(armed.fault.kind) || armed.fault.system != system) continue;
    --armed.left;
    return armed.fault;
  }
  return std::nullopt;
}

std::vector<std::string> Faults::unfired() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> sentences;
  for (const Armed& armed : armed_) {
    if (armed.left != 0) sentences.push_back(armed.fault.sentence);
  }
  return sentences;
}

}  // namespace casewire::sim
