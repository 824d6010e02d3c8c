#include "sim/salesforce/api/service.hpp"

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "sim/salesforce/api/dispatch.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/routes.hpp"
#include "sim/salesforce/api/versions.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kNotModelledMax = 100;

void note_not_modelled(OrgState& org, const std::string& what) {
  if (!what.empty() && org.not_modelled.size() < kNotModelledMax) org.not_modelled.push_back(what);
}

std::string request_id(Rng& rng) {
  std::string bytes;
  for (int i = 0; i < 2; ++i)
    for (auto bits = rng.next(); bytes.size() < static_cast<std::size_t>(8 * (i + 1)); bits >>= 8)
      bytes += static_cast<char>(bits & 0xff);
  return hex(bytes);
}

http::Response to_response(OrgState& org, Answer answer, bool counted) {
  http::Response response{.status = answer.status, .headers = std::move(answer.headers)};
  if (answer.body) {
    response.headers.add("Content-Type", kJsonType);
    response.body = dump_json(*answer.body);
  } else if (!answer.raw_type.empty()) {
    response.headers.add("Content-Type", std::move(answer.raw_type));
    response.body = std::move(answer.raw);
  }
  response.headers.add("Cache-Control", "no-cache,must-revalidate,max-age=0,no-store,private");
  if (counted)
    response.headers.add("Sforce-Limit-Info",
                         "api-usage=" + std::to_string(org.api_requests()) + "/" + std::to_string(org.data.daily_api_requests));
  const auto id = request_id(org.surroundings.rng);
  response.headers.add("X-SFDC-Request-Id", id);
  response.headers.add("X-Request-Id", id);
  return response;
}

// For people: clients ask for it and do not care.
void indent(http::Response& response) {
  if (response.headers.find("Content-Type") != std::string_view{kJsonType}) return;
  const auto body = parse_json(response.body, {}, {.bytes_max = response.body.size()});
  if (body) response.body = body->dump(2);
}

Answer session_error(std::string_view code, std::string_view text) {
  auto answer = error_answer(401, std::string{code}, std::string{text});
  answer.headers.add("WWW-Authenticate", "Token");
  return answer;
}

// The user of the request's session, or the refusal.
Result<std::string, Answer> authenticate(OrgState& org, const http::Request& request, SteadyTime now) {
  const auto token = bearer_token(request);
  if (!token) return fail(session_error("INVALID_SESSION_ID", "Session expired or invalid"));
  if (token->empty()) return fail(session_error("INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE"));
  auto user_id = org.sessions.use(*token, now);
  if (user_id && !org.is_active(*user_id)) user_id.reset();
  if (!user_id) return fail(session_error("INVALID_SESSION_ID", "Session expired or invalid"));
  return std::move(*user_id);
}

// The edge in front of an org counts the URI and the headers together; REST API Developer Guide, "API Request Limits".
constexpr std::size_t kHeadBytesMax = 16'384;

std::optional<http::Response> check_head_size(const http::Request& request) {
  std::size_t bytes = request.target.size();
  const bool long_uri = bytes > kHeadBytesMax;
  for (const auto& header : request.headers) bytes += header.name.size() + header.value.size();
  if (bytes <= kHeadBytesMax) return std::nullopt;
  const std::string number = long_uri ? "414" : "431";
  const std::string reason = long_uri ? "URI Too Long" : "Request Header Fields Too Large";
  return http::Response{.status = long_uri ? 414 : 431,
                        .headers = {{"Content-Type", "text/html"}},
                        .body = "<h1>Bad Message " + number + "</h1><pre>reason: " + reason + "</pre>"};
}

// What a client asks for in a header, and would be missing in the answer without knowing.
std::optional<Answer> check_wishes(const http::Request& request) {
  const auto accept = request.headers.find("Accept");
  if (accept && accept->find("xml") != std::string_view::npos && accept->find("json") == std::string_view::npos &&
      accept->find("*/*") == std::string_view::npos)
    return not_modelled("answers in XML");
  return std::nullopt;
}

// The org has one rule for an object at most, so its id says no more than TRUE. The words of the refusal are guessed.
bool names_active_rule(const OrgState& org, std::string_view text) {
  const auto id = canonical_id(text);
  const Row* rule = id ? org.store.find(*id) : nullptr;
  return rule && rule->type->name == "AssignmentRule" && rule->at("Active") == Value{true};
}

