#pragma once
// JSON Web Tokens (RFC 7519) signed by RS256: those that clients log in with, and the id_token that the org issues.

#include <optional>
#include <string>
#include <string_view>

#include "base/text/json.hpp"

namespace casewire::sim::salesforce {

struct Jwt {
  Json claims;
  std::string signed_part;  ///< header and claims as they were signed
  std::string signature;    ///< raw bytes
};

inline constexpr std::size_t kJwtBytesMax = 16'384;

/// nullopt for what is no JWT of the algorithm RS256 with an object of claims.
std::optional<Jwt> read_jwt(std::string_view text);
/// Signed by the org's own key, which is the same in every org: it guards nothing, and equal claims give equal tokens.
std::string issue_jwt(const Json& claims);
/// That key, as /id/keys shows it (RFC 7517).
Json issuer_keys();

}  // namespace casewire::sim::salesforce
