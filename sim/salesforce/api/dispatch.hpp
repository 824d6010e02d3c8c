#pragma once
// From method and path to a resource. Also the resource for the parts of a composite.

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

/// 405 with the allowed methods when only the method is wrong, 415 for a body that the resource cannot read; 501 for a path that
/// is not modelled.
Answer dispatch(Call& call);

/// 410 for a retired version, 404 for what is no version.
std::optional<Answer> check_version(std::string_view text);

/// Requests and parts of a composite that hold one of these are not modelled.
inline constexpr std::string_view kConditionalHeaders[] = {"If-Modified-Since", "If-Unmodified-Since", "If-Match",
                                                           "If-None-Match"};

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
