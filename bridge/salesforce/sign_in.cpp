#include "bridge/salesforce/sign_in.hpp"

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "bridge/salesforce/errors.hpp"
#include "bridge/salesforce/identity.hpp"

namespace casewire::bridge::salesforce {
namespace {

/// The least that the bridge needs: its calls, and a refresh token.
constexpr std::string_view kScope = "api refresh_token";

/// RFC 7636, 4.1: 43 to 128 characters; 32 bytes in base64url are 43.
std::string unguessable(Rng& rng) {
  std::string bytes;
  while (bytes.size() < 32) {
    const auto number = rng.next();
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(number >> shift);
  }
  return base64url(bytes);
}

}  // namespace

SignIn::SignIn(const Config& config, std::string callback, Rng& rng)
    : login_url_(config.salesforce.login_url),
      client_id_(config.salesforce.client_id),
      client_secret_(config.salesforce.client_secret),
      callback_(std::move(callback)),
      deadline_{config.call_timeout},
      state_(unguessable(rng)),
      verifier_(unguessable(rng)) {}

std::string SignIn::page() const {
  return login_url_ + "/services/oauth2/authorize?" +
         form({{"response_type", "code"},
               {"client_id", client_id_},
               {"redirect_uri", callback_},
               {"scope", std::string(kScope)},
               {"state", state_},
               {"code_challenge", base64url(sha256(verifier_))},
               {"code_challenge_method", "S256"},
               {"prompt", "login consent"}});
}

bool SignIn::is_ours(std::string_view state) const { return equal_in_constant_time(state, state_); }

Result<Connection, std::string> SignIn::redeem(const std::string& code, http::Transport& transport) const {
  const auto response = transport.send(post("/services/oauth2/token", {{"grant_type", "authorization_code"},
                                                                       {"code", code},
                                                                       {"client_id", client_id_},
                                                                       {"client_secret", client_secret_},
                                                                       {"redirect_uri", callback_},
                                                                       {"code_verifier", verifier_}}),
                                       deadline_);
  if (!response) return fail(login_url_ + " gave no answer: " + response.error().what);
  const auto body = parse_json(response->body);
  if (response->status != 200 || !body) {
    const auto error = body ? string_member(*body, "error", std::to_string(response->status)) : std::to_string(response->status);
    return fail("Salesforce gives no token: " + error +
                (body ? ", " + string_member(*body, "error_description") : std::string()));
  }
  const auto identity = string_member(*body, "id");
  Connection connection{.refresh_token = string_member(*body, "refresh_token"),
                        .org_id = org_in_identity(identity),
                        .user_id = user_in_identity(identity),
                        .instance_url = string_member(*body, "instance_url")};
  if (connection.refresh_token.empty()) {
    return fail(
        std::string("Salesforce gives no refresh token: the app needs the scope \"Perform requests at any time (refresh_token, "
                    "offline_access)\""));
  }
  if (connection.org_id.size() < 15 || connection.user_id.size() < 15) {
    give_back(connection, transport);
    return fail(std::string("the token answer does not say whose it is"));
  }
  return connection;
}

void SignIn::give_back(const Connection& connection, http::Transport& transport) const {
  (void)transport.send(post("/services/oauth2/revoke", {{"token", connection.refresh_token}}), deadline_);
}

http::Request SignIn::post(std::string_view path, const FormFields& fields) const {
  http::Request request{.method = "POST", .target = login_url_ + std::string(path), .body = form(fields)};
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Accept", "application/json");
  return request;
}

}  // namespace casewire::bridge::salesforce
