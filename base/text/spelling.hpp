#pragma once
// A text as its characters, each with the way in which it is written: plain, percent-escaped (once or twice), as an HTML reference, as
// quoted-printable, as a JSON escape. Who changes characters writes them back in the spelling they came in.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/utf8.hpp"

namespace casewire {

struct Character {
  enum class Spelling {
    plain,
    percent,           ///< %C3%BC
    percent_twice,     ///< %25C3%25BC
    reference,         ///< &uuml; &#252; &#xFC;
    quoted_printable,  ///< =C3=BC
    json,              ///< \u00fc
    nothing,           ///< a soft line break: no character at all
  };
  char32_t code = 0;
  Spelling spelling = Spelling::plain;
  std::string_view written;  ///< in the text that was read
};

/// The one that a text begins with; there is one.
Character first_character(std::string_view text);
/// Of valid UTF-8. What looks like an escape and is none stands for itself.
std::vector<Character> characters_of(std::string_view text);

/// That character in the spelling of another.
std::string spelled_as(const Character& spelling, char32_t code);

/// That character, plain, behind a text.
inline void append_character(std::string& text, char32_t code) {
  code < 0x80 ? text.push_back(static_cast<char>(code)) : void(text += utf8_of(static_cast<std::uint32_t>(code)));
}

/// What a reader sees: every escape resolved.
std::string plain_of(std::string_view text);

}  // namespace casewire
