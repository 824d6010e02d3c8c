#include "tests/soak/bridges.hpp"

#include "scenarios/runner/process_side.hpp"

namespace casewire::soak {

Result<void, std::string> OneBridge::start() {
  if (auto started = ring_.start_bridge(); !started) return fail(started.error().what);
  return {};
}

Result<void, std::string> OneBridge::strike(milliseconds) {
  ++kills_;
  ring_.kill_bridge();
  return start();
}

Result<void, std::string> OneBridge::recover(milliseconds) {
  if (auto restarted = ring_.restart_if_crashed(); !restarted) return fail(restarted.error().what);
  return {};
}

std::string OneBridge::url() const { return dynamic_cast<const scenarios::ProcessSide&>(ring_).urls().bridge; }

std::vector<std::string> OneBridge::log() const {
  std::vector<std::string> lines;
  ring_.bridge_log()->each_line([&](const scenarios::LogLine& line) { lines.push_back(line.text); });
  return lines;
}

}  // namespace casewire::soak
