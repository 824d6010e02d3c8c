#pragma once
// How the numbers of a sentence are written.

#include <cstdint>
#include <string_view>

#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "scenarios/language/mistakes.hpp"

namespace casewire::scenarios {

/// "2 seconds", "1 day"; at most ten years, and a year has 365 days.
Result<milliseconds, Slip> read_duration(std::string_view text);
/// At most 10,000.
Result<std::uint32_t, Slip> read_count(std::string_view text);
/// "1st" to "1000th".
Result<std::uint32_t, Slip> read_ordinal(std::string_view text);
/// An HTTP status of a refusal: 400 to 599.
Result<int, Slip> read_code(std::string_view text);

/// "25 MB", "4 KB", "1 byte": 1 KB is 1024 bytes; at most 100 MB.
Result<std::size_t, Slip> read_size(std::string_view text);

}  // namespace casewire::scenarios
