#pragma once
// How an answer crosses the wire, and what each way is called in recordings, journals and fault plans.

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace casewire::http {

enum class Wire {
  intact,
  reset_before_status,  ///< the connection is reset (RST) before one byte of the answer: the caller cannot know
  cut_in_body,          ///< status, headers and half of the body, then the connection closes
  dribble,              ///< complete, but in pieces of a few bytes
  stall,                ///< nothing, until the caller gives up
  answered_twice,       ///< the complete answer, twice; the caller must not take the second for another request's
};

inline constexpr std::array<std::pair<Wire, std::string_view>, 6> kWireNames{{
    {Wire::intact, "intact"},
    {Wire::reset_before_status, "reset_before_status"},
    {Wire::cut_in_body, "cut_in_body"},
    {Wire::dribble, "dribble"},
    {Wire::stall, "stall"},
    {Wire::answered_twice, "answered_twice"},
}};

inline std::string_view name_of(Wire wire) {
  for (const auto& [known, name] : kWireNames) {
    if (known == wire) return name;
  }
  return "intact";
}

inline std::optional<Wire> wire_named(std::string_view name) {
  for (const auto& [wire, known] : kWireNames) {
    if (known == name) return wire;
  }
  return std::nullopt;
}

}  // namespace casewire::http
