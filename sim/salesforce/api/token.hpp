#pragma once
// What the token endpoint, and the redirect of the user-agent flow, give an application.

#include <optional>
#include <string>

#include "sim/salesforce/api/login.hpp"

namespace casewire::sim::salesforce {

struct TokenAnswer {
  Consent consent;
  std::string nonce{};                         ///< of OpenID Connect
  std::optional<std::string> refresh_token{};  ///< absent: none is given
  bool is_signed = true;                       ///< has signature and issued_at; the JWT bearer flow's answer has not
  bool shows_scope = true;                     ///< the password flow's answer has none
};

/// Opens a session.
Json token_json(LoginCall& call, const TokenAnswer& answer);
LoginAnswer token_answer(LoginCall& call, const TokenAnswer& answer);

}  // namespace casewire::sim::salesforce
