#pragma once
// What a row of the org says, and what it leaves open: a column that an export lacks is no fact.

#include <optional>
#include <string>
#include <string_view>

#include "base/text/json.hpp"
#include "base/text/time.hpp"

namespace casewire::scenarios {

struct OrgRow;

/// A checkbox as material has it: true, false, or, in a table, a word for one of them in the language of an office program. Nullopt: it does not say.
std::optional<bool> checked(const Json& value);
/// Whether the Case is closed now: by its checkbox, or by the date of its closing. Nullopt: the row does not say.
std::optional<bool> is_closed(const OrgRow& a_case);
/// When a closed Case was closed; nullopt: the row does not say.
std::optional<WallTime> closed_at(const OrgRow& a_case);
/// The row has that column, be it empty.
bool tells(const OrgRow& row, std::string_view field);
/// "cases.csv line 3 does not say IsClosed"
std::string silence_about(const OrgRow& row, std::string_view field);

}  // namespace casewire::scenarios
