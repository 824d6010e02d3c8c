// The token endpoint, one function a grant. Sources: Salesforce Help, "OAuth 2.0 Web Server Flow", "Refresh Token Flow", "JWT Bearer
// Flow", "Client Credentials Flow", "Username-Password Flow", "Device Flow", "Authorization Errors". Assumed: a refresh gives a new access token and leaves the old one alive;
// what is taken in a JWT's exp and aud is what eight clients send.

#include <algorithm>
#include <charconv>

#include "base/text/crypto.hpp"
#include "base/text/rsa.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/api/jwt.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/token.hpp"

namespace casewire::sim::salesforce {
namespace {

// RFC 7636 4.1 has a greatest length too, 128, which the vendor's own command line client exceeds.
constexpr std::size_t kVerifierMin = 43;
constexpr std::int64_t kJwtLifeMax = 5 * 60;  ///< seconds

LoginAnswer missing(std::string_view parameter) {
  return refuse("invalid_request", "missing required parameter: " + std::string{parameter});
}

LoginAnswer inactive() { return refuse("inactive_user", "user is inactive"); }

LoginAnswer refresh(LoginCall& call) {
  auto app = authenticated_app(call);
  if (!app) return std::move(app.error());
  auto& sessions = call.org.sessions;
  const auto token = call.value("refresh_token");
  if (token.empty()) return missing("refresh_token");
  if (sessions.is_used_up(token)) sessions.revoke_family(token);  // presenting a rotated token counts as theft
  const auto consent = sessions.refresh(token);
  if (!consent || consent->client_id != app->id) return refuse("invalid_grant", "expired access/refresh token");
  if (!call.org.is_active(consent->user_id)) return inactive();
  TokenAnswer answer{.consent = *consent};
  if (call.org.data.rotate_refresh_tokens) answer.refresh_token = sessions.rotate(token, call.org.surroundings.rng);
  return token_answer(call, answer);
}

LoginAnswer exchange_code(LoginCall& call) {
  auto app = authenticated_app(call);
  if (!app) return std::move(app.error());
  if (call.value("code").empty()) return missing("code");
  const auto code = call.org.sessions.take_code(call.value("code"));
  if (!code || code->consent.client_id != app->id) return refuse("invalid_grant", "invalid authorization code");
  if (code->expires <= call.now) return refuse("invalid_grant", "expired authorization code");
  if (call.value("redirect_uri").empty()) return refuse("redirect_uri_missing", "redirect_uri not provided");
  if (call.value("redirect_uri") != code->redirect_uri)
    return refuse("redirect_uri_mismatch", "redirect_uri must match configuration");
  const auto verifier = call.value("code_verifier");
  if (code->challenge.empty() != verifier.empty()) return refuse("invalid_grant", "invalid code verifier");
  if (!verifier.empty() && (verifier.size() < kVerifierMin || base64url(sha256(verifier)) != code->challenge))
    return refuse("invalid_request", "invalid code verifier");
  if (!call.org.is_active(code->consent.user_id)) return inactive();
  TokenAnswer answer{.consent = code->consent, .nonce = code->nonce};
  if (holds_scope(answer.consent.scope, "refresh_token"))
    answer.refresh_token = call.org.sessions.make_refresh_token(answer.consent, call.org.surroundings.rng);
  return token_answer(call, answer);
}

LoginAnswer by_password(LoginCall& call) {
  auto app = authenticated_app(call);
  if (!app) return std::move(app.error());
  for (const auto* name : {"username", "password"})
    if (call.value(name).empty()) return missing(name);
  const auto [check, user] = check_password(call.org, call.value("username"), call.value("password"));
  if (check == PasswordCheck::inactive) return inactive();
  if (check != PasswordCheck::right) return refuse("invalid_grant", "authentication failure");
  return token_answer(call, {.consent = {user->id, app->scope, app->id}, .shows_scope = false});
}

/// Where everybody signs in, whatever the org: the fake answers to any name, and a client may have found it under this one.
bool is_common_login_host(const http::Request& request) {
  const auto host = request.headers.find("Host").value_or("");
  return host.starts_with("login.salesforce.com") || host.starts_with("test.salesforce.com");
}

/// Only the org's own domain takes it. Source: Salesforce Help, "OAuth 2.0 Client Credentials Flow for Server-to-Server Integration".
LoginAnswer by_client_credentials(LoginCall& call) {
  if (is_common_login_host(call.request)) return refuse("invalid_grant", "request not supported on this domain");
  auto app = authenticated_app(call);
  if (!app) return std::move(app.error());
  if (app->is_public) return refuse("invalid_grant", "no client credentials user enabled");
  const auto& user_id = call.org.integration_user_id;
  if (!call.org.is_active(user_id)) return inactive();
  auto scope = app->scope;
  if (const auto at = scope.find("refresh_token "); at != std::string::npos) scope.erase(at, 14);  // there is none to get
  return token_answer(call, {.consent = {user_id, scope, app->id}});
}

// Seconds since 1970. Clients send a number or a text, and one of them milliseconds.
std::optional<std::int64_t> expiry_of(const Json& claim) {
  std::int64_t number = 0;
  if (claim.is_number_integer()) {
    number = claim.get<std::int64_t>();
  } else if (claim.is_number_float()) {
    number = static_cast<std::int64_t>(std::clamp(claim.get<double>(), -1e15, 1e15));
  } else if (claim.is_string()) {
    const auto text = claim.get<std::string>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || (end != text.data() + text.size() && *end != '.')) return std::nullopt;
  } else {
    return std::nullopt;
  }
  constexpr std::int64_t kNoSecondsAnyMore = 100'000'000'000;  // the year 5138
  return number < kNoSecondsAnyMore ? number : number / 1000 + kJwtLifeMax / 2;
}

bool is_audience(const OrgState& org, std::string_view text) {
  const auto host = [](std::string_view url) {
    for (const std::string_view scheme : {"https://", "http://"})
      if (url.starts_with(scheme)) url.remove_prefix(scheme.size());
    return std::string{url.substr(0, url.find('/'))};
  };
  const auto wanted = host(text);
  return wanted == "login.salesforce.com" || wanted == "test.salesforce.com" || wanted == host(org.options.instance_url);
}

LoginAnswer by_jwt(LoginCall& call) {
  if (call.value("assertion").empty()) return missing("assertion");
  const auto jwt = read_jwt(call.value("assertion"));
  if (!jwt) return refuse("invalid_grant", "invalid assertion");
  const auto app = app_of(call.org, string_member(jwt->claims, "iss"));
  if (!app) return refuse("invalid_client_id", "client identifier invalid");
  const auto& audience = member(jwt->claims, "aud");
  const auto fits = [&](const Json& one) { return one.is_string() && is_audience(call.org, one.get<std::string>()); };
  if (!(audience.is_array() ? std::any_of(audience.begin(), audience.end(), fits) : fits(audience)))
    return refuse("invalid_grant", "Audience validation failed");
  const auto expires = expiry_of(member(jwt->claims, "exp"));
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(call.org.store.now().time_since_epoch()).count();
  if (!expires || *expires <= now || *expires > now + kJwtLifeMax + 60)
    return refuse("invalid_grant", "expired authorization code");
  const auto& certificate = call.org.options.jwt_certificate;
  if (!certificate.empty() && !is_rs256_signature(certificate, jwt->signed_part, jwt->signature))
    return refuse("invalid_grant", "invalid assertion");
  const Row* user = user_by_name(call.org, string_member(jwt->claims, "sub"));
  if (!user) return refuse("invalid_grant", "user hasn't approved this consumer");
  if (user->at("IsActive") == Value{false}) return inactive();
  return token_answer(call, {.consent = {user->id, app->scope, app->id}, .is_signed = false});
}

LoginAnswer begin_device(LoginCall& call) {
  const auto app = app_of(call.org, call.value("client_id"));
  if (!app) return refuse("invalid_client_id", "client identifier invalid");
  const auto scope = scope_asked_for(*app, call.value("scope"));
  if (!scope) return refuse("invalid_scope", "the requested scope is not allowed");
  DeviceCode code{.consent = {{}, *scope, app->id}, .user_code = {}, .expires = call.now + Sessions::kDeviceCodeLife};
  const auto secret = call.org.sessions.make_device_code(code, call.org.surroundings.rng);
  return json_answer(200, {{"device_code", secret},
                           {"user_code", code.user_code},
                           {"verification_uri", call.org.options.instance_url + "/setup/connect"},
                           {"interval", Sessions::kDevicePollEvery.count() / 1000}});
}

LoginAnswer by_device(LoginCall& call) {
  const auto secret = call.value("code").empty() ? call.value("device_code") : call.value("code");
  if (secret.empty()) return missing("code");
  auto* device = call.org.sessions.device(secret);
  if (!device || device->consent.client_id != call.value("client_id")) return refuse("invalid_grant", "invalid device code");
  if (device->expires <= call.now) {
    call.org.sessions.forget_device(secret);
    return refuse("invalid_grant", "expired device code");
  }
  if (device->state == DeviceCode::State::denied) {
    call.org.sessions.forget_device(secret);
    return refuse("access_denied", "end-user denied authorization");
  }
  if (device->state == DeviceCode::State::pending) {
    const bool too_soon = device->asked && call.now - *device->asked < Sessions::kDevicePollEvery / 5;
    device->asked = call.now;
    return too_soon ? refuse("slow_down", "polling too frequently")
                    : refuse("authorization_pending", "end-user authorization is pending");
  }
  TokenAnswer answer{.consent = device->consent};
  call.org.sessions.forget_device(secret);
  if (holds_scope(answer.consent.scope, "refresh_token"))
    answer.refresh_token = call.org.sessions.make_refresh_token(answer.consent, call.org.surroundings.rng);
  return token_answer(call, answer);
}

}  // namespace

