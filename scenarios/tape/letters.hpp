#pragma once
// The letters of all scripts: which may stand for which, so that a word stays one of its script, its case and its length in bytes.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace casewire::scenarios {

/// Words are made of letters, of digits, of marks on letters, of symbols that are a letter in a circle, and of whatever has no meaning in Unicode, for
/// it may have one by now.
bool is_word_character(char32_t code);
/// The small letter, as far as identity goes.
char32_t small_letter(char32_t code);

/// Letters that may stand for one another, and which of them a letter is.
struct Kin {
  std::string name;  ///< no others have it; capitals and small letters that are pairs have one
  std::size_t count = 0, place = 0;
  char32_t first = 0;                                        ///< of letters that follow each other,
  std::shared_ptr<const std::vector<char32_t>> scattered{};  ///< or all of them, the small ones of pairs
  bool is_capital = false;                                   ///< of a scattered pair

  char32_t letter(std::size_t at) const;
};
/// Nullopt: nothing stands for it. So it is with what is no letter, and with accents of no script, which say nothing without their letter.
std::optional<Kin> kin_of(char32_t code);

}  // namespace casewire::scenarios
