#include "scenarios/tape/changes.hpp"

#include <algorithm>

namespace casewire::scenarios {

void Changes::expect_write(std::size_t place, const Operation& write) {
  to_come_.insert(place);
  for (const std::string& record : write.records) to_come_of_[record].insert(place);
}

void Changes::drop_write(std::size_t place, const Operation& write) {
  to_come_.erase(place);
  for (const std::string& record : write.records) {
    if (const auto found = to_come_of_.find(record); found != to_come_of_.end()) found->second.erase(place);
  }
}

void Changes::came(std::size_t place, const Operation& change) {
  drop_write(place, change);
  last_ = std::max(last_, place + 1);
  for (const std::string& record : change.records) last_of_[record] = std::max(last_of_[record], place + 1);
}

bool Changes::is_between(const Places& places, std::size_t from, std::size_t to) {
  const auto next = places.lower_bound(from);
  return next != places.end() && *next < to;
}

bool Changes::is_write_to_come(const Operation& of, std::size_t from, std::size_t to) const {
  if (of.records.empty()) return is_between(to_come_, from, to);
  return std::any_of(of.records.begin(), of.records.end(), [&](const std::string& record) {
    const auto found = to_come_of_.find(record);
    return found != to_come_of_.end() && is_between(found->second, from, to);
  });
}

bool Changes::has_come_behind(const Operation& of, std::size_t place) const {
  if (of.records.empty()) return last_ > place + 1;
  return std::any_of(of.records.begin(), of.records.end(), [&](const std::string& record) {
    const auto found = last_of_.find(record);
    return found != last_of_.end() && found->second > place + 1;
  });
}

}  // namespace casewire::scenarios
