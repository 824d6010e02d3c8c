#pragma once
// A piece of a file whose every byte knows where it came from, also after escapes were resolved and after a value of an
// Examples row took the place of `<column>`: a mistake in the value is then shown in the row, where it must be mended.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.hpp"

namespace casewire::scenarios {

class Located {
 public:
  Located() = default;
  /// `text` stands in one line of the file, its first character at `start`.
  Located(std::string_view text, Position start);

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  /// The place of a byte; of the end of the text when `byte` is its size.
  Position at(std::size_t byte = 0) const;
  /// How many characters of the file [begin, end) covers; 1 when it lies on several lines.
  std::size_t width(std::size_t begin, std::size_t end) const;
  std::size_t width() const { return width(0, text_.size()); }

  Located part(std::size_t begin, std::size_t end) const;
  Located trimmed() const;
  /// One more byte that stands at `at`.
  void push_back(char byte, Position at);
  void append(const Located& more);
  /// Where the text ends; needed for an empty one.
  void set_end(Position end) { end_ = end; }

 private:
  std::string text_;
  std::vector<Position> places_;  ///< one for each byte; the bytes of one character share theirs
  Position end_{};
};

}  // namespace casewire::scenarios
