#pragma once
// The kinds of value a sentence may hold, and how each is written.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "scenarios/language/mistakes.hpp"
#include "scenarios/language/steps.hpp"

namespace casewire::scenarios {

/// `a duration such as "2 seconds" or "3 days"`, `a text in quotes`.
std::string description_of(std::string_view kind);
bool is_written_in_quotes(std::string_view kind);

/// At most ten years.
Result<milliseconds, Slip> read_duration(std::string_view text);
/// At most 10,000.
Result<std::uint32_t, Slip> read_count(std::string_view text);
/// "1st" to "1000th".
Result<std::uint32_t, Slip> read_ordinal(std::string_view text);
/// An HTTP status of a refusal: 400 to 599.
Result<int, Slip> read_code(std::string_view text);
Result<System, Slip> read_system(std::string_view text);
/// "Case create"; after a count also "Case creates".
Result<std::string, Slip> read_operation(System system, std::string_view text);
/// Nothing but whether it can be an address at all.
Result<std::string, Slip> read_address(std::string_view text);

/// The operations faults may name, in the words of the fakes.
const std::vector<std::string>& operations_of(System system);

}  // namespace casewire::scenarios
