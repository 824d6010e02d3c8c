#include "base/runtime/stopwatch.hpp"

#include <chrono>

namespace casewire {
namespace {

std::int64_t monotonic_nanoseconds() {
  return std::chrono::nanoseconds{std::chrono::steady_clock::now().time_since_epoch()}.count();
}

}  // namespace

RealStopwatch::RealStopwatch() : started_nanoseconds_(monotonic_nanoseconds()) {}

milliseconds RealStopwatch::elapsed() const { return milliseconds{elapsed_microseconds() / 1000}; }

std::int64_t RealStopwatch::elapsed_microseconds() const { return (monotonic_nanoseconds() - started_nanoseconds_) / 1000; }

void RealStopwatch::restart() { started_nanoseconds_ = monotonic_nanoseconds(); }

}  // namespace casewire
