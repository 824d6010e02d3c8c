#pragma once
// A request to one of the doors that need no session: OAuth, identity, discovery, SOAP login. What such a door answers.

#include <optional>
#include <string>
#include <string_view>

#include "base/http/handler.hpp"
#include "base/text/encoding.hpp"
#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

struct LoginAnswer {
  http::Response response;
  std::string not_modelled{};
};

struct LoginCall {
  OrgState& org;
  const http::Request& request;
  std::vector<std::string> segments;  ///< of the path
  FormFields fields;                  ///< of the query and of a form body
  SteadyTime now;
  std::string value(std::string_view name) const { return form_value(fields, name).value_or(""); }
};

/// `{"error", "error_description"}` with 400: how OAuth refuses.
LoginAnswer refuse(std::string_view error, std::string_view description);
/// 501 in the same form: documented, and not there. The run is red.
LoginAnswer not_offered(std::string_view error, std::string what);
/// JSON that no cache may keep.
LoginAnswer json_answer(int status, const Json& body);
LoginAnswer text_answer(int status, std::string type, std::string text);

/// The token of an Authorization header of the scheme Bearer or OAuth; empty for any other header, nullopt without one.
std::optional<std::string> bearer_token(const http::Request& request);

/// Client id and secret, from HTTP Basic or from the form.
std::pair<std::string, std::string> client_of(const LoginCall& call);
/// The refusal when the application is not the org's, or its secret is wrong.
std::optional<LoginAnswer> check_client(const LoginCall& call);

// describe.cpp
LoginAnswer answer_versions(LoginCall& call);

// oauth.cpp
LoginAnswer answer_token(LoginCall& call);
LoginAnswer answer_authorize(LoginCall& call);
LoginAnswer answer_revoke(LoginCall& call);
LoginAnswer answer_identity(LoginCall& call);

}  // namespace casewire::sim::salesforce
