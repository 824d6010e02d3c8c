#pragma once
// Everything that the bridge tells of itself, one row each: the words of the log, how loud, and which counter it moves. What is not a row
// here cannot be told. The facts beside a happening name sessions, Cases, rows, vendors and reasons; never a message's text, never a secret.

#include <array>
#include <string_view>

#include "bridge/log.hpp"

namespace casewire::bridge {

struct Happening {
  std::string_view name;
  LogLevel level;
  std::string_view counter{};  ///< "replies": shown as casewire_bridge_replies_total; empty: not counted
  std::string_view result{};   ///< its label `result`; empty: none
  std::string_view vendor{};   ///< the fact that is its label `vendor`; empty: none
  std::string_view amount{};   ///< the fact that is added to the counter; empty: 1
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
