#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "bridge/replies/text.hpp"

namespace casewire::bridge::replies {
namespace {

constexpr std::array<std::string_view, 17> kBlocks{"p",  "div", "br", "li", "tr", "h1",  "h2",         "h3",   "h4",
                                                   "h5", "h6",  "ul", "ol", "hr", "pre", "blockquote", "table"};
constexpr std::array<std::string_view, 4> kUnseen{"script", "style", "head", "title"};

struct Named {
  std::string_view name;
  std::uint32_t code;
};
constexpr std::array<Named, 30> kNamed{
    {{"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},    {"nbsp", ' '},
     {"euro", 0x20AC},  {"pound", 0xA3},   {"copy", 0xA9},    {"reg", 0xAE},     {"trade", 0x2122}, {"hellip", 0x2026},
     {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D},
     {"bull", 0x2022},  {"auml", 0xE4},    {"ouml", 0xF6},    {"uuml", 0xFC},    {"Auml", 0xC4},    {"Ouml", 0xD6},
     {"Uuml", 0xDC},    {"szlig", 0xDF},   {"eacute", 0xE9},  {"egrave", 0xE8},  {"agrave", 0xE0},  {"ccedil", 0xE7}}};

std::string utf8_of(std::uint32_t code) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
}

std::optional<std::string> decoded(std::string_view reference) {
  if (reference.starts_with('#')) {
    const bool is_hex = reference.size() > 1 && (reference[1] == 'x' || reference[1] == 'X');
    const auto digits = reference.substr(is_hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return std::nullopt;
    return code == 0xA0 ? " " : utf8_of(code);
  }
  for (const auto& known : kNamed) {
    if (known.name == reference) return utf8_of(known.code);
  }
  return std::nullopt;
}

/// "</DIV class=x>" -> "div"
std::string element_of(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  return lowercase(tag.substr(0, tag.find_first_of(" \t\r\n/")));
}

class Text {
 public:
  void add(char c) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_blank) {
      text_ += c;
    } else if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') {
      text_ += ' ';
    }
  }
  void add_verbatim(std::string_view more) { text_ += more; }
  /// What follows stands at the beginning of a line.
  void begin_line() {
    drop_blanks();
    if (!text_.empty() && !text_.ends_with('\n')) text_ += '\n';
  }
  /// One more line end, but never more than one empty line.
  void break_line() {
    drop_blanks();
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
  }
  std::string taken() { return std::string(trimmed(text_)); }

 private:
  void drop_blanks() {
    while (text_.ends_with(' ')) text_.pop_back();
  }
  std::string text_;
};

}  // namespace

std::string text_of_html(std::string_view html) {
  Text text;
  std::size_t at = 0;
  while (at < html.size()) {
    const char c = html[at];
    if (html.substr(at, 4) == "<!--") {
      const auto end = html.find("-->", at + 4);
      at = end == std::string_view::npos ? html.size() : end + 3;
    } else if (c == '<') {
      const auto end = html.find('>', at);
      if (end == std::string_view::npos) break;
      const auto tag = html.substr(at + 1, end - at - 1);
      const auto element = element_of(tag);
      at = end + 1;
      if (std::find(kUnseen.begin(), kUnseen.end(), element) != kUnseen.end() && !tag.starts_with('/')) {
        // Up to the closing tag, however its letters are cased.
        while (at < html.size() && !equals_ignoring_case(html.substr(at, element.size() + 2), "</" + element)) {
          const auto next = html.find('<', at + 1);
          at = next == std::string_view::npos ? html.size() : next;
        }
      } else if (std::find(kBlocks.begin(), kBlocks.end(), element) != kBlocks.end()) {
        if (element != "br") text.begin_line();
        if (element == "br" || tag == "/p") text.break_line();
      }
    } else if (c == '&') {
      const auto near = html.substr(at + 1, 12);
      const auto end = near.find(';');
      const auto character = end == std::string_view::npos ? std::nullopt : decoded(near.substr(0, end));
      if (character) text.add_verbatim(*character);
      if (!character) text.add(c);
      at += character ? end + 2 : 1;
    } else {
      text.add(c);
      ++at;
    }
  }
  return text.taken();
}

}  // namespace casewire::bridge::replies
