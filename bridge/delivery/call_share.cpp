#include "bridge/delivery/call_share.hpp"

namespace casewire::bridge {
namespace {

constexpr milliseconds kMinute{60'000};
constexpr milliseconds kWorthFor{10'000};

/// Within any minute as many calls go out as were saved up and come back in it: a quarter and three quarters of what the vendor allows.
constexpr milliseconds cost_of_slice(int calls_a_minute) {
  return kMinute * CallShare::kSlice * 4 / (std::int64_t{calls_a_minute} * 3);
}
/// What comes back in a third of a minute, at three quarters: a quarter of what the vendor allows.
constexpr milliseconds most(int calls_a_minute) { return std::max(cost_of_slice(calls_a_minute), kMinute / 3); }

}  // namespace

std::optional<milliseconds> CallShare::wait_of_call() {
  if (calls_a_minute_ == 0) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto now = runtime_.steady_now();
  if (now >= worth_until_) left_ = 0;
  if (left_ == 0) {
    if (now < empty_until_) return empty_until_ - now;
    if (!take_slice()) {
      empty_until_ = now + cost_of_slice(calls_a_minute_);
      return empty_until_ - now;
    }
    left_ = kSlice;
    worth_until_ = now + kWorthFor;
  }
  --left_;
  return std::nullopt;
}

bool CallShare::take_slice() {
  try {
    return store_.spend(vendor_, runtime_.now(), cost_of_slice(calls_a_minute_), most(calls_a_minute_));
  } catch (const StoreFailure&) {
    return true;  // whoever works without the store says so, and the vendor counts too
  }
}

}  // namespace casewire::bridge
