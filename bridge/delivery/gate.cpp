#include "bridge/delivery/gate.hpp"

#include <algorithm>

namespace casewire::bridge {

Gate::Pass Gate::pass(SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (!until_) return Pass::open;
  if (is_probing_ || now < *until_) return Pass::closed;
  is_probing_ = true;
  return Pass::probe;
}

void Gate::return_probe() {
  const std::lock_guard lock(mutex_);
  is_probing_ = false;
}

bool Gate::open() {
  const std::lock_guard lock(mutex_);
  const bool was_closed = until_.has_value();
  until_.reset();
  pause_ = milliseconds{0};
  is_probing_ = false;
  return was_closed;
}

SteadyTime Gate::close(SteadyTime now, std::optional<milliseconds> asked_for, bool by_probe) {
  const std::lock_guard lock(mutex_);
  if (by_probe) is_probing_ = false;
  if (until_ && !by_probe) return *until_;
  pause_ = pause_ == milliseconds{0} ? kFirstPause : std::min(pause_ * 2, kLongestPause);
  until_ = now + std::max(pause_, asked_for.value_or(milliseconds{0}));
  return *until_;
}

std::optional<SteadyTime> Gate::closed_until() const {
  const std::lock_guard lock(mutex_);
  return until_;
}

bool Gate::is_closed() const {
  const std::lock_guard lock(mutex_);
  return until_.has_value();
}

}  // namespace casewire::bridge
