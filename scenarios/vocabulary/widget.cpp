#include "scenarios/vocabulary/widget.hpp"

#include "base/text/json.hpp"

namespace casewire::scenarios {

Result<std::string, std::string> chat_on_website(sim::opencx::Platform& platform, const Visitor& visitor,
                                                 const std::string& text) {
  std::string token, problem;
  const auto ask = [&](const char* route, const Json& body) {
    http::Request request{.method = "POST", .target = std::string("/backend/widget/v2/") + route, .body = dump_json(body)};
    request.headers.add("Content-Type", "application/json");
    request.headers.add("X-Bot-Token", "bot_casewire");
    if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
    const auto reply = platform.handle(request);
    auto answer = parse_json(reply.response.body);
    if (reply.response.status >= 300 || !answer) problem = std::string(route) + ": " + reply.response.body;
    return answer ? std::move(*answer) : Json();
  };
  token =
      string_member(ask("contact/create-unverified", {{"email", visitor.address}, {"non_verified_name", visitor.name}}), "token");
  const auto session = string_member(ask("create-session", Json::object()), "id");
  ask("chat/send", {{"session_id", session},
                    {"uuid", "00000000-0000-4000-8000-" + std::to_string(kVisitors + visitor.number)},
                    {"content", text},
                    {"bot_token", "bot_casewire"}});
  if (!problem.empty()) return fail(problem);
  return session;
}

}  // namespace casewire::scenarios
