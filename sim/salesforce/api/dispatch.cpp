#include "sim/salesforce/api/dispatch.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/multipart.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/versions.hpp"

namespace casewire::sim::salesforce {
namespace {

struct Resource {
  std::string_view method;
  std::string_view pattern;  ///< "{}" stands for any one segment
  Answer (*answer)(Call&);
};

// The first match wins: literal segments stand before "{}".
constexpr std::array kResources{
    Resource{"GET", "", version_resources},
    Resource{"GET", "limits", show_limits},
    Resource{"GET", "query", run_query},
    Resource{"GET", "queryAll", run_query},
    Resource{"GET", "query/{}", next_page},
    Resource{"GET", "queryAll/{}", next_page},
    Resource{"POST", "composite", run_composite},
    Resource{"POST", "composite/sobjects", create_collection},
    Resource{"PATCH", "composite/sobjects", update_collection},
    Resource{"DELETE", "composite/sobjects", delete_collection},
    Resource{"GET", "composite/sobjects/{}", read_collection},
    Resource{"POST", "composite/sobjects/{}", read_collection},
    Resource{"PATCH", "composite/sobjects/{}/{}", upsert_collection},
    Resource{"GET", "sobjects", describe_global},
    Resource{"GET", "sobjects/{}", describe_basic},
    Resource{"POST", "sobjects/{}", create_row},
    Resource{"GET", "sobjects/{}/describe", describe_object},
    Resource{"POST", "sobjects/{}/Id", create_row},  // an upsert that names no row: "Id" stands for the key
    Resource{"GET", "sobjects/{}/{}", read_row},
    Resource{"PATCH", "sobjects/{}/{}", update_row},
    Resource{"DELETE", "sobjects/{}/{}", delete_row},
    Resource{"GET", "sobjects/{}/{}/{}", read_by_key_or_blob},
    Resource{"PATCH", "sobjects/{}/{}/{}", upsert_row},
    Resource{"DELETE", "sobjects/{}/{}/{}", delete_by_key},
};

// Collections of an object that hang below a row path in shape only.
bool is_side_resource(const std::vector<std::string>& segments) {
  if (segments.size() < 3 || segments[0] != "sobjects") return false;
  for (const std::string_view word :
       {"deleted", "updated", "listviews", "layouts", "compactLayouts", "quickActions", "approvalLayouts"})
    if (segments[2] == word) return true;
  return segments[2] == "describe" && segments.size() > 3;  // layouts of several kinds
}

bool matches(std::string_view pattern, const std::vector<std::string>& segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (pattern.empty()) return false;
    const auto part = pattern.substr(0, pattern.find('/'));
    if (part != "{}" && part != segments[i]) return false;
    pattern.remove_prefix(std::min(part.size() + 1, pattern.size()));
  }
  return pattern.empty();
}

std::string joined(const std::vector<std::string>& segments) {
  std::string path;
  for (const auto& segment : segments) path += "/" + segment;
  return path;
}

std::optional<Answer> check_media_type(const Call& call) {
  if (call.inside_composite || call.body_text.empty() || (call.method != "POST" && call.method != "PATCH")) return std::nullopt;
  const auto type = call.content_type.value_or("application/octet-stream");
  const auto media = std::string{trimmed(std::string_view{type}.substr(0, type.find(';')))};
  if (equals_ignoring_case(media, "application/json") || is_multipart(type)) return std::nullopt;
  return error_answer(415, "UNSUPPORTED_MEDIA_TYPE", "MediaType of '" + media + "' is not supported by this resource");
}

Answer method_not_allowed(const Call& call, const std::vector<const Resource*>& resources) {
  std::set<std::string_view> allowed;
  for (const auto* resource : resources) {
    allowed.insert(resource->method);
    if (resource->method == "GET") allowed.insert("HEAD");
  }
  std::string list;
  for (const auto method : allowed) list.append(list.empty() ? "" : ",").append(method);
  return error_answer(405, "METHOD_NOT_ALLOWED", "HTTP Method '" + call.method + "' not allowed. Allowed are " + list);
}

}  // namespace

std::optional<Answer> check_version(std::string_view text) {
  const auto version = version_number(text);
  if (!version || *version > kNewestVersion || *version < kRetiredFrom) return not_found();
  // The text of the REST answer was never captured; this is the SOAP one.
  if (*version < kOldestVersion) return error_answer(410, "UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
  return std::nullopt;
}

std::optional<Target> read_target(std::string_view target) {
  const auto mark = target.find('?');
  const auto query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  std::vector<std::string> segments;
  for (const auto part : split(target.substr(0, mark), '/')) {
    if (part.empty()) continue;
    auto decoded = percent_decoded(part);
    if (!decoded) return std::nullopt;
    segments.push_back(std::move(*decoded));
  }
  if (segments.size() < 3 || segments[0] != "services" || segments[1] != "data") return std::nullopt;
  auto fields = parse_form(query);
  if (!fields) return std::nullopt;
  Target read{.version = segments[2], .segments = {}, .query = std::move(*fields)};
  read.segments.assign(segments.begin() + 3, segments.end());
  return read;
}

std::string effective_method(std::string method, const FormFields& query) {
  return method == "POST" ? form_value(query, "_HttpMethod").value_or(std::move(method)) : method;
}

Answer dispatch(Call& call) {
  call.method = effective_method(std::move(call.method), call.query);
  const auto what = [&] { return call.method + " " + call.prefix() + joined(call.segments); };
  if (is_side_resource(call.segments)) return not_modelled(what());
  // HEAD is answered as GET; the server leaves the body out.
  const std::string_view method = call.method == "HEAD" ? "GET" : std::string_view{call.method};
  std::vector<const Resource*> others;
  for (const auto& resource : kResources) {
    if (!matches(resource.pattern, call.segments)) continue;
    if (resource.method == method) {
      if (auto refused = check_media_type(call)) return std::move(*refused);
      return resource.answer(call);
    }
    others.push_back(&resource);
  }
  if (others.empty()) return not_modelled(what());
  return method_not_allowed(call, others);
}

}  // namespace casewire::sim::salesforce
