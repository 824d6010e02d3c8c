#pragma once
// Work in order within a lane (a session), lanes beside each other: a webhook that is tried again holds up its own session only.

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace casewire::sim::opencx {

/// Thread-safe. Whoever is told to start a lane works it off with next() until that is empty.
template <class Item>
class Lanes {
 public:
  static constexpr std::size_t kItemsMax = 10'000;  // per lane
  enum class Pushed { start, queued, full };

  Pushed push(const std::string& lane, Item item) {
    const std::scoped_lock lock{mutex_};
    const auto [found, is_new] = lanes_.try_emplace(lane);
    if (found->second.size() >= kItemsMax) return Pushed::full;
    found->second.push_back(std::move(item));
    return is_new ? Pushed::start : Pushed::queued;
  }

  /// nullopt ends the lane: the next push starts it anew.
  std::optional<Item> next(const std::string& lane) {
    const std::scoped_lock lock{mutex_};
    const auto found = lanes_.find(lane);
    if (found == lanes_.end()) return std::nullopt;
    if (found->second.empty()) {
      lanes_.erase(found);
      return std::nullopt;
    }
    Item item = std::move(found->second.front());
    found->second.pop_front();
    return item;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::deque<Item>> lanes_;
};

}  // namespace casewire::sim::opencx
