#pragma once
// Durations and sizes as people write them in a configuration: "500 ms", "10 s", "10 min", "24 h", "3 d"; "10 MB", "512 KB".

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/time.hpp"

namespace casewire::bridge {

std::optional<milliseconds> parse_duration(std::string_view text);
std::string duration_text(milliseconds duration);              ///< in the largest unit that divides it
std::optional<std::size_t> parse_size(std::string_view text);  ///< MB and KB are powers of 1,024
std::string size_text(std::size_t bytes);

}  // namespace casewire::bridge
