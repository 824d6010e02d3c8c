#pragma once
// Journal entries in words, one line each, for the console, JUnit and the diagram's labels.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/world/journal.hpp"

namespace casewire::scenarios::report {

/// "00:00:03.210" since `start`; "2d 00:00:03.210" from the first whole day on.
std::string time_since(WallTime start, WallTime at);
/// What an exchange was for: "Case create, 12 × CaseComment create"; without an operation the method and the path.
std::string purpose(const sim::HttpExchange& exchange);
/// "Case create, 12 × CaseComment create": what stands several times in a row is counted.
std::string counted_runs(const std::vector<std::string>& operations);
/// What came back: "201", "503 Service Unavailable", "200, then the answer was lost", "no answer: connection refused".
std::string outcome(const sim::HttpExchange& exchange);
/// Who speaks, as a reader calls them: "AI", "customer", "person".
std::string speaker(const std::string& sender);
/// "bridge -> salesforce  Case create: 201"
std::string brief(const sim::Entry& entry);
/// Whether the entry shows something other than plain success: damage, a refusal, a fault, a crash.
bool is_trouble(const sim::Entry& entry);
/// By its sequence number; nullptr when the journal does not hold it.
const sim::Entry* entry_numbered(const std::vector<sim::Entry>& journal, std::uint64_t sequence);

}  // namespace casewire::scenarios::report
