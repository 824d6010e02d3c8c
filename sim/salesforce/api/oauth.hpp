#pragma once
// Login: token endpoint (refresh token; authorization code with PKCE), authorization page, revocation, identity URL.
// Source: Salesforce Help, "OAuth 2.0 Web Server Flow", "Refresh Token Flow", "Authorization Errors", "Identity URLs".
// Assumed: a refresh gives a new access token and leaves the old one alive. Left out: every other grant and
// response type (501).

#include <optional>
#include <string>

#include "base/http/handler.hpp"
#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

struct LoginAnswer {
  http::Response response;
  std::string not_modelled{};
};

/// The token of an Authorization header of the scheme Bearer or OAuth; empty for any other header, nullopt without one.
std::optional<std::string> bearer_token(const http::Request& request);
/// nullopt when the path is none of login's.
std::optional<LoginAnswer> answer_login(OrgState& org, const http::Request& request, SteadyTime now);

}  // namespace casewire::sim::salesforce
