#pragma once
// The vendor's refusals by their codes, with the status and the words that each comes with. Sources: REST API Developer Guide,
// "Status Codes and Error Responses"; SOAP API Developer Guide, "StatusCode"; texts as captured in public threads.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/records/save_error.hpp"

namespace casewire::sim::salesforce {

/// The refusal of a save or of a request (then without `fields`); nullopt for a code that is neither.
std::optional<SaveError> refusal_error(std::string_view code);
/// The codes that refusal_error() knows, sorted. `saves`: those of a save; else those of a request.
std::vector<std::string> refusal_error_codes(bool saves);

}  // namespace casewire::sim::salesforce
