#pragma once
// JSON written straight into a text, without a tree before it. The bytes are those of dump_json() for the same value; what an
// answer of many rows costs is nearly all in trees that nobody looks at.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/text/json.hpp"

namespace casewire {

/// Puts the commas; that brackets close and every member has one value is the caller's duty.
class JsonWriter {
 public:
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
  /// Any value that exists as a tree; its members as they stand there, or by name.
  enum class Members { as_they_stand, by_name };
  void tree(const Json& value, Members members = Members::as_they_stand);
  /// JSON that was written before: one value, or in an array several with commas between. Empty: nothing.
  void written(std::string_view json);
  /// The same in pieces; in an object one member or several, with their keys.
  void written(std::initializer_list<std::string_view> pieces);
  /// A key as written_key() made it, for those who write it again and again.
  void key_as_written(std::string_view key);
  static std::string written_key(std::string_view name);

  /// Of what is written so far.
  std::size_t bytes() const { return end_; }
  /// Room for so many more.
  void reserve(std::size_t bytes);
  /// What was written; the writer begins anew.
  std::string take();

 private:
  void open(char bracket);
  void close(char bracket);
  /// The comma, if one is due, and these.
  void put(std::initializer_list<std::string_view> pieces);
  /// Where the next `bytes` go.
  char* room(std::size_t bytes) {
    if (room_ - end_ < bytes) reserve(bytes);
    return text_.get() + end_;
  }
  void escaped(std::string_view text);

  // No string: one that grows piece by piece costs more than what is in the pieces.
  std::unique_ptr<char[]> text_{};
  std::size_t room_ = 0;
  std::size_t end_ = 0;
  bool needs_comma_ = false;
};

}  // namespace casewire
