#pragma once
// Unquoted literals: numbers, dates, datetimes, TRUE, FALSE, NULL, date literals.

#include <optional>
#include <string_view>

#include "sim/salesforce/soql/syntax.hpp"

namespace casewire::sim::salesforce::soql {

/// `5`, `-2.5`, `1e3`, `2026-01-05`, `2026-01-05T10:00:00Z`; nullopt for anything else.
std::optional<Value> quantity(std::string_view text);
/// TRUE, FALSE, NULL or a date literal; false for any other word.
bool read_word(std::string_view word, Literal& literal);

}  // namespace casewire::sim::salesforce::soql
