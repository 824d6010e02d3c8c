#include "base/http/route_table.hpp"

#include <algorithm>

#include "base/text/encoding.hpp"

namespace casewire::http {
namespace {

/// The segments between slashes; empty ones (doubled and trailing slashes) do not count.
std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  segments.reserve(8);
  for (std::size_t at = 0; at < path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    if (end > at) segments.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return segments;
}

bool is_capture(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }
bool is_rest(std::string_view segment) { return is_capture(segment) && segment.ends_with("...}"); }

std::string_view capture_name(std::string_view capture) {
  return capture.substr(1, capture.size() - (is_rest(capture) ? std::string_view{"{...}"}.size() : 2));
}

}  // namespace

std::size_t RouteTable::add(std::string method, std::string_view pattern, std::string operation) {
  const auto segments = segments_of(pattern);
  const auto number = entries_.size();
  auto* node = &root_;
  for (const auto segment : segments) {
    if (is_rest(segment)) break;
    auto& next = is_capture(segment) ? node->capture : node->literals[std::string{segment}];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  (!segments.empty() && is_rest(segments.back()) ? node->rest : node->here).push_back(number);
  entries_.push_back(
      {.method = std::move(method), .segments = {segments.begin(), segments.end()}, .operation = std::move(operation)});
  return number;
}

std::optional<std::size_t> RouteTable::Search::among(const std::vector<std::size_t>& routes) const {
  for (const auto number : routes) {
    const auto& of_route = table.entries_[number].method;
    if (of_route == method || of_route == "*") return number;
    allowed.push_back(of_route);
  }
  return std::nullopt;
}

std::optional<std::size_t> RouteTable::Search::from(const Node& node, std::size_t segment) const {
  std::optional<std::size_t> found;
  if (segment == path.size()) {
    found = among(node.here);
  } else {
    const auto literal = node.literals.find(path[segment]);
    if (literal != node.literals.end()) found = from(*literal->second, segment + 1);
    if (!found && node.capture) found = from(*node.capture, segment + 1);
  }
  return found ? found : among(node.rest);
}

RouteTable::Match RouteTable::find(std::string_view method, std::string_view path) const {
  const auto raw = segments_of(path);
  Match match;
  match.route = Search{*this, method, raw, match.allowed}.from(root_, 0);
  match.segments.assign(raw.begin(), raw.end());
  if (match.route) {
    match.allowed.clear();
    const auto& pattern = entries_[*match.route].segments;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (i < pattern.size() && !is_capture(pattern[i])) continue;
      if (raw[i].find('%') == std::string_view::npos) continue;
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
