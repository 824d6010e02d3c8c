#include "sim/salesforce/api/login.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {

LoginAnswer json_answer(int status, const Json& body) {
  return {
      .response = {
          .status = status,
          .headers = {{"Content-Type", "application/json;charset=UTF-8"}, {"Cache-Control", "no-store"}, {"Pragma", "no-cache"}},
          .body = dump_json(body)}};
}

LoginAnswer refuse(std::string_view error, std::string_view description) {
  return json_answer(400, {{"error", error}, {"error_description", description}});
}

LoginAnswer not_offered(std::string_view error, std::string what) {
  auto answer = json_answer(501, {{"error", error}, {"error_description", "casewire does not model " + what}});
  answer.not_modelled = std::move(what);
  return answer;
}

LoginAnswer text_answer(int status, std::string type, std::string text) {
  return {.response = {.status = status, .headers = {{"Content-Type", std::move(type)}}, .body = std::move(text)}};
}

bool wants_json(const LoginCall& call) {
  if (const auto format = call.value("format"); !format.empty()) return equals_ignoring_case(format, "json");
  const auto accept = call.request.headers.find("Accept").value_or("*/*");
  for (const auto wanted : split(accept, ',')) {
    const auto type = trimmed(wanted.substr(0, wanted.find(';')));
    if (type == "application/json" || type == "*/*") return true;
    if (type == "application/xml" || type == "application/x-www-form-urlencoded") return false;
  }
  return true;
}

std::optional<std::string> bearer_token(const http::Request& request) {
  const auto header = request.headers.find("Authorization");
  if (!header) return std::nullopt;
  const auto blank = header->find(' ');
  const auto scheme = header->substr(0, blank);
  if (blank == std::string_view::npos || (!equals_ignoring_case(scheme, "Bearer") && !equals_ignoring_case(scheme, "OAuth")))
    return std::string{};
  return std::string{trimmed(header->substr(blank))};
}

std::optional<App> app_of(const OrgState& org, std::string_view client_id) {
  constexpr std::string_view kCommandLineClient = "PlatformCLI";
  if (client_id == org.options.client_id)
    return App{.id = org.options.client_id, .scope = org.data.scope, .more_scope = org.options.more_scope};
  if (client_id == kCommandLineClient)
    return App{.id = std::string{kCommandLineClient}, .scope = "refresh_token api web", .more_scope = {}, .is_public = true};
  return std::nullopt;
}

Result<App, LoginAnswer> authenticated_app(const LoginCall& call) {
  auto id = call.value("client_id"), secret = call.value("client_secret");
  const auto header = call.request.headers.find("Authorization");
  if (header && equals_ignoring_case(header->substr(0, 6), "Basic "))
    if (const auto pair = decode_base64(trimmed(header->substr(6))); pair && pair->find(':') != std::string::npos) {
      id = pair->substr(0, pair->find(':'));
      secret = pair->substr(pair->find(':') + 1);
    }
  if (id.empty()) return fail(refuse("invalid_client_id", "client identifier invalid"));
  auto app = app_of(call.org, id);
  if (!app) return fail(refuse("invalid_client_id", "client identifier invalid"));
  if (!app->is_public && !equal_in_constant_time(secret, call.org.options.client_secret))
    return fail(refuse("invalid_client", "invalid client credentials"));
  return *std::move(app);
}

const Row* user_by_name(const OrgState& org, std::string_view username) {
  const Row* user = nullptr;
  org.store.each(*org.store.schema().find("User"), false, [&](const Record& row) {
    if (equals_ignoring_case(row.text("Username"), username)) user = org.store.find(row.text("Id"));
    return user == nullptr;
  });
  return user;
}

std::pair<PasswordCheck, const Row*> check_password(const OrgState& org, std::string_view username, std::string_view password) {
  const Row* user = user_by_name(org, username);
  const auto own = org.passwords.find(user ? user->id : std::string{});
  const auto& right = own == org.passwords.end() ? org.options.password : own->second;
  const bool bare = equal_in_constant_time(password, right);
  const bool with_token = equal_in_constant_time(password, right + org.options.security_token);
  if (!user || (!bare && !with_token)) return {PasswordCheck::wrong, nullptr};
  if (user->at("IsActive") == Value{false}) return {PasswordCheck::inactive, nullptr};
  if (bare && org.options.needs_security_token) return {PasswordCheck::token_missing, nullptr};
  return {PasswordCheck::right, user};
}

std::string identity_url(const OrgState& org, std::string_view user_id) {
  return org.options.instance_url + "/id/" + org.organization_id + "/" + std::string{user_id};
}

bool holds_scope(std::string_view scopes, std::string_view wanted) {
  const auto words = split(scopes, ' ');
  return std::find(words.begin(), words.end(), wanted) != words.end();
}

std::optional<std::string> scope_asked_for(const App& app, std::string_view asked) {
  if (trimmed(asked).empty()) return app.scope;
  std::vector<std::string_view> wanted;
  for (auto word : split(asked, ' ')) {
    if (word == "offline_access") word = "refresh_token";
    if (word.empty()) continue;
    if (!holds_scope(app.scope, word) && !holds_scope(app.more_scope, word)) return std::nullopt;
    wanted.push_back(word);
  }
  std::string scope;
  for (const auto& offered : {app.scope, app.more_scope})
    for (const auto word : split(offered, ' '))
      if (!word.empty() && std::find(wanted.begin(), wanted.end(), word) != wanted.end() && !holds_scope(scope, word))
        scope.append(scope.empty() ? "" : " ").append(word);
  return scope;
}

}  // namespace casewire::sim::salesforce
