#include "base/text/utf8.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>

namespace casewire {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The bytes of the well-formed character at the front (Unicode 15, table 3-7), or 0.
std::size_t front_bytes(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
  const auto lead = byte(0);
  if (text.empty()) return 0;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte's range keeps out overlong forms (E0, F0), surrogates (ED) and what lies above U+10FFFF (F4).
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t at = 2; at < length; ++at) {
    if (at >= text.size() || !is_continuation(text[at])) return 0;
  }
  return length;
}

/// Eight at a time: nearly all of nearly every text is ASCII.
std::size_t ascii_bytes(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080u;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  return at;
}

bool is_removed_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// White_Space and the usual Default_Ignorable code points of Unicode 15, as bytes of one character.
bool is_unseen(std::string_view character) {
  if (character.size() == 1) return static_cast<unsigned char>(character[0]) <= 0x20 || character[0] == 0x7F;
  if (character.size() == 2) {  // C1 controls, NO-BREAK SPACE, SOFT HYPHEN, COMBINING GRAPHEME JOINER, ARABIC LETTER MARK
    return (character[0] == '\xC2' && static_cast<unsigned char>(character[1]) <= 0xA0) || character == "\xC2\xAD" ||
           character == "\xCD\x8F" || character == "\xD8\x9C";
  }
  if (character.starts_with("\xE2\x80")) {  // spaces, joiners, marks of direction, line and paragraph separators
    const auto last = static_cast<unsigned char>(character[2]);
    return last <= 0x8F || (last >= 0xA8 && last <= 0xAF);
  }
  if (character.starts_with("\xE2\x81")) {  // MEDIUM MATHEMATICAL SPACE, WORD JOINER, invisible operators, isolates
    return static_cast<unsigned char>(character[2]) >= 0x9F && static_cast<unsigned char>(character[2]) <= 0xAF;
  }
  return character == "\xE1\x9A\x80" || character == "\xE1\xA0\x8E" || character == "\xE3\x80\x80" ||  // other blanks
         character == "\xE3\x85\xA4" || character == "\xEF\xBB\xBF";                                   // filler, BOM
}

/// Where to cut so that a line, or else a word, stays whole; `hard` when neither ends in the last quarter.
std::size_t soft_cut(std::string_view piece, std::size_t hard) {
  const auto earliest = hard - hard / 4;
  for (const char end : {'\n', ' '}) {
    const auto found = piece.substr(0, hard).rfind(end);
    if (found != std::string_view::npos && found + 1 >= earliest) return found + 1;
  }
  return hard;
}

}  // namespace

bool is_valid_utf8(std::string_view text) { return valid_prefix(text).size() == text.size(); }

std::string_view valid_prefix(std::string_view text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    rest.remove_prefix(ascii_bytes(rest));
    if (rest.empty()) break;
    const auto length = front_bytes(rest);
    if (length == 0) break;
    rest.remove_prefix(length);
  }
  return text.substr(0, text.size() - rest.size());
}

std::string cleaned_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto length = front_bytes(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (!is_removed_control(text.front())) {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    text.remove_prefix(std::max<std::size_t>(front_bytes(text), 1));  // an invalid byte counts as one
  }
  return count;
}

std::string utf8_of(std::uint32_t code) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
}

bool has_visible_text(std::string_view text) {
  while (!text.empty()) {
    const auto length = std::max<std::size_t>(front_bytes(text), 1);
    if (!is_unseen(text.substr(0, length))) return true;
    text.remove_prefix(length);
  }
  return false;
}

std::string_view prefix_of_bytes(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  auto cut = bytes_max;
  // A character has at most three continuation bytes; in broken text more of them say nothing.
  while (cut > 0 && bytes_max - cut < 3 && is_continuation(text[cut])) {
    --cut;
  }
  return text.substr(0, cut);
}

std::string_view prefix_of_characters(std::string_view text, std::size_t characters_max) {
  std::size_t bytes = 0;
  for (std::size_t count = 0; count < characters_max && bytes < text.size(); ++count) {
    bytes += std::max<std::size_t>(front_bytes(text.substr(bytes)), 1);
  }
  return text.substr(0, bytes);
}

std::vector<std::string> split_by_bytes(std::string_view text, std::size_t bytes_max) {
  assert(bytes_max >= 4);
  std::vector<std::string> pieces;
  while (text.size() > bytes_max) {
    const auto cut = soft_cut(text, prefix_of_bytes(text, bytes_max).size());
    pieces.emplace_back(text.substr(0, cut));
    text.remove_prefix(cut);
  }
  if (!text.empty()) {
    pieces.emplace_back(text);
  }
  return pieces;
}

}  // namespace casewire
