#include "base/text/spelling.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/text/ascii.hpp"
#include "base/text/html_references.hpp"
#include "base/text/utf8.hpp"

namespace casewire {

namespace {

using Spelling = Character::Spelling;

/// Bytes in the code point that begins with this one; 0: none does.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

char32_t code_of(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  char32_t code = bytes.size() == 1 ? byte(0) : byte(0) & (0x7Fu >> bytes.size());
  for (std::size_t i = 1; i < bytes.size(); ++i) code = (code << 6) | (byte(i) & 0x3Fu);
  return code;
}

/// A code point whose bytes are each written behind `mark` in two hexadecimal digits.
std::optional<Character> escaped_bytes(std::string_view text, std::string_view mark, Spelling spelling) {
  std::string bytes;
  std::size_t at = 0, wanted = 1;
  while (bytes.size() < wanted) {
    if (text.substr(at, mark.size()) != mark || text.size() < at + mark.size() + 2) return std::nullopt;
    const int high = hex_value(text[at + mark.size()]), low = hex_value(text[at + mark.size() + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
    if (bytes.size() == 1) wanted = length_of(static_cast<unsigned char>(bytes[0]));
    at += mark.size() + 2;
  }
  if (!is_valid_utf8(bytes)) return std::nullopt;
  return Character{code_of(bytes), spelling, text.substr(0, at)};
}

std::optional<Character> json_escape(std::string_view text) {
  const auto unit = [&](std::size_t at) -> int {
    if (text.size() < at + 6 || text[at] != '\\' || text[at + 1] != 'u') return -1;
    int value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const int digit = hex_value(text[i]);
      if (digit < 0) return -1;
      value = value * 16 + digit;
    }
    return value;
  };
  constexpr std::string_view kLetters = "nrtbf\"\\/", kMeant = "\n\r\t\b\f\"\\/";
  if (const std::size_t letter = text.size() > 1 ? kLetters.find(text[1]) : std::string_view::npos;
      letter != std::string_view::npos) {
    return Character{static_cast<char32_t>(kMeant[letter]), Spelling::json, text.substr(0, 2)};
  }
  const int first = unit(0);
  if (first < 0) return std::nullopt;
  if (first < 0xD800 || first > 0xDFFF) return Character{static_cast<char32_t>(first), Spelling::json, text.substr(0, 6)};
  const int second = unit(6);
  if (first > 0xDBFF || second < 0xDC00 || second > 0xDFFF) return std::nullopt;
  const auto code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  return Character{static_cast<char32_t>(code), Spelling::json, text.substr(0, 12)};
}

std::optional<Character> reference(std::string_view text) {
  const HtmlReference found = html_reference_at(text, 0);
  if (found.bytes == 0 || found.utf8.empty() || length_of(static_cast<unsigned char>(found.utf8[0])) != found.utf8.size()) {
    return std::nullopt;
  }
  return Character{code_of(found.utf8), Spelling::reference, text.substr(0, found.bytes)};
}

bool is_of_one_byte(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool may_begin_escape(char c) { return c == '%' || c == '=' || c == '\\' || c == '&'; }

std::optional<Character> escape(std::string_view text) {
  switch (text[0]) {
    case '%': {
      auto twice = escaped_bytes(text, "%25", Spelling::percent_twice);
      return twice ? twice : escaped_bytes(text, "%", Spelling::percent);
    }
    case '=':
      if (text.starts_with("=\r\n")) return Character{0, Spelling::nothing, text.substr(0, 3)};
      if (text.starts_with("=\n")) return Character{0, Spelling::nothing, text.substr(0, 2)};
      return escaped_bytes(text, "=", Spelling::quoted_printable);
    case '\\': return json_escape(text);
    case '&': return reference(text);
    default: return std::nullopt;
  }
}

std::string behind(std::string_view mark, std::string_view bytes, bool lower) {
  const char* digits = lower ? "0123456789abcdef" : "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += mark;
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

bool has_lower_hex(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'f'; });
}

std::string json_unit(std::uint32_t unit, bool lower) {
  const std::string bytes{static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
  return "\\u" + behind("", bytes, lower);
}

}  // namespace

Character first_character(std::string_view text) {
  if (is_of_one_byte(text[0]) && !may_begin_escape(text[0]))
    return {static_cast<unsigned char>(text[0]), Spelling::plain, text.substr(0, 1)};
  if (auto found = escape(text)) return *found;
  const std::size_t length = std::max<std::size_t>(std::min(length_of(static_cast<unsigned char>(text[0])), text.size()), 1);
  return {code_of(text.substr(0, length)), Spelling::plain, text.substr(0, length)};
}

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> all;
  while (!text.empty()) {
    all.push_back(first_character(text));
    text.remove_prefix(all.back().written.size());
  }
  return all;
}

std::string spelled_as(const Character& spelling, char32_t code) {
  if (code == spelling.code || spelling.spelling == Spelling::nothing) return std::string(spelling.written);
  const std::string bytes = utf8_of(code);
  const bool lower = has_lower_hex(spelling.written);
  switch (spelling.spelling) {
    case Spelling::plain:
    case Spelling::nothing: return bytes;
    case Spelling::percent: return behind("%", bytes, lower);
    case Spelling::percent_twice: return behind("%25", bytes, lower);
    case Spelling::quoted_printable: return behind("=", bytes, lower);
    case Spelling::json:
      if (code < 0x10000) return json_unit(code, lower);
      return json_unit(0xD800 + ((code - 0x10000) >> 10), lower) + json_unit(0xDC00 + ((code - 0x10000) & 0x3FF), lower);
    case Spelling::reference: return "&#" + std::to_string(static_cast<std::uint32_t>(code)) + ";";
  }
  return bytes;
}

std::string plain_of(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const auto escape = std::find_if(text.begin(), text.end(), [](char c) { return may_begin_escape(c) || !is_of_one_byte(c); });
    const auto before = static_cast<std::size_t>(escape - text.begin());
    plain.append(text, 0, before);
    text.remove_prefix(before);
    if (text.empty()) break;
    const Character character = first_character(text);
    if (character.spelling != Spelling::nothing) append_character(plain, character.code);
    text.remove_prefix(character.written.size());
  }
  return plain;
}

}  // namespace casewire
