#include "scenarios/runner/refusals.hpp"

#include <charconv>

#include "base/text/json.hpp"
#include "sim/salesforce/org.hpp"

namespace casewire::scenarios {
namespace {

http::Response json_response(int status, const Json& body) {
  return {.status = status, .headers = {{"Content-Type", "application/json;charset=UTF-8"}}, .body = dump_json(body)};
}

/// The status that a refusal's code stands for; 0: it is a word of the vendor.
int status_by_code(std::string_view code) {
  int status = 0;
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), status);
  return error == std::errc{} && end == code.data() + code.size() && status >= 400 && status < 600 ? status : 0;
}

}  // namespace

std::optional<http::Response> salesforce_refusal(std::string_view code) {
  if (auto worded = sim::salesforce::Org::refusal(code)) return worded;
  const int status = status_by_code(code);
  const auto errors = [&](const char* word, const char* message) {
    return json_response(status, Json::array({Json{{"message", message}, {"errorCode", word}}}));
  };
  switch (status) {
    case 0: return std::nullopt;
    case 401: return errors("INVALID_SESSION_ID", "Session expired or invalid");
    case 403: return errors("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    case 500:
      return errors("UNKNOWN_EXCEPTION",
                    "An unexpected error occurred. Please include this ErrorId if you contact support: "
                    "1452464078-314667 (-1173371248)");
    case 404: return errors("NOT_FOUND", "The requested resource does not exist");
    // What stands before the org says this, and in no words of the org's.
    case 408:
    case 429:
    case 502:
    case 504:
      return http::Response{
          .status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::string(http::reason_phrase(status))};
    default: return errors("SERVER_UNAVAILABLE", "Server too busy");
  }
}

std::optional<http::Response> opencx_refusal(std::string_view code) {
  const int status = status_by_code(code);
  if (status == 0) return std::nullopt;
  return json_response(
      status, {{"statusCode", status}, {"message", http::reason_phrase(status)}, {"error", http::reason_phrase(status)}});
}

}  // namespace casewire::scenarios
