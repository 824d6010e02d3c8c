#pragma once
// How damage on the wire is called in a recording.

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/http/handler.hpp"

namespace casewire::scenarios {

inline constexpr std::array<std::pair<http::Wire, std::string_view>, 6> kWireNames{{
    {http::Wire::intact, "intact"},
    {http::Wire::reset_before_status, "reset_before_status"},
    {http::Wire::cut_in_body, "cut_in_body"},
    {http::Wire::dribble, "dribble"},
    {http::Wire::stall, "stall"},
    {http::Wire::answered_twice, "answered_twice"},
}};

inline std::string_view name_of(http::Wire wire) {
  for (const auto& [known, name] : kWireNames) {
    if (known == wire) {
      return name;
    }
  }
  return "intact";
}

inline std::optional<http::Wire> wire_named(std::string_view name) {
  for (const auto& [wire, known] : kWireNames) {
    if (known == name) {
      return wire;
    }
  }
  return std::nullopt;
}

}  // namespace casewire::scenarios
