#include "sim/salesforce/api/dispatch.hpp"

#include <set>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/multipart.hpp"
#include "sim/salesforce/api/routes.hpp"
#include "sim/salesforce/api/versions.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kSegmentsBefore = 3;  // services, data, the version

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

std::string_view query_of(std::string_view target) {
  const auto mark = target.find('?');
  return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
}

std::optional<Answer> check_media_type(const Call& call) {
  if (call.inside_composite || call.body_text.empty() || (call.method != "POST" && call.method != "PATCH")) return std::nullopt;
  const auto type = call.content_type.value_or("application/octet-stream");
  const auto media = std::string{trimmed(std::string_view{type}.substr(0, type.find(';')))};
  if (equals_ignoring_case(media, "application/json") || is_multipart(type)) return std::nullopt;
  return error_answer(415, "UNSUPPORTED_MEDIA_TYPE", "MediaType of '" + media + "' is not supported by this resource");
}

Answer method_not_allowed(const Call& call, const std::vector<std::string>& methods) {
  std::set<std::string_view> allowed;
  for (const auto& method : methods) {
    allowed.insert(method);
    if (method == "GET") allowed.insert("HEAD");
  }
  std::string list;
  for (const auto method : allowed) list.append(list.empty() ? "" : ",").append(method);
  return error_answer(405, "METHOD_NOT_ALLOWED", "HTTP Method '" + call.method + "' not allowed. Allowed are " + list);
}

std::string joined_by_slash(const std::vector<std::string>& segments) {
  std::string path;
  for (const auto& segment : segments) path += "/" + segment;
  return path;
}

// Source: REST API Developer Guide, "REST API Architecture": up to v57.0 .json or .xml may stand behind the path.
constexpr int kLastWithFormats = 57;

bool ends_in_format(std::string_view path, std::string_view format) {
  constexpr std::string_view kBeforeVersion = "/services/data/";
  if (!path.ends_with(format) || !path.starts_with(kBeforeVersion)) return false;
  const auto version = path.substr(kBeforeVersion.size());
  return version_number(version.substr(0, version.find('/'))).value_or(kLastWithFormats + 1) <= kLastWithFormats;
}

std::string_view without_format(std::string_view path) {
  constexpr std::string_view kJson = ".json";
  if (ends_in_format(path, kJson)) path.remove_suffix(kJson.size());
  return path;
}

}  // namespace

http::RouteTable::Match match_route(std::string method, std::string_view target) {
  if (method == "POST" && query_of(target).find("_HttpMethod") != std::string_view::npos)
    if (const auto query = parse_form(query_of(target))) method = form_value(*query, "_HttpMethod").value_or(std::move(method));
  // HEAD is answered as GET; the server leaves the body out.
  return route_table().find(method == "HEAD" ? "GET" : std::string_view{method}, without_format(path_of(target)));
}

std::optional<Answer> check_version(std::string_view text) {
  const auto version = version_number(text);
  if (!version || *version < kRetiredFrom || (*version >= kOldestVersion && !is_served(*version))) return not_found();
  // The text of the REST answer was never captured; this is the SOAP one.
  if (*version < kOldestVersion) return error_answer(410, "UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
  return std::nullopt;
}

Answer unknown_path(std::string what) {
  auto answer = not_found();
  answer.not_modelled = std::move(what);
  return answer;
}

Answer dispatch(Call& call, const http::RouteTable::Match& match) {
  if (match.malformed) return not_found();
  if (match.segments.size() > kSegmentsBefore)
    call.segments.assign(match.segments.begin() + kSegmentsBefore, match.segments.end());
  if (call.method == "POST") call.method = form_value(call.query, "_HttpMethod").value_or(std::move(call.method));
  const auto what = [&] { return call.method + " " + joined_by_slash(match.segments); };
  if (ends_in_format(joined_by_slash(match.segments), ".xml")) return not_modelled("answers in XML");
  if (!match.route) return match.allowed.empty() ? unknown_path(what()) : method_not_allowed(call, match.allowed);
  const auto& route = org_routes()[*match.route];
  if (version_number(call.version).value_or(0) < route.since) return unknown_path(what());
  if (!route.unmodelled.empty()) return not_modelled(std::string{route.unmodelled} + " (" + what() + ")");
  if (!route.data) return not_found();
  if (auto refused = check_media_type(call)) return std::move(*refused);
  return route.data(call);
}

Answer dispatch_part(Call& call, std::string_view url) {
  auto match = match_route(call.method, url);
  auto query = parse_form(query_of(url));
  if (!query || match.segments.size() < kSegmentsBefore || match.segments[0] != "services" || match.segments[1] != "data")
    return not_found();
  call.version = match.segments[2];
  call.query = std::move(*query);
  if (auto refused = check_version(call.version)) return std::move(*refused);
  auto answer = dispatch(call, match);
  if (call.method == "HEAD") {  // of a request of its own the server leaves the body out
    answer.body.reset();
    answer.raw.clear();
  }
  return answer;
}

}  // namespace casewire::sim::salesforce
