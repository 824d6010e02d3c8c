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

/// Reads HTML from front to back and collects its text.
class Reader {
 public:
  explicit Reader(std::string_view html) : html_(html) {}

  std::string text() {
    while (at_ < html_.size()) {
      if (html_[at_] == '<') {
        read_markup();
      } else if (const auto taken = html_[at_] == '&' ? append_entity(out_, html_, at_) : 0) {
        at_ += taken;
      } else {
        read_character(html_[at_++]);
      }
    }
    while (!out_.empty() && is_blank(out_.back())) out_.pop_back();
    std::string text;  // at most one empty line in a row
    for (const char c : out_)
      if (c != '\n' || !text.ends_with("\n\n")) text += c;
    return text;
  }

 private:
  void read_character(char c) {
    if (!is_blank(c))
      out_ += c;
    else if (!out_.empty() && !is_blank(out_.back()))
      out_ += ' ';
  }

  /// The position behind the next `end`, or the end of everything.
  std::size_t behind(std::string_view end, std::size_t from) const {
    const auto found = html_.find(end, from);
    return found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void read_markup() {
    if (html_.substr(at_, 4) == "<!--") {
      at_ = behind("-->", at_);
      return;
    }
    const auto end = html_.find('>', at_);
    if (end == std::string_view::npos) {
      at_ = html_.size();
      return;
    }
    std::string_view tag = html_.substr(at_ + 1, end - at_ - 1);
    const bool closing = tag.starts_with('/');
    if (closing) tag.remove_prefix(1);
    at_ = end + 1;
    read_tag(lowercase(tag.substr(0, tag.find_first_of(" \t\r\n/"))), closing);
  }

  void read_tag(const std::string& name, bool closing) {
    if (!closing && is_one_of(name, {"script", "style", "head", "title"})) {
      skip_content_of(name);
    } else if (name == "br") {
      while (!out_.empty() && out_.back() == ' ') out_.pop_back();
      out_ += '\n';
    } else if (is_one_of(name, {"p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr"})) {
      start_line(out_);
      if (closing && is_one_of(name, {"p", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4"}) && !out_.empty()) out_ += '\n';
      if (!closing && name == "li") out_ += "- ";
    }
  }

  /// What stands inside is no text. The closing tag is looked for without case, piece by piece.
  void skip_content_of(const std::string& name) {
    auto close = html_.find("</", at_);
    while (close != std::string_view::npos && !equals_ignoring_case(html_.substr(close + 2, name.size()), name))
      close = html_.find("</", close + 2);
    at_ = close == std::string_view::npos ? html_.size() : behind(">", close);
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string text_of_html(std::string_view html) { return Reader{html}.text(); }

}  // namespace casewire::sim::mail
