#pragma once
// A complaint about something a person wrote: where it stands, what is wrong, and what to do about it.
// Never holds a secret or the text of a message.

#include <cstddef>
#include <string>
#include <string_view>

namespace casewire {

/// 1-based; column counts characters (UTF-8 code points), as editors do. Line 0: the whole file is meant.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

struct Where {
  std::string file;  ///< as the user named it; empty when there is none (a request body)
  Position position;
};

struct Diagnostic {
  Where where;
  std::string problem;     ///< one sentence, lower case, no full stop: `expected a duration, found "2 secs"`
  std::string hint{};      ///< what to do; may be empty
  std::size_t length = 1;  ///< how many characters the marker under the source line covers
};

/// `file:line:column: error: problem`, then, where `source` holds the file's text, the line with a marker, then `hint:
/// ...`. Ends with a line feed. The exact text is covered by golden files.
std::string render(const Diagnostic& diagnostic, std::string_view source = {});

/// The position of a byte offset in a text. Offsets past the end give the position after the last character.
Position position_at(std::string_view text, std::size_t byte_offset);

}  // namespace casewire
