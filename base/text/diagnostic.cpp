#include "base/text/diagnostic.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"

namespace casewire {
namespace {

// A request body may be one line of megabytes: only this much of it is shown, around the marked column.
constexpr std::size_t kShownCharacters = 160;
constexpr std::size_t kShownBefore = 100;

std::string_view line_of(std::string_view source, std::size_t line) {
  for (std::size_t at = 1; at < line; ++at) {
    const auto end = source.find('\n');
    if (end == std::string_view::npos) {
      return {};
    }
    source.remove_prefix(end + 1);
  }
  auto found = source.substr(0, source.find('\n'));
  if (found.ends_with('\r')) {
    found.remove_suffix(1);
  }
  return found;
}

std::string right_aligned(std::size_t number) {
  auto text = std::to_string(number);
  return std::string(text.size() < 5 ? 5 - text.size() : 0, ' ') + text;
}

// Control characters of a foreign text must not reach a terminal.
std::string printable(std::string_view text) {
  std::string out = cleaned_utf8(text);
  std::erase_if(out, [](char c) { return c == '\r' || c == '\x7f'; });
  return out;
}

std::string marked_line(const Diagnostic& diagnostic, std::string_view line) {
  const auto [number, column] = diagnostic.where.position;
  const std::size_t before_all = column > 0 ? column - 1 : 0;
  const std::size_t skipped = before_all > kShownBefore ? before_all - kShownBefore : 0;
  line.remove_prefix(prefix_of_characters(line, skipped).size());
  const auto shown = prefix_of_characters(line, kShownCharacters);
  const auto before = prefix_of_characters(shown, before_all - skipped);
  const std::string lead = skipped > 0 ? "..." : "";
  const std::string tail = shown.size() < line.size() ? "..." : "";

  // Tabs are kept in the marker's line, so that it stands right whatever a tab is worth.
  std::string indent(lead.size(), ' ');
  for (std::size_t at = 0; at < before.size();) {
    const auto character = prefix_of_characters(before.substr(at), 1);
    const auto seen = printable(character);
    indent += seen.empty() ? "" : seen == "\t" ? "\t" : " ";
    at += character.size();
  }
  const auto room = std::max<std::size_t>(1, character_count(shown) - character_count(before));
  const auto length = std::clamp<std::size_t>(diagnostic.length, 1, room);
  return right_aligned(number) + " | " + lead + printable(shown) + tail + "\n      | " + indent + "^" +
         std::string(length - 1, '~') + "\n";
}

}  // namespace

std::string render(const Diagnostic& diagnostic, std::string_view source) {
  const auto& [file, position] = diagnostic.where;
  std::string place = file;
  if (position.line > 0) {
    place += (place.empty() ? "" : ":") + std::to_string(position.line) + ":" + std::to_string(position.column);
  }
  std::string out = place.empty() ? "" : place + ": ";
  out += "error: " + diagnostic.problem + "\n";
  if (!source.empty() && position.line > 0) {
    out += marked_line(diagnostic, line_of(source, position.line));
  }
  if (!diagnostic.hint.empty()) {
    out += "hint: " + diagnostic.hint + "\n";
  }
  return out;
}

Position position_at(std::string_view text, std::size_t byte_offset) {
  const auto before = text.substr(0, std::min(byte_offset, text.size()));
  const auto line_feeds = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const auto last = before.rfind('\n');
  const auto line_start = last == std::string_view::npos ? 0 : last + 1;
  return {line_feeds + 1, character_count(before.substr(line_start)) + 1};
}

}  // namespace casewire
