#pragma once
// JSON written straight into a text, without a tree before it. The bytes are those of dump_json() for the same value; what an
// answer of many rows costs is nearly all in trees that nobody looks at.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/text/json.hpp"

namespace casewire {

/// Appends to a text that it borrows. Puts the commas; that brackets close and every member has one value is the caller's duty.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& text) : text_(text) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void null() { written("null"); }
  void boolean(bool value) { written(value ? "true" : "false"); }
  void integer(std::int64_t value);
  void string(std::string_view text);
  /// One string, given in pieces.
  void string(std::initializer_list<std::string_view> pieces);
  /// Any value that exists as a tree.
  void tree(const Json& value) { written(dump_json(value)); }
  /// JSON that was written before: one value, or in an array several with commas between. Empty: nothing.
  void written(std::string_view json);
  /// The same in pieces; in an object one member or several, with their keys.
  void written(std::initializer_list<std::string_view> pieces);
  /// A key as written_key() made it, for those who write it again and again.
  void key_as_written(std::string_view key);
  static std::string written_key(std::string_view name);

 private:
  void open(char bracket);
  void close(char bracket);
  void separate() {
    if (needs_comma_) text_ += ',';
  }
  void escaped(std::string_view text);

  std::string& text_;
  bool needs_comma_ = false;
};

}  // namespace casewire
