#pragma once
// A person's sign-in: the OAuth 2.0 web server flow with PKCE. What is asked for, what comes back, and what is made of it; no sockets.
// Source: Salesforce Help, "OAuth 2.0 Web Server Flow for Web App Integration", "Authorization Errors"; RFC 7636 (S256), RFC 8252.

#include <string>
#include <string_view>

#include "base/http/transport.hpp"
#include "base/text/encoding.hpp"
#include "base/text/rng.hpp"
#include "bridge/config.hpp"
#include "bridge/delivery/failure.hpp"

namespace casewire::bridge::salesforce {

/// What a sign-in gave: the refresh token is the connection.
struct Connection {
  std::string refresh_token;
  std::string org_id;
  std::string user_id;
  std::string instance_url;
};

class SignIn {
 public:
  /// `callback`: where the browser is sent back to, exactly as the app has it.
  SignIn(const Config& config, std::string callback, Rng& rng);

  /// What a person opens in a browser.
  std::string page() const;
  /// Whether a call of the callback belongs to this sign-in: whoever lures a browser there does not know the state.
  bool is_ours(std::string_view state) const;
  /// Makes the connection of the code that came with the callback. The message names what to do.
  Result<Connection, std::string> redeem(const std::string& code, http::Transport& transport) const;
  /// Ends a connection that is not wanted. What comes of it is not waited for.
  void give_back(const Connection& connection, http::Transport& transport) const;

 private:
  http::Request post(std::string_view path, const FormFields& fields) const;

  std::string login_url_, client_id_, client_secret_, callback_;
  http::Deadline deadline_;
  std::string state_;
  std::string verifier_;
};

}  // namespace casewire::bridge::salesforce
