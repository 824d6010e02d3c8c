#include "base/http/route_table.hpp"

#include <algorithm>

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
bool is_rest(std::string_view segment) { return is_capture(segment) && segment.ends_with("...}"); }

std::string_view capture_name(std::string_view capture) {
  return capture.substr(1, capture.size() - (is_rest(capture) ? std::string_view{"{...}"}.size() : 2));
}

/// How much a segment of a pattern says: a literal more than a capture, a capture more than one of all the rest.
int weight(std::string_view segment) { return is_rest(segment) ? 0 : is_capture(segment) ? 1 : 2; }

}  // namespace

std::size_t RouteTable::add(std::string method, std::string_view pattern, std::string operation) {
  const auto segments = segments_of(pattern);
  entries_.push_back({.method = std::move(method),
                      .segments = {segments.begin(), segments.end()},
                      .takes_rest = !segments.empty() && is_rest(segments.back()),
                      .operation = std::move(operation)});
  const auto number = entries_.size() - 1;
  const auto& added = entries_.back();
  const auto fixed = fixed_segments(added);
  // One list more than this route needs, so that the last one holds what takes any rest and nothing else.
  while (by_length_.size() <= fixed + 1) by_length_.push_back(by_length_.back());
  by_length_[fixed].push_back(number);
  if (added.takes_rest)
    for (auto length = fixed + 1; length < by_length_.size(); ++length) by_length_[length].push_back(number);
  return number;
}

const std::vector<std::size_t>& RouteTable::candidates(std::size_t segments) const {
  return by_length_[std::min(segments, by_length_.size() - 1)];
}

std::size_t RouteTable::fixed_segments(const Entry& entry) { return entry.segments.size() - (entry.takes_rest ? 1 : 0); }

bool RouteTable::fits(const Entry& entry, const std::vector<std::string_view>& path) {
  // From the end: many patterns begin alike.
  for (std::size_t i = fixed_segments(entry); i-- > 0;)
    if (entry.segments[i] != path[i] && !is_capture(entry.segments[i])) return false;
  return true;
}

// Both match the same path.
bool RouteTable::is_more_literal(const Entry& a, const Entry& b) {
  const auto most = std::max(a.segments.size(), b.segments.size());
  for (std::size_t i = 0; i < most; ++i) {
    const int of_a = i < a.segments.size() ? weight(a.segments[i]) : 1, of_b = i < b.segments.size() ? weight(b.segments[i]) : 1;
    if (of_a != of_b) return of_a > of_b;
  }
  return false;
}

RouteTable::Match RouteTable::find(std::string_view method, std::string_view path) const {
  const auto raw = segments_of(path);
  Match match;
  const Entry* best = nullptr;
  for (const auto number : candidates(raw.size())) {
    const auto& entry = entries_[number];
    if (!fits(entry, raw)) continue;
    if (entry.method != method && entry.method != "*") {
      if (!best) match.allowed.push_back(entry.method);
    } else if (best == nullptr || is_more_literal(entry, *best)) {
      best = &entry;
    }
  }
  match.segments.assign(raw.begin(), raw.end());
  if (best) {
    match.allowed.clear();
    match.route = static_cast<std::size_t>(best - entries_.data());
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (i < best->segments.size() && !is_capture(best->segments[i])) continue;
      auto decoded = percent_decoded(raw[i]);
      if (decoded)
        match.segments[i] = std::move(*decoded);
      else
        match.malformed = true;
    }
  } else {
    std::sort(match.allowed.begin(), match.allowed.end());
    match.allowed.erase(std::unique(match.allowed.begin(), match.allowed.end()), match.allowed.end());
  }
  return match;
}

PathParameters RouteTable::parameters(const Match& match) const {
  PathParameters parameters;
  if (!match.route) return parameters;
  const auto& segments = entries_[*match.route].segments;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!is_capture(segments[i])) continue;
    auto& value = parameters[std::string{capture_name(segments[i])}];
    value = i < match.segments.size() ? match.segments[i] : std::string{};
    if (is_rest(segments[i]))
      for (auto more = i + 1; more < match.segments.size(); ++more) value += "/" + match.segments[more];
  }
  return parameters;
}

std::string RouteTable::operation(const Match& match) const { return operation(match, parameters(match)); }

std::string RouteTable::operation(const Match& match, const PathParameters& values) const {
  if (!match.route) return {};
  std::string text = entries_[*match.route].operation;
  for (const auto& [name, value] : values)
    if (const auto at = text.find("{" + name + "}"); at != std::string::npos) text.replace(at, name.size() + 2, value);
  return text;
}

std::vector<std::string> RouteTable::operations() const {
  std::vector<std::string> names;
  for (const auto& entry : entries_)
    if (!entry.operation.empty()) names.push_back(entry.operation);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace casewire::http
