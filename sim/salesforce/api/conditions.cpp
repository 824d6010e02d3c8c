// Conditional requests. Source: REST API Developer Guide, "Conditional Request Headers", v66.0: dates hold for describes and rows,
// tags for accounts alone; elsewhere the headers are ignored. What an answer tells of itself is as in the example of "Composite": a
// row read by its id and a describe do, a row read by the friendly URL of a relationship does not.

#include <time.h>

#include <algorithm>
#include <string>

#include "base/text/strings.hpp"
#include "base/text/time.hpp"
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

std::string http_date(WallTime when) {
  constexpr std::size_t kZone = 5;  // "+0000"
  auto text = rfc5322_date(when);
  return text.replace(text.size() - kZone, kZone, "GMT");
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
  const bool has_this_tag = !tag.empty() && !wanted.none_match.empty() && lists(wanted.none_match, tag);
  if (call.method != "GET" && call.method != "HEAD") return has_this_tag ? std::optional{Answer{.status = 412}} : std::nullopt;
  if (!has_this_tag && !(wanted.modified_since && at <= *wanted.modified_since)) return std::nullopt;
  Answer unchanged{.status = 304};
  tell_last_change(unchanged, modified, tag);
  return unchanged;
}

void tell_last_change(Answer& answer, WallTime modified, std::string_view tag) {
  if (!tag.empty()) answer.headers.add("ETag", std::string{tag});
  answer.headers.add("Last-Modified", http_date(modified));
}

}  // namespace casewire::sim::salesforce
