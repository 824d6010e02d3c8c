// The token endpoint (refresh token; authorization code with PKCE), the authorization page, revocation.
// Source: Salesforce Help, "OAuth 2.0 Web Server Flow", "Refresh Token Flow", "Authorization Errors". Assumed: a refresh gives a new
// access token and leaves the old one alive.

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/api/identity.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/versions.hpp"

namespace casewire::sim::salesforce {
namespace {

// RFC 7636 4.1 has a greatest length too, 128, which the vendor's own command line client exceeds.
constexpr std::size_t kVerifierMin = 43;

bool holds_scope(std::string_view scopes, std::string_view wanted) {
  const auto words = split(scopes, ' ');
  return std::find(words.begin(), words.end(), wanted) != words.end();
}

// What the application asks for, out of what it may have, in the application's own order; nothing asked for is everything.
// nullopt when it asks for more than that.
std::optional<std::string> scope_asked_for(const OrgState& org, std::string_view asked) {
  if (trimmed(asked).empty()) return org.data.scope;
  std::vector<std::string_view> wanted;
  for (auto word : split(asked, ' ')) {
    if (word == "offline_access") word = "refresh_token";
    if (word.empty()) continue;
    if (!holds_scope(org.data.scope, word)) return std::nullopt;
    wanted.push_back(word);
  }
  std::string scope;
  for (const auto word : split(org.data.scope, ' '))
    if (std::find(wanted.begin(), wanted.end(), word) != wanted.end()) scope.append(scope.empty() ? "" : " ").append(word);
  return scope;
}

LoginAnswer grant(LoginCall& call, const Consent& consent, const std::optional<std::string>& refresh_token) {
  auto& org = call.org;
  const auto id = org.options.instance_url + "/id/" + org.organization_id + "/" + consent.user_id;
  const auto issued_at = std::to_string(org.store.now().time_since_epoch().count());
  Json body{{"access_token", org.sessions.open(consent.user_id, call.now, org.surroundings.rng)}};
  if (refresh_token) body["refresh_token"] = *refresh_token;
  body["signature"] = base64(hmac_sha256(org.options.client_secret, id + issued_at));
  body["scope"] = consent.scope;
  body["instance_url"] = org.options.instance_url;
  body["id"] = id;
  body["token_type"] = "Bearer";
  body["issued_at"] = issued_at;  // a text of milliseconds; there is no expires_in
  return json_answer(200, body);
}

LoginAnswer refresh(LoginCall& call) {
  if (auto refused = check_client(call)) return std::move(*refused);
  auto& sessions = call.org.sessions;
  const auto token = call.value("refresh_token");
  if (token.empty()) return refuse("invalid_request", "missing required parameter: refresh_token");
  if (sessions.is_used_up(token)) sessions.revoke_family(token);  // presenting a rotated token counts as theft
  const auto consent = sessions.refresh(token);
  if (!consent) return refuse("invalid_grant", "expired access/refresh token");
  if (const Row* user = call.org.store.find(consent->user_id); user && user->at("IsActive") == Value{false})
    return refuse("inactive_user", "user is inactive");
  if (!call.org.data.rotate_refresh_tokens) return grant(call, *consent, std::nullopt);
  return grant(call, *consent, sessions.rotate(token, call.org.surroundings.rng));
}

LoginAnswer exchange_code(LoginCall& call) {
  if (auto refused = check_client(call)) return std::move(*refused);
  if (call.value("code").empty()) return refuse("invalid_request", "missing required parameter: code");
  const auto code = call.org.sessions.take_code(call.value("code"));
  if (!code) return refuse("invalid_grant", "invalid authorization code");
  if (code->expires <= call.now) return refuse("invalid_grant", "expired authorization code");
  if (call.value("redirect_uri").empty()) return refuse("redirect_uri_missing", "redirect_uri not provided");
  if (call.value("redirect_uri") != code->redirect_uri)
    return refuse("redirect_uri_mismatch", "redirect_uri must match configuration");
  const auto verifier = call.value("code_verifier");
  if (code->challenge.empty() != verifier.empty()) return refuse("invalid_grant", "invalid code verifier");
  if (!verifier.empty() && (verifier.size() < kVerifierMin || base64url(sha256(verifier)) != code->challenge))
    return refuse("invalid_request", "invalid code verifier");
  const Consent consent{code->user_id, code->scope};
  if (!holds_scope(consent.scope, "refresh_token")) return grant(call, consent, std::nullopt);
  return grant(call, consent, call.org.sessions.make_refresh_token(consent, call.org.surroundings.rng));
}

// Exact, except that a registered loopback address stands for every port (RFC 8252 7.3; assumed, the vendor compares exactly).
bool is_registered(const OrgState& org, std::string_view uri) {
  const auto portless = [](std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) return std::string{text};
    const auto host = text.substr(scheme + 3);
    const auto end = std::min(host.find('/'), host.size());
    const auto colon = host.substr(0, end).find(':');
    const auto name = host.substr(0, std::min(colon, end));
    if (name != "localhost" && name != "127.0.0.1") return std::string{text};
    return std::string{text.substr(0, scheme + 3)} + std::string{name} + std::string{host.substr(end)};
  };
  return std::any_of(org.data.callback_urls.begin(), org.data.callback_urls.end(),
                     [&](const auto& known) { return known == uri || portless(known) == portless(uri); });
}

LoginAnswer redirect(const LoginCall& call, FormFields fields) {
  if (form_value(call.fields, "state")) fields.emplace_back("state", call.value("state"));
  const auto uri = call.value("redirect_uri");
  LoginAnswer answer;
  answer.response.status = 302;
  answer.response.headers.add("Location", uri + (uri.find('?') == std::string::npos ? "?" : "&") + form(fields));
  return answer;
}

std::string consent_page(const LoginCall& call, std::string_view scope) {
  const auto link = [&](std::string_view decision) {
    return html_escaped("/services/oauth2/authorize?" + form(call.fields) + "&decision=" + std::string{decision});
  };
  return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Allow access?</title></head><body><h1>Allow access?</h1><p>" +
         html_escaped(call.org.user_name(call.org.integration_user_id)) + " is logged in to " +
         html_escaped(call.org.data.organization_name) + ". The application asks for: " + html_escaped(scope) +
         ".</p><p><a href=\"" + link("allow") + "\">Allow</a> <a href=\"" + link("deny") + "\">Deny</a></p></body></html>\n";
}

}  // namespace

