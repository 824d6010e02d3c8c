#pragma once
// Access tokens, refresh tokens and authorization codes of one org. Source: OAuth 2.0 flows in Salesforce Help; sessions slide:
// a token used after half of its life lives its whole life again (recalled for "half"). Not thread-safe.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/rng.hpp"
#include "base/text/time.hpp"

namespace casewire::sim::salesforce {

struct AuthorizationCode {
  std::string user_id;
  std::string redirect_uri;
  std::string scope;      ///< what the user allowed
  std::string challenge;  ///< PKCE S256; empty: none was sent
  SteadyTime expires{};
};

/// Who a refresh token stands for, and what for.
struct Consent {
  std::string user_id;
  std::string scope;
};

class Sessions {
 public:
  static constexpr std::size_t kSessionsMax = 10'000;  ///< also of refresh tokens, living and used up
  static constexpr milliseconds kCodeLife{15 * 60 * 1000};

  Sessions(std::string organization_id15, milliseconds timeout)
      : organization_(std::move(organization_id15)), timeout_(timeout) {}

  std::string open(std::string user_id, SteadyTime now, Rng& rng);
  /// The user of a living session; moves its end.
  std::optional<std::string> use(std::string_view token, SteadyTime now);
  void expire_all() { sessions_.clear(); }
  bool close(std::string_view token);

  void add_refresh_token(std::string token, Consent consent) { refresh_[std::move(token)] = std::move(consent); }
  std::optional<Consent> refresh(std::string_view token) const;
  /// With rotation: the new token; the old one is dead, and using it again kills the user's tokens.
  std::string rotate(std::string_view token, Rng& rng);
  std::string make_refresh_token(Consent consent, Rng& rng);
  bool is_used_up(std::string_view token) const { return used_up_.contains(std::string{token}); }
  /// Ends the refresh token and every session of its user.
  bool revoke_refresh(std::string_view token);
  void revoke_family(std::string_view used_up_token);

  std::string make_code(AuthorizationCode code, Rng& rng);
  /// Single use.
  std::optional<AuthorizationCode> take_code(std::string_view code);

 private:
  struct Session {
    std::string user_id;
    SteadyTime begun{};
  };
  void end_sessions_of(std::string_view user_id);

  std::string organization_;
  milliseconds timeout_;
  std::map<std::string, Session, std::less<>> sessions_;
  std::map<std::string, Consent, std::less<>> refresh_;
  std::map<std::string, std::string> used_up_;  ///< rotated away: token to user
  std::map<std::string, AuthorizationCode, std::less<>> codes_;
};

}  // namespace casewire::sim::salesforce
