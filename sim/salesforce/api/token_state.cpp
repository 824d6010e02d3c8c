// What became of a token, and its end. Source: Salesforce Help, "OpenID Connect Token Introspection", "Revoke OAuth Tokens".
// Recalled: the texts of a refused revocation, the status of an introspection by a wrong client (401).

#include <algorithm>

#include "sim/salesforce/api/login.hpp"

namespace casewire::sim::salesforce {
namespace {

std::int64_t seconds_of(WallTime when) {
  return std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
}

// JSONP, which old web pages use: `callback({...});`. Only a name may be the callback.
LoginAnswer to_caller(const LoginCall& call, LoginAnswer answer) {
  const auto name = call.value("callback");
  const bool is_name = !name.empty() && name.size() <= 128 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '.';
  });
  if (call.request.method != "GET" || !is_name) return answer;
  const auto body = answer.response.body.empty() ? "{}" : answer.response.body;
  return text_answer(200, "application/javascript", name + "(" + body + ");");
}

}  // namespace

LoginAnswer answer_revoke(LoginCall& call) {
  const auto token = call.value("token");
  if (token.empty()) return to_caller(call, refuse("invalid_request", "missing required parameter: token"));
  auto& sessions = call.org.sessions;
  if (sessions.revoke_refresh(token) || sessions.close(token)) return to_caller(call, {.response = {.status = 200}});
  return to_caller(call, refuse("invalid_token", "invalid token: " + token));
}

LoginAnswer answer_introspect(LoginCall& call) {
  if (call.request.method != "POST") return refuse("invalid_request", "must use HTTP POST");
  const auto app = authenticated_app(call);
  if (!app) {
    auto refused = app.error();
    refused.response.status = 401;
    return refused;
  }
  const auto token = call.value("token");
  if (token.empty()) return refuse("invalid_request", "missing required parameter: token");
  const auto& sessions = call.org.sessions;
  const auto* session = sessions.look(token, call.now);
  const auto refresh = session ? std::nullopt : sessions.refresh(token);
  const Consent consent = session ? session->consent : refresh.value_or(Consent{});
  // Of a stranger's token an application learns nothing.
  if (consent.client_id != app->id || !call.org.is_active(consent.user_id)) return json_answer(200, {{"active", false}});
  Json body{{"active", true},
            {"scope", consent.scope},
            {"client_id", consent.client_id},
            {"username", call.org.store.find(consent.user_id)->text("Username")},
            {"sub", identity_url(call.org, consent.user_id)},
            {"token_type", session ? "access_token" : "refresh_token"}};
  if (session) {
    const auto left = sessions.timeout() - (call.now - session->begun);
    body["exp"] = seconds_of(call.org.store.now() + left);
    body["iat"] = seconds_of(session->issued);
    body["nbf"] = seconds_of(session->issued);
  }
  return json_answer(200, body);
}

}  // namespace casewire::sim::salesforce