LoginAnswer answer_token(LoginCall& call) {
  if (call.request.method != "POST") return refuse("invalid_request", "must use HTTP POST");
  const auto kind = call.value("grant_type");
  if (kind.empty()) return refuse("invalid_request", "missing required parameter: grant_type");
  if (kind == "refresh_token") return refresh(call);
  if (kind == "authorization_code") return exchange_code(call);
  for (const std::string_view known : {"password", "client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"})
    if (kind == known) return not_offered("unsupported_grant_type", "the grant " + kind);
  return refuse("unsupported_grant_type", "grant type not supported");
}

LoginAnswer answer_authorize(LoginCall& call) {
  const auto page_error = [](std::string_view text) {
    return text_answer(400, "text/html;charset=UTF-8", "<html><body>" + html_escaped(text) + "</body></html>\n");
  };
  if (call.value("client_id") != call.org.options.client_id)
    return page_error("error=invalid_client_id&error_description=client%20identifier%20invalid");
  if (call.value("redirect_uri").empty())
    return page_error("error=redirect_uri_missing&error_description=redirect_uri%20not%20provided");
  if (!is_registered(call.org, call.value("redirect_uri")))
    return page_error("error=redirect_uri_mismatch&error_description=redirect_uri%20must%20match%20configuration");
  const auto type = call.value("response_type");
  if (type != "code" && (holds_scope(type, "token") || holds_scope(type, "id_token") || holds_scope(type, "code")))
    return not_offered("unsupported_response_type", "the response type " + type);
  if (type != "code")
    return redirect(call, {{"error", "unsupported_response_type"}, {"error_description", "response type not supported"}});
  const auto scope = scope_asked_for(call.org, call.value("scope"));
  if (!scope) return redirect(call, {{"error", "invalid_scope"}, {"error_description", "the requested scope is not allowed"}});
  if (call.value("immediate") == "true")
    return redirect(call, {{"error", "immediate_unsuccessful"}});  // nobody is logged in here
  const auto decision = call.value("decision");
  if (decision.empty()) return text_answer(200, "text/html;charset=UTF-8", consent_page(call, *scope));
  if (decision != "allow")
    return redirect(call, {{"error", "access_denied"}, {"error_description", "end-user denied authorization"}});
  auto code = call.org.sessions.make_code({.user_id = call.org.integration_user_id,
                                           .redirect_uri = call.value("redirect_uri"),
                                           .scope = *scope,
                                           .challenge = call.value("code_challenge"),
                                           .expires = call.now + Sessions::kCodeLife},
                                          call.org.surroundings.rng);
  return redirect(call, {{"code", std::move(code)}});
}

LoginAnswer answer_revoke(LoginCall& call) {
  const auto token = call.value("token");
  if (token.empty()) return refuse("invalid_request", "missing required parameter: token");
  auto& sessions = call.org.sessions;
  if (sessions.revoke_refresh(token) || sessions.close(token)) return {.response = {.status = 200}};
  return refuse("invalid_token", "invalid token: " + token);
}

LoginAnswer answer_identity(LoginCall& call) {
  const auto& org = call.org;
  const auto refused = [](const char* word) { return text_answer(403, "text/html;charset=UTF-8", word); };
  auto token = bearer_token(call.request).value_or("");
  if (token.empty()) token = call.value("oauth_token");
  const auto user_id = call.org.sessions.use(token, call.now);
  if (!user_id) return refused(token.empty() ? "Missing_OAuth_Token" : "Bad_OAuth_Token");
  if (call.segments[1] != org.organization_id) return refused("Wrong_Org");
  const Row* user = org.store.find(call.segments[2]);
  if (!user || user->type->name != "User") return refused("Bad_Id");
  auto version = call.value("version");
  if (version == "latest") version = std::to_string(kNewestVersion) + ".0";
  return json_answer(200, identity_of(org, *user, user->id == *user_id, version));
}

}  // namespace casewire::sim::salesforce
