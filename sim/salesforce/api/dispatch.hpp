#pragma once
// From a path to a resource: for a request of its own, and for the parts of composites.

#include "base/http/route_table.hpp"
#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

/// The route that a target means; POST with `_HttpMethod` stands for another method, and HEAD for GET.
http::RouteTable::Match match_route(std::string method, std::string_view target);

/// Answers a call below a version. 405 with the allowed methods when only the method is wrong, 415 for a body that the resource
/// cannot read; 501 for what a real org has and this one has not; for a path that nobody knows the vendor's own 404, noted so that
/// the run is red.
Answer dispatch(Call& call, const http::RouteTable::Match& match);
/// The target of a part, and what it comes to. Checks the version.
Answer dispatch_part(Call& call, std::string_view url);

/// 404 in the vendor's words, and a red run: nobody knows this path.
Answer unknown_path(std::string what);

/// 410 for a retired version, 404 for what is no version.
std::optional<Answer> check_version(std::string_view text);

}  // namespace casewire::sim::salesforce
