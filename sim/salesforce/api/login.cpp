#include "sim/salesforce/api/login.hpp"

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

std::optional<std::string> bearer_token(const http::Request& request) {
  const auto header = request.headers.find("Authorization");
  if (!header) return std::nullopt;
  const auto blank = header->find(' ');
  const auto scheme = header->substr(0, blank);
  if (blank == std::string_view::npos || (!equals_ignoring_case(scheme, "Bearer") && !equals_ignoring_case(scheme, "OAuth")))
    return std::string{};
  return std::string{trimmed(header->substr(blank))};
}

std::pair<std::string, std::string> client_of(const LoginCall& call) {
  const auto header = call.request.headers.find("Authorization");
  if (header && equals_ignoring_case(header->substr(0, 6), "Basic "))
    if (const auto pair = decode_base64(header->substr(6)); pair && pair->find(':') != std::string::npos)
      return {pair->substr(0, pair->find(':')), pair->substr(pair->find(':') + 1)};
  return {call.value("client_id"), call.value("client_secret")};
}

std::optional<LoginAnswer> check_client(const LoginCall& call) {
  const auto [id, secret] = client_of(call);
  if (id != call.org.options.client_id) return refuse("invalid_client_id", "client identifier invalid");
  if (!equal_in_constant_time(secret, call.org.options.client_secret))
    return refuse("invalid_client", "invalid client credentials");
  return std::nullopt;
}

}  // namespace casewire::sim::salesforce
