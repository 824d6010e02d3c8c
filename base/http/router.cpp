#include "base/http/router.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

/// The segments between slashes; empty ones (doubled and trailing slashes) do not count.
std::vector<std::string_view> segments_of(std::string_view path) {
  auto segments = split(path, '/');
  std::erase(segments, std::string_view{});
  return segments;
}

bool is_capture(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                    [](const auto& wanted, const auto& found) { return is_capture(wanted) || wanted == found; });
}

/// Whether `a` is literal at the first segment where exactly one of the two is. Both match the same path.
bool is_more_literal(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (is_capture(a[i]) != is_capture(b[i])) {
      return is_capture(b[i]);
    }
  }
  return false;
}

}  // namespace

void Router::add(std::string method, std::string pattern, Route route) {
  const auto segments = segments_of(pattern);
  entries_.push_back({std::move(method), {segments.begin(), segments.end()}, std::move(route)});
}

Reply Router::operator()(const Request& request) const {
  const auto path = segments_of(request.path());
  const Entry* best = nullptr;
  std::vector<std::string> allowed;
  for (const auto& entry : entries_) {
    if (!matches(entry.segments, path)) {
      continue;
    }
    allowed.push_back(entry.method);
    if (entry.method == request.method && (best == nullptr || is_more_literal(entry.segments, best->segments))) {
      best = &entry;
    }
  }
  if (best != nullptr) {
    PathParameters parameters;
    for (std::size_t i = 0; i < path.size(); ++i) {
      const auto& segment = best->segments[i];
      if (is_capture(segment)) {
        auto value = percent_decoded(path[i]);
        if (!value) {
          return {.response = {.status = 400}};
        }
        parameters.insert_or_assign(segment.substr(1, segment.size() - 2), *std::move(value));
      }
    }
    return best->route(request, parameters);
  }
  if (allowed.empty()) {
    return otherwise_ ? otherwise_(request) : Reply{.response = {.status = 404}};
  }
  std::sort(allowed.begin(), allowed.end());
  allowed.erase(std::unique(allowed.begin(), allowed.end()), allowed.end());
  if (wrong_method_) {
    return wrong_method_(request, allowed);
  }
  std::string list;
  for (const auto& method : allowed) {
    list += (list.empty() ? "" : ", ") + method;
  }
  return {.response = {.status = 405, .headers = {{"Allow", list}}}};
}

}  // namespace casewire::http
