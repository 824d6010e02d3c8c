#include "base/text/utf8.hpp"

#include <algorithm>
#include <cassert>

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

bool is_removed_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
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

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto length = front_bytes(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
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
