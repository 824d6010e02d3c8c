#include "bridge/operation/preflight.hpp"

#include <algorithm>

#include "bridge/store/store.hpp"

namespace casewire::bridge {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace

std::vector<std::string> Preflight::Found::with(std::string_view verdict) const {
  std::vector<std::string> names;
  for (const auto& check : checks) {
    if (string_member(check, "verdict") == verdict) names.push_back(string_member(check, "check"));
  }
  return names;
}

Preflight::Preflight(Runtime& runtime, Events& events, Timer timer, std::function<Json()> check)
    : runtime_(runtime),
      events_(events),
      timer_(std::move(timer)),
      check_(std::move(check)),
      stop_(runtime.make_event()),
      ended_(runtime.make_event()) {}

Preflight::Found Preflight::look() {
  Found found{.at = runtime_.now(), .checks = check_()};
  const auto wrong = found.with("wrong");
  std::vector<std::string> before;
  {
    const std::lock_guard lock(mutex_);
    if (last_) before = last_->with("wrong");
    last_ = found;
  }
  // One line when it changes.
  if (wrong != before) {
    events_.tell(wrong.empty() ? happening::checks_pass : happening::checks_fail,
                 {{"wrong", wrong.empty() ? "nothing" : listed(wrong)}, {"see", "casewire-bridge check"}});
  }
  return found;
}

std::optional<Preflight::Found> Preflight::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

void Preflight::start() {
  if (!timer_.every) return;
  is_running_ = true;
  runtime_.spawn("bridge check", [this] { run(); });
}

void Preflight::run() {
  while (!stopping_) {
    auto pause = *timer_.every;
    const bool is_untimely = timer_.is_untimely && timer_.is_untimely();
    try {
      if (!is_untimely && !look().with("wrong").empty()) pause = std::min(pause, kWhileWrong);
    } catch (const StoreFailure&) {
      pause = std::min(pause, kWhileWrong);  // told of by those who write
    }
    if (!stopping_) stop_->wait_until(runtime_.steady_now() + pause);
  }
  is_running_ = false;
  ended_->notify();
}

void Preflight::request_stop() {
  stopping_ = true;
  stop_->notify();
}

bool Preflight::stop(SteadyTime last_moment) {
  request_stop();
  while (is_running_ && ended_->wait_until(last_moment)) {
  }
  return !is_running_;
}

}  // namespace casewire::bridge
