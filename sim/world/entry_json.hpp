#pragma once
// A journal on disk: JSON Lines. Each line has seq, at (ISO 8601, UTC, ms), actor, kind, cause (absent when none is known) and
// data, whose members are those of the kind's type in entry.hpp; what is empty is left out. Where a name differs: "operation" is
// the operations joined by ", "; "case" is a job's case_id; "wire" tells damage of the answer, or "lost" when the request itself
// never arrived; "retry_after" is in seconds.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "sim/world/entry.hpp"

namespace casewire::sim {

Json to_json(const Occurrence& event);
/// What to_json() gave. Members that it does not know are ignored, missing ones are empty. The error names an unknown kind or
/// a member of the wrong type.
Result<Occurrence, std::string> event_of_json(std::string_view kind, const Json& data);

/// One JSON object, without a line feed.
std::string to_line(const Entry& entry);
/// Reads back what to_line() wrote. `file` and the line's number are for the error.
Result<std::vector<Entry>> read_json_lines(std::string_view text, std::string_view file = {});

}  // namespace casewire::sim
