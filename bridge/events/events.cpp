#include "bridge/events/events.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace casewire::bridge {
namespace {

constexpr std::array<std::string_view, 2> kVendorNames{"salesforce", "opencx"};

std::string_view fact(const LogFields& facts, std::string_view name) {
  const auto found = std::find_if(facts.begin(), facts.end(), [&](const auto& one) { return one.first == name; });
  return found == facts.end() ? std::string_view{} : std::string_view(found->second);
}

std::uint64_t amount_of(const Happening& what, const LogFields& facts) {
  if (what.amount.empty()) return 1;
  const auto text = fact(facts, what.amount);
  std::uint64_t amount = 0;
  std::from_chars(text.data(), text.data() + text.size(), amount);
  return amount;
}

/// Names a part of a conversation: what somebody may ask for later.
bool is_about_somebody(const LogFields& facts) {
  constexpr std::array<std::string_view, 7> kParts{"subject", "session", "case", "reply", "file", "from", "into"};
  return std::any_of(facts.begin(), facts.end(),
                     [&](const auto& one) { return std::find(kParts.begin(), kParts.end(), one.first) != kParts.end(); });
}

bool names(const LogFields& facts, const std::vector<std::string>& ids) {
  return std::any_of(facts.begin(), facts.end(), [&](const auto& one) {
    const std::string_view value = one.second;
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
      return value == id || (value.size() > id.size() && value.ends_with(id) && value[value.size() - id.size() - 1] == ':');
    });
  });
}

}  // namespace

Events::Events(Runtime& runtime, Log& log) : runtime_(runtime), log_(log) {
  // A counter is there from the start, with 0: one that is missing until it first moves looks like a bridge that does not run.
  for (const auto* what : happening::all) {
    if (what->counter.empty()) continue;
    if (what->vendor.empty()) series_[{what, {}}];
    if (what->vendor.empty()) continue;
    for (const auto vendor : kVendorNames) series_[{what, std::string(vendor)}];
  }
}

bool Events::is_for_the_log(const Happening& what, LogFields& facts) {
  constexpr std::uint64_t kOfAMinute = 10;
  constexpr std::size_t kKinds = 100;
  const auto now = runtime_.steady_now();
  const std::lock_guard lock(mutex_);
  // The words come from a few places in the source; if they ever did not, all of them would be told once more.
  if (minutes_.size() >= kKinds) minutes_.clear();
  auto& minute = minutes_[{&what, text_line(what.level, what.name, facts)}];
  if (minute.told == 0 || now - minute.begun >= milliseconds{60'000}) {
    if (minute.told > kOfAMinute) facts.emplace_back("not_written", std::to_string(minute.told - kOfAMinute));
    minute = {.begun = now};
  }
  return ++minute.told <= kOfAMinute;
}

void Events::tell(const Happening& what, LogFields facts) {
  if (what.log_share == LogShare::each || is_for_the_log(what, facts)) log_.write(what.level, what.name, facts);
  const auto now = runtime_.now();
  const std::lock_guard lock(mutex_);
  if (!what.counter.empty()) {
    auto& series = series_[{&what, std::string(what.vendor.empty() ? std::string_view{} : fact(facts, what.vendor))}];
    series.value += amount_of(what, facts);
    series.last = now;
  }
  if (what.level == LogLevel::debug || !is_about_somebody(facts)) return;
  remembered_.push_back({now, &what, std::move(facts)});
  if (remembered_.size() > kRemembered) remembered_.pop_front();
}

std::vector<Events::Told> Events::about(const std::vector<std::string>& ids) const {
  const std::lock_guard lock(mutex_);
  std::vector<Told> found;
  std::copy_if(remembered_.begin(), remembered_.end(), std::back_inserter(found),
               [&](const Told& told) { return names(told.facts, ids); });
  return found;
}

bool Events::has_told_of(const std::string& id, WallTime since) const {
  const std::lock_guard lock(mutex_);
  const std::vector<std::string> ids{id};
  for (auto told = remembered_.rbegin(); told != remembered_.rend() && told->at >= since; ++told) {
    if (names(told->facts, ids)) return true;
  }
  return false;
}

std::optional<WallTime> Events::last(const Happening& what, std::string_view vendor) const {
  const std::lock_guard lock(mutex_);
  const auto found = series_.find({&what, std::string(vendor)});
  return found == series_.end() ? std::nullopt : found->second.last;
}

std::vector<Events::Count> Events::counts() const {
  std::map<std::tuple<std::string_view, std::string_view, std::string>, std::uint64_t> sums;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, series] : series_) sums[{key.first->counter, key.first->result, key.second}] += series.value;
  }
  std::vector<Count> counts;
  for (const auto& [key, value] : sums) {
    counts.push_back({std::string(std::get<0>(key)), std::string(std::get<1>(key)), std::get<2>(key), value});
  }
  return counts;
}

}  // namespace casewire::bridge
