#include "sim/mail/html_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "base/text/strings.hpp"

namespace casewire::sim::mail {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6)), byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18)), byte(0x80 | ((code >> 12) & 0x3F)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F));
  }
}

/// Appends the character of `&name;` at `at` and returns how many bytes it took; 0 when it is no entity.
std::size_t append_entity(std::string& out, std::string_view html, std::size_t at) {
  static constexpr std::size_t kLongest = 12;
  // clang-format off
  static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 18> kNamed{{
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}, {"euro", 0x20AC},
      {"auml", 0xE4}, {"ouml", 0xF6}, {"uuml", 0xFC}, {"szlig", 0xDF}, {"eacute", 0xE9}, {"egrave", 0xE8},
      {"ndash", 0x2013}, {"mdash", 0x2014}, {"rsquo", 0x2019}, {"hellip", 0x2026}, {"copy", 0xA9},
  }};
  // clang-format on
  const auto end = html.substr(at, kLongest).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = html.substr(at + 1, end - 1);
  if (name.front() == '#') {
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    const auto [rest, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    if (problem != std::errc{} || rest != digits.data() + digits.size()) return 0;
    append_utf8(out, code);
    return end + 1;
  }
  const auto found = std::find_if(kNamed.begin(), kNamed.end(), [&](const auto& entry) { return entry.first == name; });
  if (found == kNamed.end()) return 0;
  append_utf8(out, found->second);
  return end + 1;
}

bool is_one_of(std::string_view tag, std::initializer_list<std::string_view> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

void start_line(std::string& out) {
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (!out.empty() && out.back() != '\n') out += '\n';
}

}  // namespace

std::string text_of_html(std::string_view html) {
  std::string out;
  std::size_t at = 0;
  while (at < html.size()) {
    const char c = html[at];
    if (c == '<') {
      if (html.substr(at, 4) == "<!--") {
        const auto end = html.find("-->", at);
        at = end == std::string_view::npos ? html.size() : end + 3;
        continue;
      }
      const auto end = html.find('>', at);
      if (end == std::string_view::npos) break;
      std::string_view tag = html.substr(at + 1, end - at - 1);
      const bool closing = !tag.empty() && tag.front() == '/';
      if (closing) tag.remove_prefix(1);
      const std::string name = lowercase(tag.substr(0, tag.find_first_of(" \t\r\n/")));
      at = end + 1;
      if (!closing && is_one_of(name, {"script", "style", "head", "title"})) {
        // Their content is no text. The closing tag is looked for without case, piece by piece.
        std::size_t close = at;
        while ((close = html.find("</", close)) != std::string_view::npos &&
               !equals_ignoring_case(html.substr(close + 2, name.size()), name)) {
          close += 2;
        }
        const auto after = close == std::string_view::npos ? close : html.find('>', close);
        at = after == std::string_view::npos ? html.size() : after + 1;
      } else if (name == "br") {
        while (!out.empty() && out.back() == ' ') out.pop_back();
        out += '\n';
      } else if (is_one_of(name, {"p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr"})) {
        start_line(out);
        if (closing && is_one_of(name, {"p", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4"}) && !out.empty()) out += '\n';
        if (!closing && name == "li") out += "- ";
      }
      continue;
    }
    if (c == '&') {
      if (const auto taken = append_entity(out, html, at)) {
        at += taken;
        continue;
      }
    }
    if (is_blank(c)) {
      if (!out.empty() && !is_blank(out.back())) out += ' ';
    } else {
      out += c;
    }
    ++at;
  }
  while (!out.empty() && is_blank(out.back())) out.pop_back();
  std::string result;  // at most one empty line in a row
  for (const char c : out) {
    if (c == '\n' && result.ends_with("\n\n")) continue;
    result += c;
  }
  return result;
}

}  // namespace casewire::sim::mail
