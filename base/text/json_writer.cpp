#include "base/text/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace casewire {
namespace {

// Whether eight bytes from `bytes` on are all ASCII that stands for itself in a JSON string. `(x - 0x01..) & ~x & 0x80..` is not zero
// if a byte of x is zero; with 0x20.. in place of 0x01.. if one is below 0x20.
bool are_plain(const char* bytes) {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101, kHigh = 0x80 * kEach;
  const auto has_zero = [](std::uint64_t x) { return (x - kEach) & ~x & kHigh; };
  std::uint64_t x = 0;
  std::memcpy(&x, bytes, sizeof x);
  const auto control = (x - ' ' * kEach) & ~x & kHigh;
  return ((x & kHigh) | control | has_zero(x ^ ('"' * kEach)) | has_zero(x ^ ('\\' * kEach))) == 0;
}

bool is_plain(char c) { return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\'; }

// Eight bytes at a time: it is asked of every byte of an answer.
bool is_plain(std::string_view text) {
  if (text.size() < 8) return std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c); });
  for (std::size_t at = 0; at + 8 <= text.size(); at += 8)
    if (!are_plain(text.data() + at)) return false;
  return are_plain(text.data() + text.size() - 8);
}

}  // namespace

void JsonWriter::open(char bracket) {
  separate();
  text_ += bracket;
  needs_comma_ = false;
}

void JsonWriter::close(char bracket) {
  text_ += bracket;
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  string(name);
  text_ += ':';
  needs_comma_ = false;
}

void JsonWriter::integer(std::int64_t value) {
  char digits[20];
  const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, value);
  written({digits, static_cast<std::size_t>(end - digits)});
}

void JsonWriter::string(std::string_view text) {
  separate();
  text_ += '"';
  escaped(text);
  text_ += '"';
  needs_comma_ = true;
}

void JsonWriter::string(std::initializer_list<std::string_view> pieces) {
  separate();
  text_ += '"';
  for (const std::string_view piece : pieces) escaped(piece);
  text_ += '"';
  needs_comma_ = true;
}

void JsonWriter::written(std::string_view json) {
  if (json.empty()) return;
  separate();
  text_ += json;
  needs_comma_ = true;
}

/// Most texts need no escape. The others are left to the library: one place knows escapes, and what becomes of invalid UTF-8.
void JsonWriter::escaped(std::string_view text) {
  if (is_plain(text)) {
    text_ += text;
    return;
  }
  const std::string quoted = dump_json(Json(text));
  text_.append(quoted, 1, quoted.size() - 2);
}

}  // namespace casewire
