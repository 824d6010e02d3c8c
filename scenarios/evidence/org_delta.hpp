#pragma once
// What of the customer's org the material shows and a known org lacks, so that a scenario can be played in an org like hers.

#include <optional>
#include <string>
#include <vector>

#include "base/text/json.hpp"
#include "scenarios/evidence/evidence.hpp"

namespace casewire::scenarios {

struct OrgDelta {
  Json org;                       ///< the known org file with what it lacked (docs/org-file.md)
  std::vector<std::string> told;  ///< "Case.Region__c, a string": for people
};

/// Custom fields of rows that were read or written, by the shape of their values, and statuses of Cases. Nullopt: it lacks nothing.
std::optional<OrgDelta> org_delta(const Json& known_org, const Evidence& evidence);

}  // namespace casewire::scenarios
