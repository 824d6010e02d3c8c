#include "scenarios/runner/bridge_log.hpp"

#include <utility>

namespace casewire::scenarios {

void BridgeLog::add(std::string_view text, WallTime at, std::uint64_t after) {
  const std::lock_guard lock(mutex_);
  while (!text.empty()) {
    if (begun_.empty()) place_ = {at, after, {}};
    const auto end = text.find('\n');
    begun_ += text.substr(0, end);
    if (end == std::string_view::npos) return;
    keep({place_.at, place_.after, std::exchange(begun_, {})});
    text.remove_prefix(end + 1);
  }
}

void BridgeLog::keep(LogLine line) {
  if (newest_.empty() && first_bytes_ + line.text.size() <= kFirstBytes) {
    first_bytes_ += line.text.size();
    first_.push_back(std::move(line));
    return;
  }
  newest_bytes_ += line.text.size();
  newest_.push_back(std::move(line));
  for (; newest_bytes_ > kNewestBytes && newest_.size() > 1; ++dropped_) {
    newest_bytes_ -= newest_.front().text.size();
    newest_.pop_front();
  }
}

std::vector<LogLine> BridgeLog::lines() const {
  const std::lock_guard lock(mutex_);
  std::vector<LogLine> all = first_;
  if (dropped_ != 0)
    all.push_back({newest_.front().at, newest_.front().after, "(" + std::to_string(dropped_) + " lines are not kept)"});
  all.insert(all.end(), newest_.begin(), newest_.end());
  if (!begun_.empty()) all.push_back({place_.at, place_.after, begun_});
  return all;
}

}  // namespace casewire::scenarios
