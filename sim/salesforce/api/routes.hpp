#pragma once
// Every path of the org: who answers it, what scripts call it, and what stands behind those that are refused. The one table that
// answering, naming (operations.cpp) and the capability list in docs/salesforce.md read.

#include <string>
#include <string_view>
#include <vector>

#include "base/http/route_table.hpp"
#include "sim/salesforce/api/call.hpp"
#include "sim/salesforce/api/login.hpp"

namespace casewire::sim::salesforce {

/// A request, or a part of one, that is to be named.
struct Naming {
  const OrgState& org;
  const http::RouteTable::Match& match;
  const Json& body;  ///< null when there is none, or it is no JSON
};

struct OrgRoute {
  std::string_view method, pattern;
  /// "Case create", with "{object}" for the noun of the path's object. Empty when `names` says it.
  std::string_view operation;
  Answer (*data)(Call&) = nullptr;             ///< behind a session
  LoginAnswer (*login)(LoginCall&) = nullptr;  ///< before any session
  std::vector<std::string> (*names)(const Naming&) = nullptr;
  bool reads_form = true;         ///< of `login`: its body is a form
  std::string_view unmodelled{};  ///< a real org has this, the fake has not: 501
  int since = 0;                  ///< the first version that has it: before, it is no path; 0: as old as the oldest
};

const std::vector<OrgRoute>& org_routes();
/// By the same numbers.
const http::RouteTable& route_table();

}  // namespace casewire::sim::salesforce
