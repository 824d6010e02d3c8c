#include "scenarios/runner/bridge_log.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
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
  for (; newest_bytes_ > kNewestBytes && newest_.size() > 1; ++left_out_) {
    newest_bytes_ -= newest_.front().text.size();
    put_aside(newest_.front());
    newest_.pop_front();
  }
}

void BridgeLog::put_aside(const LogLine& line) {
  if (!middle_ && lost_ == 0) middle_.reset(std::tmpfile());
  const auto written =
      std::to_string(line.at.time_since_epoch().count()) + " " + std::to_string(line.after) + " " + line.text + "\n";
  const bool has_room = middle_ && lost_ == 0 && middle_bytes_ + written.size() <= kFileBytes;
  if (!has_room || std::fwrite(written.data(), 1, written.size(), middle_.get()) != written.size()) {
    ++lost_;
    return;
  }
  middle_bytes_ += written.size();
}

bool BridgeLog::is_cut() const {
  const std::lock_guard lock(mutex_);
  return left_out_ != 0;
}

std::vector<LogLine> BridgeLog::lines() const {
  const std::lock_guard lock(mutex_);
  std::vector<LogLine> all = first_;
  if (left_out_ != 0)
    all.push_back({newest_.front().at, newest_.front().after,
                   "(" + std::to_string(left_out_) + " lines are left out here: the bridge.log of --artifacts has them)"});
  all.insert(all.end(), newest_.begin(), newest_.end());
  if (!begun_.empty()) all.push_back({place_.at, place_.after, begun_});
  return all;
}

void BridgeLog::each_line(const std::function<void(const LogLine&)>& tell) const {
  const std::lock_guard lock(mutex_);
  for (const auto& line : first_) tell(line);
  if (middle_) {
    std::rewind(middle_.get());
    char* text = nullptr;
    std::size_t room = 0;
    for (ssize_t size = 0; (size = getline(&text, &room, middle_.get())) > 0;) {
      std::string_view rest(text, static_cast<std::size_t>(size) - 1);
      long long number = 0;
      const auto taken = [&] {
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        rest.remove_prefix(std::min(rest.size(), static_cast<std::size_t>(end - rest.data()) + 1));
        return number;
      };
      LogLine line;
      line.at = WallTime{milliseconds{taken()}};
      line.after = static_cast<std::uint64_t>(taken());
      line.text = rest;
      tell(line);
    }
    std::free(text);
    std::fseek(middle_.get(), 0, SEEK_END);
  }
  if (lost_ != 0) tell({newest_.front().at, newest_.front().after, "(" + std::to_string(lost_) + " lines are lost)"});
  for (const auto& line : newest_) tell(line);
  if (!begun_.empty()) tell({place_.at, place_.after, begun_});
}

}  // namespace casewire::scenarios
