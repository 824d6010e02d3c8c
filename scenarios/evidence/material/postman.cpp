// A collection of Postman with the answers that were saved in it (schema v2.1: info, item, request, response). It keeps no times: the Date
// header of an answer is one.
// Source: schema.getpostman.com/json/collection/v2.1.0/docs.

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"

namespace casewire::scenarios {
namespace {

Json headers_of(const Json& list) {
  Json headers = Json::array();
  for (const Json& one : list.is_array() ? list : Json::array()) {
    if (one.is_object() && member(one, "disabled") != true)
      headers.push_back({{"name", string_member(one, "key")}, {"value", string_member(one, "value")}});
  }
  return headers;
}

std::string url_of(const Json& request) {
  const Json& url = member(request, "url");
  return url.is_string() ? url.get<std::string>() : string_member(url, "raw");
}

Json post_of(const Json& body) {
  const std::string mode = string_member(body, "mode");
  if (mode == "raw") return {{"text", string_member(body, "raw")}};
  if (mode != "urlencoded") return nullptr;
  FormFields fields;
  const Json& pairs = member(body, "urlencoded");
  for (const Json& one : pairs.is_array() ? pairs : Json::array()) {
    if (one.is_object()) fields.emplace_back(string_member(one, "key"), string_member(one, "value"));
  }
  return {{"mimeType", "application/x-www-form-urlencoded"}, {"text", form(fields)}};
}

/// `Mon, 05 Jan 2026 09:00:00 GMT` (RFC 9110, 5.6.7) as HAR has it; empty: it is none.
std::string iso8601_of(std::string_view date) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto words = split(date, ' ');
  const std::size_t month = words.size() == 6 ? kMonths.find(words[2]) : std::string_view::npos;
  if (month == std::string_view::npos || month % 3 != 0 || words[2].size() != 3) return {};
  const std::string number = std::to_string(month / 3 + 1);
  const std::string text = std::string(words[3]) + (number.size() == 1 ? "-0" : "-") + number + "-" + std::string(words[1]) +
                           "T" + std::string(words[4]) + "Z";
  const auto at = parse_iso8601(text);
  return at ? iso8601(*at) : std::string();
}

std::string date_of(const Json& headers) {
  for (const Json& header : headers) {
    if (equals_ignoring_case(string_member(header, "name"), "date")) return iso8601_of(string_member(header, "value"));
  }
  return {};
}

void add_items(const Json& items, Json& entries, std::size_t depth) {
  constexpr std::size_t kDeepest = 16;
  for (const Json& item : items.is_array() && depth < kDeepest ? items : Json::array()) {
    if (!item.is_object()) continue;
    add_items(member(item, "item"), entries, depth + 1);  // a folder
    const Json& saved = member(item, "response");
    for (const Json& response : saved.is_array() ? saved : Json::array()) {
      if (!response.is_object()) continue;
      const Json& original = member(response, "originalRequest");
      const Json& request = original.is_object() ? original : member(item, "request");
      Json asked{{"method", string_member(request, "method", "GET")},
                 {"url", url_of(request)},
                 {"headers", headers_of(member(request, "header"))}};
      if (Json post = post_of(member(request, "body")); !post.is_null()) asked["postData"] = std::move(post);
      Json headers = headers_of(member(response, "header"));
      const Json& took = member(response, "responseTime");
      entries.push_back({{"startedDateTime", date_of(headers)},
                         {"time", took.is_number() ? took : Json(0)},
                         {"request", std::move(asked)},
                         {"response",
                          {{"status", member(response, "code").is_number_integer() ? member(response, "code") : Json(0)},
                           {"headers", std::move(headers)},
                           {"content", {{"text", string_member(response, "body")}}}}}});
    }
  }
}

}  // namespace

std::optional<std::string> har_of_postman(const Json& collection) {
  if (string_member(member(collection, "info"), "schema").find("getpostman.com") == std::string::npos) return std::nullopt;
  Json entries = Json::array();
  add_items(member(collection, "item"), entries, 0);
  return dump_json(
      {{"log", {{"version", "1.2"}, {"creator", {{"name", "Postman"}, {"version", ""}}}, {"entries", std::move(entries)}}}});
}

}  // namespace casewire::scenarios
