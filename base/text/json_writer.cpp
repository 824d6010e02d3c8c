#include "base/text/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "base/text/encoding.hpp"
#include "base/text/json_bytes.hpp"
#include "base/text/utf8.hpp"

namespace casewire {
namespace {

constexpr std::size_t kFirstBytes = 256;

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// What stands behind the backslash; 0: no letter does, but the character's number.
char escape_letter(char c) {
  switch (c) {
    case '"':
    case '\\': return c;
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
  }
}

}  // namespace

void JsonWriter::reserve(std::size_t bytes) {
  if (room_ - end_ >= bytes) return;
  room_ = std::max({end_ + bytes, 2 * room_, kFirstBytes});
  auto wider = std::make_unique_for_overwrite<char[]>(room_);
  std::copy_n(text_.get(), end_, wider.get());
  text_ = std::move(wider);
}

std::string JsonWriter::take() {
  needs_comma_ = false;
  return std::string(text_.get(), std::exchange(end_, 0));
}

inline void JsonWriter::put(std::initializer_list<std::string_view> pieces) {
  std::size_t bytes = 1;
  for (const std::string_view piece : pieces) bytes += piece.size();
  char* at = room(bytes);
  if (needs_comma_) *at++ = ',';
  for (const std::string_view piece : pieces) at = std::copy(piece.begin(), piece.end(), at);
  end_ = static_cast<std::size_t>(at - text_.get());
}

void JsonWriter::open(char bracket) {
  put({{&bracket, 1}});
  needs_comma_ = false;
}

void JsonWriter::close(char bracket) {
  *room(1) = bracket;
  ++end_;
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  string(name);
  *room(1) = ':';
  ++end_;
  needs_comma_ = false;
}

void JsonWriter::key_as_written(std::string_view key) {
  put({key});
  needs_comma_ = false;
}

std::string JsonWriter::written_key(std::string_view name) {
  JsonWriter json;
  json.key(name);
  return json.take();
}

void JsonWriter::integer(std::int64_t value) {
  char digits[20];
  const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, value);
  written({digits, static_cast<std::size_t>(end - digits)});
}

void JsonWriter::string(std::string_view text) {
  if (plain_json_bytes(text) != text.size()) return string({text});
  // As put() would, without a loop: most of an answer is this.
  constexpr std::size_t kAround = std::string_view{",\"\""}.size();
  char* at = room(text.size() + kAround);
  if (needs_comma_) *at++ = ',';
  *at++ = '"';
  at = std::copy(text.begin(), text.end(), at);
  *at++ = '"';
  end_ = static_cast<std::size_t>(at - text_.get());
  needs_comma_ = true;
}

void JsonWriter::string(std::initializer_list<std::string_view> pieces) {
  put({"\""});
  needs_comma_ = false;
  for (const std::string_view piece : pieces) escaped(piece);
  put({"\""});
  needs_comma_ = true;
}

void JsonWriter::tree(const Json& value, Members members) {
  switch (value.type()) {
    case Json::value_t::object: {
      const auto& object = value.get_ref<const Json::object_t&>();
      begin_object();
      if (members == Members::as_they_stand) {
        for (const auto& [name, part] : object) {
          key(name);
          tree(part, members);
        }
      } else {
        std::vector<Json::object_t::const_pointer> sorted;
        for (const auto& member : object) sorted.push_back(&member);
        std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
        for (const auto* member : sorted) {
          key(member->first);
          tree(member->second, members);
        }
      }
      return end_object();
    }
    case Json::value_t::array:
      begin_array();
      for (const auto& part : value) tree(part, members);
      return end_array();
    case Json::value_t::string: return string(value.get_ref<const std::string&>());
    case Json::value_t::boolean: return boolean(value.get<bool>());
    case Json::value_t::number_integer: return integer(value.get<Json::number_integer_t>());
    case Json::value_t::null: return null();
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
    case Json::value_t::binary:
    case Json::value_t::discarded: return written(value.dump());
  }
}

void JsonWriter::written(std::string_view json) {
  if (json.empty()) return;
  put({json});
  needs_comma_ = true;
}

void JsonWriter::written(std::initializer_list<std::string_view> pieces) {
  put(pieces);
  needs_comma_ = true;
}

void JsonWriter::escaped(std::string_view text) {
  constexpr std::size_t kEscape = 2;
  for (;;) {
    const auto plain = plain_json_bytes(text);
    char* at = std::copy_n(text.data(), plain, room(plain + kEscape));
    text.remove_prefix(plain);
    const char letter = text.empty() ? '\0' : escape_letter(text.front());
    if (letter != 0) {
      *at++ = '\\';
      *at++ = letter;
      text.remove_prefix(1);
    }
    end_ = static_cast<std::size_t>(at - text_.get());
    if (text.empty()) return;
    if (letter != 0) continue;
    const auto character = prefix_of_characters(text, 1);
    if (character.size() > 1) {
      put({character});
    } else if (is_ascii(text.front())) {
      put({"\\u00", hex(text.substr(0, 1))});
    } else {  // no UTF-8: what becomes of it is the library's affair
      const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
      put({std::string_view{quoted}.substr(1, quoted.size() - 2)});
      return;
    }
    text.remove_prefix(character.size());
  }
}

}  // namespace casewire