LoginAnswer token_answer(LoginCall& call, const TokenAnswer& answer) { return json_answer(200, token_json(call, answer)); }

Json token_json(LoginCall& call, const TokenAnswer& answer) {
  auto& org = call.org;
  const auto& consent = answer.consent;
  const auto id = identity_url(org, consent.user_id);
  const auto issued = org.store.now();
  const auto issued_at = std::to_string(issued.time_since_epoch().count());
  Json body{{"access_token", org.sessions.open(consent, call.now, issued, org.surroundings.rng)}};
  if (answer.refresh_token) body["refresh_token"] = *answer.refresh_token;
  if (answer.is_signed) body["signature"] = base64(hmac_sha256(org.options.client_secret, id + issued_at));
  if (answer.shows_scope) body["scope"] = consent.scope;
  if (answer.shows_scope && holds_scope(consent.scope, "openid")) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(issued.time_since_epoch()).count();
    Json claims{
        {"iss", org.options.instance_url}, {"sub", id}, {"aud", consent.client_id}, {"iat", seconds}, {"exp", seconds + 120}};
    if (!answer.nonce.empty()) claims["nonce"] = answer.nonce;
    body["id_token"] = issue_jwt(claims);
  }
  body["instance_url"] = org.options.instance_url;
  body["id"] = id;
  body["token_type"] = "Bearer";
  if (answer.is_signed) body["issued_at"] = issued_at;  // a text of milliseconds; there is no expires_in
  return body;
}

LoginAnswer answer_token(LoginCall& call) {
  if (call.request.method != "POST") return refuse("invalid_request", "must use HTTP POST");
  if (!wants_json(call)) return not_offered("not_modelled", "tokens in another form than JSON");
  if (call.value("response_type") == "device_code") return begin_device(call);
  const auto kind = call.value("grant_type");
  if (kind == "refresh_token" || kind == "hybrid_refresh") return refresh(call);
  if (kind == "authorization_code") return exchange_code(call);
  if (kind == "password") return by_password(call);
  if (kind == "client_credentials") return by_client_credentials(call);
  if (kind == "urn:ietf:params:oauth:grant-type:jwt-bearer") return by_jwt(call);
  if (kind == "device" || kind == "urn:ietf:params:oauth:grant-type:device_code") return by_device(call);
  for (const std::string_view known : {"urn:ietf:params:oauth:grant-type:saml2-bearer", "assertion",
                                       "urn:ietf:params:oauth:grant-type:token-exchange", "hybrid_auth_code"})
    if (kind == known) return not_offered("unsupported_grant_type", "the grant " + kind);
  return refuse("unsupported_grant_type", "grant type not supported");
}

}  // namespace casewire::sim::salesforce
