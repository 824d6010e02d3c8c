// The authorization page: web server flow (code, with PKCE) and user-agent flow (token). Source: Salesforce Help, "OAuth 2.0 Web
// Server Flow", "OAuth 2.0 User-Agent Flow", "Authorization Errors". Guessed: a loopback callback needs no registration (RFC 8252;
// the vendor compares exactly); nobody is logged in before the page, which is one page for every `prompt` and `display`; the words of a challenge that is not by SHA-256.

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/token.hpp"

namespace casewire::sim::salesforce {
namespace {

bool is_loopback(std::string_view uri) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!uri.starts_with(scheme)) continue;
    const auto authority = uri.substr(scheme.size()).substr(0, uri.substr(scheme.size()).find_first_of("/?#"));
    const auto bracket = authority.find(']');
    const auto host =
        bracket == std::string_view::npos ? authority.substr(0, authority.find(':')) : authority.substr(0, bracket + 1);
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  }
  return false;
}

bool is_callback(const OrgState& org, std::string_view uri) {
  return is_loopback(uri) ||
         std::find(org.data.callback_urls.begin(), org.data.callback_urls.end(), uri) != org.data.callback_urls.end();
}

LoginAnswer send_back(const LoginCall& call, FormFields fields, char mark) {
  if (form_value(call.fields, "state")) fields.emplace_back("state", call.value("state"));
  const auto uri = call.value("redirect_uri");
  const bool more = mark == '?' && uri.find('?') != std::string::npos;
  LoginAnswer answer;
  answer.response.status = 302;
  answer.response.headers.add("Location", uri + (more ? '&' : mark) + form(fields));
  return answer;
}

std::string consent_page(const LoginCall& call, const Row& user, std::string_view scope) {
  const auto link = [&](std::string_view decision) {
    return html_escaped("/services/oauth2/authorize?" + form(call.fields) + "&decision=" + std::string{decision});
  };
  return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Allow access?</title></head><body><h1>Allow access?</h1><p>" +
         html_escaped(user.text("Name")) + " is logged in to " + html_escaped(call.org.data.organization_name) +
         ". The application asks for: " + html_escaped(scope) + ".</p><p><a href=\"" + link("allow") + "\">Allow</a> <a href=\"" +
         link("deny") + "\">Deny</a></p></body></html>\n";
}

// Who is at the screen: the user that login_hint names, or else the integration user.
const Row* user_at_screen(const LoginCall& call) {
  const Row* hinted = user_by_name(call.org, call.value("login_hint"));
  return hinted ? hinted : call.org.store.find(call.org.integration_user_id);
}

LoginAnswer give_code(LoginCall& call, Consent consent) {
  auto code = call.org.sessions.make_code({.consent = std::move(consent),
                                           .redirect_uri = call.value("redirect_uri"),
                                           .challenge = call.value("code_challenge"),
                                           .nonce = call.value("nonce"),
                                           .expires = call.now + Sessions::kCodeLife},
                                          call.org.surroundings.rng);
  return send_back(call, {{"code", std::move(code)}}, '?');
}

// A refresh token goes only to callbacks that no web page can read.
LoginAnswer give_token(LoginCall& call, Consent consent) {
  TokenAnswer answer{.consent = std::move(consent), .nonce = call.value("nonce")};
  if (holds_scope(answer.consent.scope, "refresh_token") && !call.value("redirect_uri").starts_with("https://"))
    answer.refresh_token = call.org.sessions.make_refresh_token(answer.consent, call.org.surroundings.rng);
  const auto body = token_json(call, answer);
  FormFields fields;
  for (const auto& [name, value] : body.items()) fields.emplace_back(name, value.get<std::string>());
  return send_back(call, std::move(fields), '#');
}

}  // namespace

LoginAnswer answer_authorize(LoginCall& call) {
  const auto page_error = [](std::string_view text) {
    return text_answer(400, "text/html;charset=UTF-8", "<html><body>" + html_escaped(text) + "</body></html>\n");
  };
  const auto app = app_of(call.org, call.value("client_id"));
  if (!app) return page_error("error=invalid_client_id&error_description=client%20identifier%20invalid");
  if (call.value("redirect_uri").empty())
    return page_error("error=redirect_uri_missing&error_description=redirect_uri%20not%20provided");
  if (!is_callback(call.org, call.value("redirect_uri")))
    return page_error("error=redirect_uri_mismatch&error_description=redirect_uri%20must%20match%20configuration");
  const auto type = call.value("response_type");
  const char mark = type == "token" ? '#' : '?';
  const auto refused = [&](const char* error, const char* description) {
    return send_back(call, {{"error", error}, {"error_description", description}}, mark);
  };
  if (type != "code" && type != "token" &&
      (holds_scope(type, "token") || holds_scope(type, "id_token") || holds_scope(type, "code")))
    return not_offered("unsupported_response_type", "the response type " + type);
  if (type != "code" && type != "token") return refused("unsupported_response_type", "response type not supported");
  const auto scope = scope_asked_for(*app, call.value("scope"));
  if (!scope) return refused("invalid_scope", "the requested scope is not allowed");
  const auto method = call.value("code_challenge_method");
  if (!method.empty() && method != "S256") return refused("invalid_request", "code challenge method must be S256");
  if (call.value("immediate") == "true")
    return send_back(call, {{"error", "immediate_unsuccessful"}}, mark);  // nobody is logged in here
  const Row* user = user_at_screen(call);
  const auto decision = call.value("decision");
  if (decision.empty()) return text_answer(200, "text/html;charset=UTF-8", consent_page(call, *user, *scope));
  if (decision != "allow") return refused("access_denied", "end-user denied authorization");
  if (user->at("IsActive") == Value{false}) return refused("inactive_user", "user is inactive");
  Consent consent{user->id, *scope, app->id};
  return type == "code" ? give_code(call, std::move(consent)) : give_token(call, std::move(consent));
}

}  // namespace casewire::sim::salesforce
