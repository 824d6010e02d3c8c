#include "scenarios/tape/multipart.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

/// Up to and with the line's end; the line itself without it.
std::string_view line_of(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Part part_of(std::string_view text) {
  Part part;
  while (!text.empty()) {
    const std::string_view line = line_of(text);
    if (line.empty()) break;
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      part.headers.add(std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
    }
  }
  part.body = text;
  return part;
}

/// Where the next delimiter line begins: at the start of `text`, or behind a line's end.
std::size_t find_delimiter(std::string_view text, const std::string& delimiter) {
  for (std::size_t at = text.find(delimiter); at != std::string_view::npos; at = text.find(delimiter, at + 1)) {
    if (at == 0 || text[at - 1] == '\n') return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<std::vector<Part>> parts_of(std::string_view body, std::string_view boundary) {
  if (boundary.empty()) return std::nullopt;
  const std::string delimiter = "--" + std::string(boundary);
  std::size_t at = find_delimiter(body, delimiter);
  if (at == std::string_view::npos) return std::nullopt;
  std::vector<Part> parts;
  body.remove_prefix(at + delimiter.size());
  while (!body.starts_with("--")) {
    (void)line_of(body);
    at = find_delimiter(body, delimiter);
    if (at == std::string_view::npos) return std::nullopt;
    std::string_view part = body.substr(0, at);
    if (part.ends_with('\n')) part.remove_suffix(1);
    if (part.ends_with('\r')) part.remove_suffix(1);
    parts.push_back(part_of(part));
    body.remove_prefix(at + delimiter.size());
  }
  return parts;
}

}  // namespace casewire::scenarios
