#include "scenarios/report/markup.hpp"

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::scenarios::report {
namespace {

// U+FFFE and U+FFFF are valid UTF-8 and invalid XML. DEL is allowed, but terminals and editors act on it.
std::string without_noncharacters(std::string text) {
  for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF", "\x7F"}) {
    for (auto at = text.find(forbidden); at != std::string::npos; at = text.find(forbidden, at)) {
      text.erase(at, forbidden.size());
    }
  }
  return text;
}

}  // namespace

std::string markup_text(std::string_view text) { return html_escaped(without_noncharacters(cleaned_utf8(text))); }

std::string markup_attribute(std::string_view text) {
  std::string out;
  for (const char c : markup_text(text)) {
    switch (c) {
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      case '\t': out += "&#9;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string one_line(std::string_view text, std::size_t characters_max) {
  const std::string_view whole = trimmed(text);
  const std::string_view line = trimmed(whole.substr(0, whole.find_first_of("\r\n")));
  const bool cut = line.size() < whole.size();
  if (character_count(line) + (cut ? 1 : 0) <= characters_max) return std::string(line) + (cut ? "…" : "");
  return std::string(trimmed(prefix_of_characters(line, characters_max - 1))) + "…";
}

}  // namespace casewire::scenarios::report
