#pragma once
// Everything that the bridge tells of itself, one row each: the words of the log, how loud, and which counter it moves. What is not a row
// here cannot be told. The facts beside a happening name sessions, Cases, rows, vendors and reasons; never a message's text, never a secret.

#include <array>
#include <string_view>

#include "bridge/log.hpp"

namespace casewire::bridge {

/// How much of it the log gets. Counters always move.
enum class LogShare {
  each,
  ten_a_minute,  ///< somebody outside decides how often it comes: ten of the same words in a minute, then how many more there were
};

struct Happening {
  std::string_view name;
  LogLevel level;
  std::string_view counter{};  ///< "replies": shown as casewire_bridge_replies_total; empty: not counted
  std::string_view result{};   ///< its label `result`; empty: none
  std::string_view vendor{};   ///< the fact that is its label `vendor`; empty: none
  std::string_view amount{};   ///< the fact that is added to the counter; empty: 1
  LogShare log_share = LogShare::each;
};

namespace happening {

using enum LogLevel;

#define CASEWIRE_HAPPENING(constant, ...) inline constexpr Happening constant{__VA_ARGS__};
#include "bridge/events/happening_rows.inc"
#undef CASEWIRE_HAPPENING

inline constexpr std::array all{
#define CASEWIRE_HAPPENING(constant, ...) &constant,
#include "bridge/events/happening_rows.inc"
#undef CASEWIRE_HAPPENING
};

}  // namespace happening
}  // namespace casewire::bridge
