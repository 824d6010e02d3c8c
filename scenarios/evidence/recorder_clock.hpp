#pragma once
// What time it was where a recording was made. Rows, histories and mails bear the systems' time; a recorder whose clock is hours off, or that writes
// the time of its wall as UTC, would put its calls before or behind all that they led to.

#include <istream>
#include <vector>

#include "scenarios/evidence/recordings.hpp"

namespace casewire::scenarios {

/// How far it was ahead of the systems by the Date of their answers (RFC 9110, 6.6.1), or, where none has one, by the seconds that OpenCX's webhooks are
/// signed with (webhook-timestamp, Standard Webhooks); 0 where it was right but for a moment, or nothing tells.
milliseconds recorder_ahead(const RecordingSource& source, std::istream& har, const std::vector<HarPlace>& entries);

}  // namespace casewire::scenarios
