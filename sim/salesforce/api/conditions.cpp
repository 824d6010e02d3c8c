// Conditional requests. Source: REST API Developer Guide, "Conditional Request Headers", v66.0: dates hold for describes and rows,
// tags for accounts alone; elsewhere the headers are ignored.

#include <time.h>

#include <algorithm>
#include <string>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {
namespace {

/// `Mon, 05 Jan 2026 09:00:00 GMT`
std::optional<WallTime> parse_http_date(std::string_view text) {
  std::tm parts{};
  const std::string whole{trimmed(text)};
  const char* end = strptime(whole.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (!end || *end != '\0') return std::nullopt;
  return WallTime{std::chrono::seconds{timegm(&parts)}};
}

bool lists(std::string_view tags, std::string_view wanted) {
  for (auto tag : split(tags, ',')) {
    tag = trimmed(tag);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == wanted || tag == "*") return true;
  }
  return false;
}

}  // namespace

bool Conditions::take(std::string_view name, std::string_view value) {
  if (equals_ignoring_case(name, "If-Modified-Since")) return modified_since = parse_http_date(value), true;
  if (equals_ignoring_case(name, "If-Unmodified-Since")) return unmodified_since = parse_http_date(value), true;
  if (equals_ignoring_case(name, "If-Match")) return match = value, true;
  if (equals_ignoring_case(name, "If-None-Match")) return none_match = value, true;
  return false;
}

std::optional<Answer> failed_condition(const Call& call, WallTime modified, std::string_view tag) {
  const auto& wanted = call.conditions;
  const auto at = std::chrono::floor<std::chrono::seconds>(modified);
  if (!tag.empty() && !wanted.match.empty() && !lists(wanted.match, tag)) return Answer{.status = 412};
  if (wanted.unmodified_since && at > *wanted.unmodified_since) return Answer{.status = 412};
  if (call.method != "GET" && call.method != "HEAD") return std::nullopt;
  if (!tag.empty() && !wanted.none_match.empty() && lists(wanted.none_match, tag)) return Answer{.status = 304};
  if (wanted.modified_since && at <= *wanted.modified_since) return Answer{.status = 304};
  return std::nullopt;
}

}  // namespace casewire::sim::salesforce
