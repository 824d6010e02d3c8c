#pragma once
// From method and path to a resource. Also the resource for the parts of a composite.

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

/// 405 with the allowed methods when only the method is wrong; 501 for a path that is not modelled.
Answer dispatch(Call& call);

struct Target {
  std::string version;
  std::vector<std::string> segments;  ///< percent-decoded
  FormFields query;
};

/// Splits "/services/data/v66.0/sobjects/Case?x=1". Slashes are collapsed. nullopt when the path does not begin with
/// /services/data/, or an escape is broken.
std::optional<Target> read_target(std::string_view target);

/// POST with `_HttpMethod` stands for another method, for clients that have no PATCH.
std::string effective_method(std::string method, const FormFields& query);

}  // namespace casewire::sim::salesforce
