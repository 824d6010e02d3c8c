#include "base/text/json_writer.hpp"

#include <algorithm>
#include <charconv>

namespace casewire {
namespace {

bool stands_for_itself(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

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
  if (std::all_of(text.begin(), text.end(), stands_for_itself)) {
    text_ += text;
    return;
  }
  const std::string quoted = dump_json(Json(text));
  text_.append(quoted, 1, quoted.size() - 2);
}

}  // namespace casewire
