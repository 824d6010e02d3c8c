#include "sim/clock/world_time.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

#include "sim/clock/real.hpp"

namespace casewire::sim::clock {
namespace {

std::atomic<Board*> the_board{nullptr};
constexpr std::int64_t kLatest = kNever - 1;

}  // namespace

Board* board() { return the_board.load(std::memory_order_relaxed); }

namespace {

const char* value_of(char** environment, std::string_view name) {
  for (char** variable = environment; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    if (text.size() > name.size() && text.starts_with(name) && text[name.size()] == '=') return *variable + name.size() + 1;
  }
  return nullptr;
}

}  // namespace

void attach(char** environment) {
  real::look_up();
  const char* path = value_of(environment, kBoardVariable);
  if (path == nullptr) return;
  const int file = ::open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  struct stat found {};
  if (::fstat(file, &found) == 0 && static_cast<std::size_t>(found.st_size) >= sizeof(Board)) {
    void* mapped = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED && static_cast<Board*>(mapped)->magic == kMagic) the_board = static_cast<Board*>(mapped);
  }
  real::close(file);
}

bool is_of_the_world(clockid_t clock) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI:
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM: return true;
    default: return false;
  }
}

namespace {

bool counts_from_1970(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_REALTIME_ALARM || clock == CLOCK_TAI;
}

}  // namespace

std::int64_t now_of(clockid_t clock) {
  const Board& shared = *board();
  const std::int64_t now = shared.now.load(std::memory_order_acquire);
  return counts_from_1970(clock) ? now : now - shared.monotonic_offset;
}

std::int64_t in_board_time(clockid_t clock, std::int64_t shown) {
  return counts_from_1970(clock) ? shown : later(shown, board()->monotonic_offset);
}

std::int64_t nanoseconds_of(const timespec& time) {
  if (time.tv_sec >= kLatest / kSecond) return kLatest;
  return static_cast<std::int64_t>(time.tv_sec) * kSecond + time.tv_nsec;
}

timespec timespec_of(std::int64_t nanoseconds) { return {nanoseconds / kSecond, nanoseconds % kSecond}; }

std::int64_t later(std::int64_t a, std::int64_t b) { return a > kLatest - b ? kLatest : a + b; }

}  // namespace casewire::sim::clock
