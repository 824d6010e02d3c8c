#include "base/text/json_writer.hpp"

#include <charconv>

#include "base/text/encoding.hpp"
#include "base/text/json_bytes.hpp"
#include "base/text/utf8.hpp"

namespace casewire {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

void append_escape(std::string& text, char c) {
  constexpr std::string_view kMeanings = "\"\\\b\f\n\r\t", kLetters = "\"\\bfnrt";
  text += '\\';
  if (const auto at = kMeanings.find(c); at != kMeanings.npos) {
    text += kLetters[at];
  } else {
    text += "u00";
    text += hex({&c, 1});
  }
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

void JsonWriter::key_as_written(std::string_view key) {
  separate();
  text_ += key;
  needs_comma_ = false;
}

std::string JsonWriter::written_key(std::string_view name) {
  std::string text;
  JsonWriter{text}.key(name);
  return text;
}

void JsonWriter::integer(std::int64_t value) {
  char digits[20];
  const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, value);
  written({digits, static_cast<std::size_t>(end - digits)});
}

void JsonWriter::string(std::string_view text) {
  text_.append(needs_comma_ ? ",\"" : "\"", needs_comma_ ? 2 : 1);
  if (plain_json_bytes(text) == text.size()) {
    text_ += text;
  } else {
    escaped(text);
  }
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

void JsonWriter::written(std::initializer_list<std::string_view> pieces) {
  separate();
  for (const std::string_view piece : pieces) text_ += piece;
  needs_comma_ = true;
}

void JsonWriter::escaped(std::string_view text) {
  for (;;) {
    const auto plain = plain_json_bytes(text);
    text_ += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return;
    const auto character = prefix_of_characters(text, 1);
    if (character.size() > 1) {
      text_ += character;
    } else if (is_ascii(text.front())) {
      append_escape(text_, text.front());
    } else {  // no UTF-8: what becomes of it is the library's affair
      const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
      text_.append(quoted, 1, quoted.size() - 2);
      return;
    }
    text.remove_prefix(character.size());
  }
}

}  // namespace casewire
