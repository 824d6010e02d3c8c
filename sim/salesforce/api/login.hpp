#pragma once
// A request to one of the doors that need no session (OAuth, identity, discovery, SOAP login), what such a door answers, and what
// they all ask: which application is this, and which user.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// False: the answer is asked for in XML or as a form. `format` decides, else the first type of Accept that is known; anything stands
/// for JSON. Source: Salesforce Help, "Identity URLs", "OAuth 2.0 Refresh Token Flow".
bool wants_json(const LoginCall& call);
/// The token of an Authorization header of the scheme Bearer or OAuth; empty for any other header, nullopt without one.
std::optional<std::string> bearer_token(const http::Request& request);

/// An application that may ask for tokens: the org's connected app, or the vendor's command line client, which every org knows.
struct App {
  std::string id;
  std::string scope;       ///< what it gets when it asks for nothing
  std::string more_scope;  ///< what it may ask for besides
  bool is_public = false;  ///< has no secret
};
/// By its consumer key; nullopt when the org knows none such.
std::optional<App> app_of(const OrgState& org, std::string_view client_id);
/// The application that the request names, by HTTP Basic or in the form, once its secret is right; else the refusal.
Result<App, LoginAnswer> authenticated_app(const LoginCall& call);

/// The user of that name, without case; nullptr when there is none.
const Row* user_by_name(const OrgState& org, std::string_view username);
/// The active user of that name and password, with the security token behind it or without; else why not.
enum class PasswordCheck { right, wrong, inactive, token_missing };
std::pair<PasswordCheck, const Row*> check_password(const OrgState& org, std::string_view username, std::string_view password);

/// The user's identity URL.
std::string identity_url(const OrgState& org, std::string_view user_id);
bool holds_scope(std::string_view scopes, std::string_view wanted);
/// What the application asks for, out of what it may have; nothing asked for is what it has. nullopt when it asks for more.
std::optional<std::string> scope_asked_for(const App& app, std::string_view asked);

// describe.cpp
LoginAnswer answer_versions(LoginCall& call);
// service.cpp
/// An org without Apex classes has no REST of its own: 404 in the vendor's words, with a session.
LoginAnswer answer_apex_rest(LoginCall& call);
// token.cpp
LoginAnswer answer_token(LoginCall& call);
// authorize.cpp
LoginAnswer answer_authorize(LoginCall& call);
// device.cpp
LoginAnswer answer_device_page(LoginCall& call);
// token_state.cpp
LoginAnswer answer_revoke(LoginCall& call);
LoginAnswer answer_introspect(LoginCall& call);
// identity.cpp
LoginAnswer answer_identity(LoginCall& call);
LoginAnswer answer_userinfo(LoginCall& call);
LoginAnswer answer_discovery(LoginCall& call);
LoginAnswer answer_keys(LoginCall& call);
// soap.cpp
LoginAnswer answer_soap(LoginCall& call);
// streaming.cpp, bulk_1.cpp, scim.cpp
LoginAnswer answer_streaming(LoginCall& call);
LoginAnswer answer_bulk_1(LoginCall& call);
LoginAnswer answer_scim(LoginCall& call);

}  // namespace casewire::sim::salesforce
