#pragma once
// One HTTP request of the org: login, then the checks in the vendor's order (session, request limit, version, route, method, media
// type), then the resource. The caller holds the org's lock.

#include <string>
#include <vector>

#include "base/http/handler.hpp"
#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

http::Reply answer_request(OrgState& org, const http::Request& request, SteadyTime now);

/// What a request would do, in the words of fault sentences; each part of a composite by itself. Changes nothing.
std::vector<std::string> operations_of(const OrgState& org, const http::Request& request);

}  // namespace casewire::sim::salesforce
