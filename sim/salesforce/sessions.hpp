#pragma once
// Access tokens, refresh tokens, authorization codes and device codes of one org. Source: OAuth 2.0 flows in Salesforce Help;
// sessions slide: a token used after half of its life lives its whole life again (recalled for "half"). Not thread-safe.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/rng.hpp"
#include "base/text/time.hpp"

namespace casewire::sim::salesforce {

/// Who a token stands for, what for, and which application holds it (empty: a login without one, by SOAP).
struct Consent {
  std::string user_id;
  std::string scope;
  std::string client_id{};
};

struct AuthorizationCode {
  Consent consent;  ///< what the user allowed
  std::string redirect_uri;
  std::string challenge;  ///< PKCE S256; empty: none was sent
  std::string nonce;      ///< of OpenID Connect
  SteadyTime expires{};
};

/// A login that a person allows on another screen.
struct DeviceCode {
  enum class State { pending, allowed, denied };
  Consent consent;
  std::string user_code;
  State state = State::pending;
  SteadyTime expires{};
  std::optional<SteadyTime> asked{};  ///< when the device last asked
};

struct Session {
  Consent consent;
  SteadyTime begun{};
  WallTime issued{};
};

class Sessions {
 public:
  static constexpr std::size_t kSessionsMax = 10'000;  ///< also of refresh tokens, living and used up
  static constexpr milliseconds kCodeLife{15 * 60 * 1000}, kDeviceCodeLife{10 * 60 * 1000}, kDevicePollEvery{5'000};

  Sessions(std::string organization_id15, milliseconds timeout)
      : organization_(std::move(organization_id15)), timeout_(timeout) {}

  std::string open(Consent consent, SteadyTime now, WallTime issued, Rng& rng);
  /// The user of a living session; moves its end.
  std::optional<std::string> use(std::string_view token, SteadyTime now);
  /// Without moving its end; nullptr when it does not live.
  const Session* look(std::string_view token, SteadyTime now) const;
  milliseconds timeout() const { return timeout_; }
  void expire_all() { sessions_.clear(); }
  /// The org is another one from now on: its sessions have ended, and what applications hold lives.
  void belong_to(std::string organization_id15) {
    organization_ = std::move(organization_id15);
    expire_all();
  }
  bool close(std::string_view token);

  void add_refresh_token(std::string token, Consent consent) { refresh_[std::move(token)] = std::move(consent); }
  std::optional<Consent> refresh(std::string_view token) const;
  /// With rotation: the new token; the old one is dead, and using it again kills what the application holds of the user.
  std::string rotate(std::string_view token, Rng& rng);
  std::string make_refresh_token(Consent consent, Rng& rng);
  bool is_used_up(std::string_view token) const { return used_up_.contains(std::string{token}); }
  /// Ends the refresh token and every session that the application has of its user.
  bool revoke_refresh(std::string_view token);
  void revoke_family(std::string_view used_up_token);
  /// Every session and refresh token of the user.
  void revoke_all_of(std::string_view user_id);

  std::string make_code(AuthorizationCode code, Rng& rng);
  /// Single use.
  std::optional<AuthorizationCode> take_code(std::string_view code);

  /// The device's secret; `code.user_code` is filled in.
  std::string make_device_code(DeviceCode& code, Rng& rng);
  DeviceCode* device(std::string_view device_code);
  DeviceCode* device_by_user_code(std::string_view user_code);
  void forget_device(std::string_view device_code);

 private:
  void end_sessions_of(const Consent& consent);

  std::string organization_;
  milliseconds timeout_;
  std::map<std::string, Session, std::less<>> sessions_;
  std::map<std::string, Consent, std::less<>> refresh_;
  std::map<std::string, Consent> used_up_;  ///< rotated away
  std::map<std::string, AuthorizationCode, std::less<>> codes_;
  std::map<std::string, DeviceCode, std::less<>> devices_;
};

}  // namespace casewire::sim::salesforce
