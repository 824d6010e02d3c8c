#pragma once
// One HTTP request of the org: login, then the checks in the vendor's order (session, request limit, version, route, method, media
// type), then the resource. The caller holds the org's lock.

#include "base/http/handler.hpp"
#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

http::Reply answer_request(OrgState& org, const http::Request& request, SteadyTime now);

}  // namespace casewire::sim::salesforce