Answer answer_data(OrgState& org, const http::Request& request, const http::RouteTable::Match& match,
                   const std::string& user_id) {
  auto query = parse_form(request.query());
  if (!query) return not_found();
  Call call{.org = org, .method = request.method, .version = match.segments[2], .segments = {}, .query = std::move(*query)};
  if (auto refused = check_version(call.version)) return std::move(*refused);
  if (auto refused = check_wishes(request)) return std::move(*refused);
  call.body_text = request.body;
  if (const auto type = request.headers.find("Content-Type")) call.content_type = std::string{*type};
  if (const auto options = request.headers.find("Sforce-Query-Options")) call.query_options = std::string{*options};
  for (const auto& header : request.headers) call.conditions.take(header.name, header.value);
  if (const auto mru = request.headers.find("Sforce-Mru"))
    call.marks_viewed = equals_ignoring_case(trimmed(*mru), "updateMru=true");
  call.actor = org.actor(user_id);
  call.actor.by_api = true;
  if (const auto assign = request.headers.find("Sforce-Auto-Assign")) {
    const bool is_switch = equals_ignoring_case(*assign, "TRUE") || equals_ignoring_case(*assign, "FALSE");
    if (!is_switch && !names_active_rule(org, *assign))
      return error_answer(400, "INVALID_ASSIGNMENT_RULE", "Invalid assignment rule: " + std::string{*assign});
    call.actor.auto_assign = !equals_ignoring_case(*assign, "FALSE");
  }
  if (const auto parent = request.headers.find("traceparent")) call.cause = cause_of(*parent);
  return dispatch(call, match);
}

// A body that is not said to be a form has no parameters, as captured (jsforce, issue 706; forrest, issue 145).
bool has_form(const http::Request& request) {
  const auto type = request.headers.find("Content-Type").value_or("");
  return request.method == "POST" &&
         equals_ignoring_case(trimmed(type.substr(0, type.find(';'))), "application/x-www-form-urlencoded");
}

// Parameters stand in the query, in the body, or half in each.
LoginAnswer answer_login(OrgState& org, const http::Request& request, const http::RouteTable::Match& match, SteadyTime now) {
  auto fields = parse_form(request.query());
  const bool form_body = has_form(request) && org_routes()[*match.route].reads_form;
  const auto body = form_body ? parse_form(request.body) : std::optional{FormFields{}};
  if (!fields || !body) return refuse("invalid_request", "the form could not be read");
  fields->insert(fields->end(), body->begin(), body->end());
  LoginCall call{org, request, match.segments, std::move(*fields), now};
  return org_routes()[*match.route].login(call);
}

// What is neither a door of login nor below a version.
Answer answer_elsewhere(const http::Request& request, const http::RouteTable::Match& match) {
  const auto what = request.method + " " + std::string{request.path()};
  if (!match.route || org_routes()[*match.route].unmodelled.empty()) return unknown_path(what);
  return not_modelled(std::string{org_routes()[*match.route].unmodelled} + " (" + what + ")");
}

}  // namespace

LoginAnswer answer_apex_rest(LoginCall& call) {
  const auto user_id = authenticate(call.org, call.request, call.now);
  if (!user_id) return {.response = to_response(call.org, user_id.error(), false)};
  call.org.count_api_request();
  return {.response = to_response(call.org, error_answer(404, "NOT_FOUND", "Could not find a match for URL"), true),
          .not_modelled = call.request.method + " " + std::string{call.request.path()}};
}

http::Reply answer_request(OrgState& org, const http::Request& request, SteadyTime now) {
  if (auto refused = check_head_size(request)) return {.response = std::move(*refused)};
  const auto match = match_route(request.method, request.target);
  if (match.route && org_routes()[*match.route].login) {
    auto login = answer_login(org, request, match, now);
    note_not_modelled(org, login.not_modelled);
    return {.response = std::move(login.response)};
  }
  if (match.segments.size() < 3 || match.segments[0] != "services" || match.segments[1] != "data") {
    auto answer = answer_elsewhere(request, match);
    note_not_modelled(org, answer.not_modelled);
    return {.response = to_response(org, std::move(answer), false)};
  }
  auto user_id = authenticate(org, request, now);
  if (!user_id) return {.response = to_response(org, std::move(user_id.error()), false)};
  if (org.api_requests() >= org.data.daily_api_requests)
    return {.response = to_response(org, error_answer(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), true)};
  org.count_api_request();
  const auto start = org.store.mark();
  auto answer = answer_data(org, request, match, *user_id);
  if (answer.status >= 300) org.store.roll_back(start);
  if (const auto version = version_number(match.segments[2]); version && is_guessed(*version))
    answer.headers.add("Warning", "299 - \"API version " + std::to_string(*version) + ".0 is a guess of casewire\"");
  note_not_modelled(org, answer.not_modelled);
  auto response = to_response(org, std::move(answer), true);
  if (request.headers.find("X-PrettyPrint") == "1") indent(response);
  return {.response = std::move(response)};
}

}  // namespace casewire::sim::salesforce
