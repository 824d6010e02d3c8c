#include "scenarios/tape/letters.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/late/glib.hpp"
#include "base/text/ascii.hpp"

namespace casewire::scenarios {

namespace {

/// Of the scripts that are written most: by ranges, so that no table needs to be asked. Ranges of one `alphabet` are its capital and small letters.
struct Range {
  char32_t first, last;
  unsigned alphabet;
};
constexpr std::array<Range, 22> kRanges{{{U'0', U'9', 0},      {U'a', U'z', 1},     {U'A', U'Z', 1},      {0xE0, 0xF6, 2},
                                         {0xC0, 0xD6, 2},      {0xF8, 0xFE, 3},     {0xD8, 0xDE, 3},      {0x100, 0x17F, 4},
                                         {0x3B1, 0x3C9, 5},    {0x391, 0x3A1, 6},   {0x3A3, 0x3A9, 7},    {0x430, 0x44F, 8},
                                         {0x410, 0x42F, 8},    {0x5D0, 0x5EA, 9},   {0x621, 0x63A, 10},   {0x641, 0x64A, 11},
                                         {0x905, 0x939, 12},   {0xE01, 0xE2E, 13},  {0x3041, 0x3096, 14}, {0x30A1, 0x30FA, 15},
                                         {0x4E00, 0x9FFF, 16}, {0xAC00, 0xD7A3, 17}}};

const Range* range_of(char32_t code) {
  const auto found =
      std::find_if(kRanges.begin(), kRanges.end(), [&](const Range& range) { return code >= range.first && code <= range.last; });
  return found == kRanges.end() ? nullptr : &*found;
}

std::size_t utf8_bytes(char32_t code) { return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4; }

bool is_unknown(char32_t code) {
  const GUnicodeType type = g_unichar_type(code);
  return type == G_UNICODE_UNASSIGNED || type == G_UNICODE_PRIVATE_USE;
}

/// U+24D2 is `c` in a circle.
bool is_letter_in_disguise(char32_t code) {
  if (g_unichar_type(code) != G_UNICODE_OTHER_SYMBOL) return false;
  std::array<gunichar, G_UNICHAR_MAX_DECOMPOSITION_LENGTH> meant{};
  const gsize length = g_unichar_fully_decompose(code, TRUE, meant.data(), meant.size());
  return std::any_of(meant.begin(), meant.begin() + static_cast<std::ptrdiff_t>(std::min<gsize>(length, meant.size())),
                     [](gunichar one) { return g_unichar_isalnum(one); });
}

/// Both letters are scattered and as long, so either can be found by the other.
bool is_of_a_pair(char32_t small, char32_t capital) {
  return small != capital && g_unichar_toupper(small) == capital && g_unichar_tolower(capital) == small &&
         utf8_bytes(small) == utf8_bytes(capital) && range_of(small) == nullptr && range_of(capital) == nullptr;
}

/// What letters have in common that may stand for one another.
using Kinship = std::tuple<int, int, std::size_t, char32_t>;
Kinship kinship_of(char32_t code, GUnicodeType type, bool is_pair) {
  // Ten digits follow each other, and a number is written in one kind of them.
  const auto value = type == G_UNICODE_DECIMAL_NUMBER ? static_cast<char32_t>(g_unichar_digit_value(code)) : code;
  return {static_cast<int>(g_unichar_get_script(code)), is_pair ? -1 : static_cast<int>(type), utf8_bytes(code), code - value};
}

using Letters = std::shared_ptr<const std::vector<char32_t>>;

const std::map<Kinship, Letters>& scattered_letters() {
  static const std::map<Kinship, Letters> all = [] {
    constexpr char32_t kPlanesWithLetters = 0x40000;
    std::map<Kinship, std::vector<char32_t>> lists;
    for (char32_t code = 0x80; code < kPlanesWithLetters; ++code) {
      if (!is_word_character(code) || is_unknown(code) || range_of(code) != nullptr) continue;
      if (is_of_a_pair(g_unichar_tolower(code), code)) continue;  // its small letter stands there
      lists[kinship_of(code, g_unichar_type(code), is_of_a_pair(code, g_unichar_toupper(code)))].push_back(code);
    }
    std::map<Kinship, Letters> kept;
    for (auto& [kinship, letters] : lists) kept.emplace(kinship, std::make_shared<std::vector<char32_t>>(std::move(letters)));
    return kept;
  }();
  return all;
}

/// The neighbours that mean nothing either.
Letters unknown_neighbours(char32_t code) {
  constexpr char32_t kNeighbours = 64;  // as many as are of one length for sure
  std::vector<char32_t> letters;
  const char32_t first = code - code % kNeighbours;
  for (char32_t one = first; one < first + kNeighbours; ++one) {
    if (g_unichar_type(one) == g_unichar_type(code) && range_of(one) == nullptr) letters.push_back(one);
  }
  return std::make_shared<std::vector<char32_t>>(std::move(letters));
}

}  // namespace

bool is_word_character(char32_t code) {
  if (code < 0x80) return is_alphanumeric(static_cast<char>(code));
  switch (g_unichar_type(code)) {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE: return true;
    default: return range_of(code) != nullptr || is_letter_in_disguise(code);
  }
}

char32_t small_letter(char32_t code) {
  if (code < 0x80) return code >= U'A' && code <= U'Z' ? code + 32 : code;
  return g_unichar_tolower(code);
}

char32_t Kin::letter(std::size_t at) const {
  if (!scattered) return first + static_cast<char32_t>(at);
  return is_capital ? g_unichar_toupper((*scattered)[at]) : (*scattered)[at];
}

std::optional<Kin> kin_of(char32_t code) {
  if (const Range* range = range_of(code); range != nullptr) {
    return Kin{.name = std::string(1, static_cast<char>('a' + range->alphabet)),
               .count = range->last - range->first + 1,
               .place = code - range->first,
               .first = range->first};
  }
  if (!is_word_character(code)) return std::nullopt;
  const GUnicodeType type = g_unichar_type(code);
  const bool is_mark = type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
  const GUnicodeScript script = g_unichar_get_script(code);
  if (is_mark && (script == G_UNICODE_SCRIPT_INHERITED || script == G_UNICODE_SCRIPT_COMMON)) return std::nullopt;

  const bool is_capital = is_of_a_pair(g_unichar_tolower(code), code);
  const char32_t listed = is_capital ? g_unichar_tolower(code) : code;
  const bool is_pair = is_capital || is_of_a_pair(code, g_unichar_toupper(code));
  const Kinship kinship =
      is_unknown(code) ? Kinship{-1, static_cast<int>(type), 0, code / 64} : kinship_of(listed, g_unichar_type(listed), is_pair);
  Letters letters;
  if (is_unknown(code)) {
    letters = unknown_neighbours(code);
  } else if (const auto found = scattered_letters().find(kinship); found != scattered_letters().end()) {
    letters = found->second;
  }
  if (!letters) return std::nullopt;
  const auto place = std::lower_bound(letters->begin(), letters->end(), listed);
  const auto& [of_script, kind, bytes, digits] = kinship;
  return Kin{.name = "(" + std::to_string(of_script) + "," + std::to_string(kind) + "," + std::to_string(bytes) + "," +
                     std::to_string(static_cast<unsigned>(digits)) + ")",
             .count = letters->size(),
             .place = static_cast<std::size_t>(place - letters->begin()),
             .scattered = std::move(letters),
             .is_capital = is_capital};
}

}  // namespace casewire::scenarios
