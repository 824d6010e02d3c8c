#include "bridge/delivery/gate.hpp"

#include <algorithm>

namespace casewire::bridge {

bool Gate::open() {
  const std::lock_guard lock(mutex_);
  const bool was_closed = until_.has_value();
  until_.reset();
  pause_ = milliseconds{0};
  failures_ = 0;
  return was_closed;
}

SteadyTime Gate::close(SteadyTime now, std::optional<milliseconds> asked_for) {
  const std::lock_guard lock(mutex_);
  return close_locked(now, asked_for);
}

bool Gate::fail(SteadyTime now, std::optional<milliseconds> asked_for) {
  const std::lock_guard lock(mutex_);
  ++failures_;
  if (!until_ && failures_ < kFailuresMax) return false;
  const bool was_open = !until_;
  close_locked(now, asked_for);
  return was_open;
}

SteadyTime Gate::close_locked(SteadyTime now, std::optional<milliseconds> asked_for) {
  if (until_ && now < *until_) return *until_;
  pause_ = pause_ == milliseconds{0} ? kFirstPause : std::min(pause_ * 2, kLongestPause);
  until_ = now + std::max(pause_, asked_for.value_or(milliseconds{0}));
  return *until_;
}

void Gate::end_pause(SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (!until_ || now >= *until_) return;
  until_ = now;
  pause_ /= 2;
}

std::optional<SteadyTime> Gate::closed_until() const {
  const std::lock_guard lock(mutex_);
  return until_;
}

}  // namespace casewire::bridge
