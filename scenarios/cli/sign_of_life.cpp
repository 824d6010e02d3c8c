#include "scenarios/cli/sign_of_life.hpp"

#include <optional>

#include "base/runtime/stopwatch.hpp"
#include "scenarios/cli/interrupt.hpp"

namespace casewire::scenarios {
namespace {

constexpr milliseconds kLookAgain{200};
constexpr milliseconds kOneWish{500};  // signals that come so close are one Ctrl-C, told twice

}  // namespace

SignOfLife::SignOfLife(Console& console) : console_(console), thread_([this] { watch(); }) {}

SignOfLife::~SignOfLife() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void SignOfLife::watch() {
  const RealStopwatch since_begin;
  std::optional<RealStopwatch> since_interrupt;
  bool is_last_warning = false;
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, kLookAgain, [&] { return is_over_; })) {
    console_.tick(since_begin.elapsed());
    if (!interrupted()) continue;
    if (!since_interrupt) {
      since_interrupt.emplace();
      console_.interrupted();
    } else if (!is_last_warning && since_interrupt->elapsed() >= kOneWish) {
      is_last_warning = true;
      end_on_next_interrupt();
    }
  }
}

}  // namespace casewire::scenarios
