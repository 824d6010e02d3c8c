#pragma once
// Instants and their texts. Wall time is for people, payloads and token expiry; steady time is for intervals.

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace casewire {

using std::chrono::milliseconds;

/// UTC, whole milliseconds since 1970.
using WallTime = std::chrono::sys_time<milliseconds>;
/// Milliseconds of a monotonic clock of no known start.
struct SteadyClockTag {
  using duration = milliseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SteadyClockTag>;
  static constexpr bool is_steady = true;
};
using SteadyTime = SteadyClockTag::time_point;

/// `2026-01-05T09:00:00.000Z`
std::string iso8601(WallTime when);
/// The same into a text of one's own, without its Z; false, and nothing written, in a year that has not four digits.
inline constexpr std::size_t kIso8601Bytes = 23;
bool put_iso8601(WallTime when, std::span<char, kIso8601Bytes> text);
/// Accepts `Z`, `+01:00`, `+0100`, with or without a fraction (cut to milliseconds). Without a zone: nullopt.
std::optional<WallTime> parse_iso8601(std::string_view text);
/// `Mon, 05 Jan 2026 09:00:00 +0000` (RFC 5322).
std::string rfc5322_date(WallTime when);
/// "250 ms", "3 s", "2 days", for people.
std::string human_duration(milliseconds duration);

}  // namespace casewire
