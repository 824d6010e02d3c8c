#pragma once
// A bridge's share of the calls that a vendor allows to all bridges of a store together. They take some at a time from one allowance in the store, so
// that most calls ask nobody. Where the store is not shared there is nobody to share with, and the vendor's own refusal (429) says enough.

#include <mutex>
#include <optional>
#include <string>

#include "base/runtime/runtime.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

class CallShare {
 public:
  /// Taken at once, and given back to nobody; what is not used within a slice's time is worth nothing any more.
  static constexpr int kSlice = 5;

  /// `calls_a_minute` 0: nothing is counted.
  CallShare(Store& store, Runtime& runtime, std::string vendor, int calls_a_minute)
      : store_(store), runtime_(runtime), vendor_(std::move(vendor)), calls_a_minute_(store.is_shared() ? calls_a_minute : 0) {}

  /// Counts a call. Set: it is one too many; how long until it is worth asking again. Thread-safe; any task.
  std::optional<milliseconds> wait_of_call();

 private:
  bool take_slice();

  Store& store_;
  Runtime& runtime_;
  std::string vendor_;
  int calls_a_minute_;
  std::mutex mutex_;
  int left_ = 0;
  SteadyTime worth_until_{};
  SteadyTime empty_until_{};
};

}  // namespace casewire::bridge
