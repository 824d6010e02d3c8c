#pragma once
// What in a text belongs to one run only: instants in any of the vendors' spellings, record ids, UUIDs, tokens, pseudonyms of
// secrets. A replay runs at another time and under other ids than the recording, so these are bound (binding.hpp) and not compared.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::scenarios {

struct Piece {
  enum class Kind {
    words,  ///< what everybody says alike
    time,
    id,
  };
  Kind kind = Kind::words;
  std::string_view text;
  WallTime at{};  ///< of a time
};

/// The whole text, in order; no piece is empty, and no two `words` stand beside each other. Times: ISO 8601, RFC 5322, HTTP and
/// asctime-like dates, and seconds or milliseconds since 1970 from 2016 to 2033. A day alone is a date that people mean, not a run's.
std::vector<Piece> pieces_of(std::string_view text);

/// Another instant in the spelling of this time.
std::string respelled(const Piece& time, WallTime at);

/// Seconds or milliseconds since 1970, of a year that a recording can be of.
bool is_epoch(std::string_view digits);

}  // namespace casewire::scenarios
