#include "scenarios/tape/redacted_text.hpp"

#include <algorithm>
#include <array>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/letters.hpp"
#include "scenarios/tape/lexemes.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/run_values.hpp"
#include "scenarios/tape/vendor_names.hpp"

namespace casewire::scenarios {

namespace {

constexpr int kEncodingsMax = 6;  // of encodings within each other

std::string utf8_of_all(std::u32string_view text) {
  std::string bytes;
  for (const char32_t c : text) append_character(bytes, c);
  return bytes;
}

bool is_ascii_alnum(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_ascii_letter(char32_t c) { return is_ascii_alnum(c) && c > U'9'; }

/// The name or number that begins there.
std::string name_at(std::u32string_view text, std::size_t at) {
  std::string name;
  for (; at < text.size() && (is_ascii_alnum(text[at]) || text[at] == U'_'); ++at) name += static_cast<char>(text[at]);
  return name;
}

bool tells_nothing(const std::string& name) {
  const bool is_number = std::all_of(name.begin(), name.end(), is_digit);
  return is_number ? name.size() < kTellingDigits : is_vendor_name(name);
}

void keep_names(std::u32string_view text, std::size_t begin, std::size_t end, RedactedText::Numbers numbers,
                std::vector<bool>& kept) {
  for (std::size_t at = begin; at < end;) {
    const std::string name = name_at(text.substr(0, end), at);
    const bool is_number = !name.empty() && std::all_of(name.begin(), name.end(), is_digit);
    const bool stays = !name.empty() && ((is_number && numbers == RedactedText::Numbers::all) || tells_nothing(name));
    if (stays) std::fill_n(kept.begin() + static_cast<std::ptrdiff_t>(at), name.size(), true);
    at += std::max<std::size_t>(name.size(), 1);
  }
}

std::string folded(std::u32string_view word) {
  std::string small;
  for (const char32_t c : word) append_character(small, small_letter(c));
  return small;
}

}  // namespace

bool RedactedText::stays(std::string_view member) const { return redactor_.policy_.members.contains(lowercase(member)); }

bool RedactedText::is_told_in_names(std::string_view header) const { return redactor_.policy_.headers.contains(header); }

std::string RedactedText::left(std::string_view text) {
  std::string word;
  for (std::string_view rest = text; !rest.empty();) {
    const Character character = first_character(rest);
    rest.remove_prefix(character.written.size());
    if (is_word_character(character.code)) {
      append_character(word, small_letter(character.code));
    } else if (!word.empty()) {
      words_.left.insert(word);
      word.clear();
    }
  }
  if (!word.empty()) words_.left.insert(word);
  return std::string(text);
}

std::string RedactedText::of(std::string_view text, int depth) {
  if (!is_valid_utf8(text)) return of_bytes(text);
  std::string result;
  std::size_t at = 0;
  if (depth < kEncodingsMax) {
    for (const EncodedBlock& block : encoded_blocks(text)) {
      result += of_characters(text.substr(at, block.begin - at)) +
                of_block(block, text.substr(block.begin, block.end - block.begin), depth);
      at = block.end;
    }
  }
  return result + of_characters(text.substr(at));
}

std::string RedactedText::of_block(const EncodedBlock& block, std::string_view written, int depth) {
  const std::string other = of(block.decoded, depth + 1);
  return other == block.decoded ? std::string(written) : encoded_like(written, block.code, other);
}

std::string RedactedText::of_characters(std::string_view text,
                                        const std::function<void(std::u32string_view, std::vector<bool>&)>& keep) {
  const std::vector<Character> characters = characters_of(text);
  std::u32string plain;
  for (const Character& character : characters) {
    if (character.spelling != Character::Spelling::nothing) plain += character.code;
  }
  std::vector<bool> kept(plain.size(), false);
  keep_hosts(plain, kept);
  keep_tags(plain, kept);
  if (keep) keep(plain, kept);

  const std::string bytes = utf8_of_all(plain);
  std::size_t at = 0;
  for (const Piece& piece : pieces_of(bytes)) {
    const std::size_t size = character_count(piece.text);
    std::u32string other;
    if (piece.kind == Piece::Kind::id && !is_pseudonym(piece.text) && !kept[at]) {
      const bool uuid = piece.text.size() == 36 && piece.text[8] == '-';
      const bool record = !uuid && (piece.text.size() == 15 || piece.text.size() == 18) && piece.text[5] == '0';
      if (uuid || record) {
        const std::string id = uuid ? redactor_.disguise_.uuid(piece.text) : redactor_.disguise_.salesforce_id(piece.text);
        other.assign(id.begin(), id.end());
        note(plain.substr(at, size), other);
      }
    }
    if (!other.empty()) {
      std::copy(other.begin(), other.end(), plain.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (is_pseudonym(piece.text)) {
      left(piece.text);
    } else if (piece.kind != Piece::Kind::time) {
      disguise(plain, at, at + size, kept);
    }
    at += size;
  }

  std::string result;
  std::size_t next = 0;
  for (const Character& character : characters) {
    const bool none = character.spelling == Character::Spelling::nothing;
    if (character.spelling == Character::Spelling::plain) {
      append_character(result, plain[next]);
    } else {
      result += spelled_as(character, none ? 0 : plain[next]);
    }
    next += none ? 0 : 1;
  }
  return result;
}

void RedactedText::disguise(std::u32string& text, std::size_t begin, std::size_t end, const std::vector<bool>& kept) {
  for (std::size_t at = begin; at < end;) {
    if (!is_word_character(text[at])) {
      ++at;
      continue;
    }
    std::size_t stop = at;
    while (stop < end && is_word_character(text[stop])) ++stop;
    const std::u32string word = text.substr(at, stop - at);
    // A digit alone tells of nobody, and picklists (`Status` of an EmailMessage) and counts are made of them.
    const bool is_one_digit = word.size() == 1 && word[0] >= U'0' && word[0] <= U'9';
    const std::string plain = folded(word);
    if (!kept[at] && !is_one_digit && !redactor_.policy_.words.contains(plain)) {
      const std::u32string other = redactor_.disguise_.word(word);
      note(word, other);
      std::copy(other.begin(), other.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      words_.left.insert(plain);
    }
    at = stop;
  }
}

void RedactedText::note(std::u32string_view before, std::u32string_view after) {
  words_.put_in.insert(folded(after));
  if (before.size() >= kTellingCharacters) words_.taken_out.insert(folded(before));
}

/// The hosts of the vendors, and the last label of anybody's: an address stays one.
void RedactedText::keep_hosts(std::u32string_view text, std::vector<bool>& kept) const {
  const auto is_host = [](char32_t c) { return is_ascii_alnum(c) || c == U'.' || c == U'-'; };
  for (std::size_t at = 0; at < text.size();) {
    if (!is_host(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    std::string host;
    while (end < text.size() && is_host(text[end])) host += static_cast<char>(text[end++]);
    while (host.ends_with('.')) host.pop_back();
    const std::size_t last = at + host.size();
    const std::string lower = lowercase(host);
    std::size_t from = last;
    for (const std::string& known : redactor_.policy_.hosts) {
      const bool is_it =
          lower.ends_with(known) && (lower.size() == known.size() || lower[lower.size() - known.size() - 1] == '.');
      if (is_it) from = std::min(from, last - known.size());
    }
    const bool address = at > 0 && (text[at - 1] == U'@' || (at > 1 && text[at - 1] == U'/' && text[at - 2] == U'/'));
    if (const std::size_t dot = host.rfind('.'); address && dot != std::string::npos) from = std::min(from, at + dot + 1);
    std::fill(kept.begin() + static_cast<std::ptrdiff_t>(from), kept.begin() + static_cast<std::ptrdiff_t>(last), true);
    at = std::max(end, at + 1);
  }
}

/// Names of HTML elements and of their attributes, and values that are about looks.
void RedactedText::keep_tags(std::u32string_view text, std::vector<bool>& kept) {
  constexpr std::array<std::string_view, 60> kElements{
      "a",    "abbr",   "article", "b",     "big",    "blockquote", "body",  "br",     "center", "code",  "col",     "colgroup",
      "dd",   "del",    "div",     "dl",    "dt",     "em",         "font",  "footer", "form",   "h1",    "h2",      "h3",
      "h4",   "h5",     "h6",      "head",  "header", "hr",         "html",  "i",      "img",    "input", "ins",     "label",
      "li",   "link",   "main",    "meta",  "o:p",    "ol",         "p",     "pre",    "q",      "s",     "section", "small",
      "span", "strike", "strong",  "style", "sub",    "sup",        "table", "tbody",  "td",     "th",    "title",   "tr"};
  constexpr std::array<std::string_view, 18> kLooks{"style",  "class", "dir",    "lang",    "width",       "height",
                                                    "border", "align", "valign", "bgcolor", "color",       "face",
                                                    "size",   "type",  "rel",    "target",  "cellpadding", "cellspacing"};
  const auto keep = [&](std::size_t from, std::size_t to) {
    std::fill(kept.begin() + static_cast<std::ptrdiff_t>(from), kept.begin() + static_cast<std::ptrdiff_t>(to), true);
  };
  const auto tag_name_at = [&](std::size_t& at) {
    std::string name;
    while (at < text.size() && (is_ascii_alnum(text[at]) || text[at] == U':' || text[at] == U'-'))
      name += static_cast<char>(text[at++]);
    return lowercase(name);
  };
  for (std::size_t at = text.find(U'<'); at < text.size(); at = text.find(U'<', at + 1)) {
    std::size_t next = at + 1;
    if (next < text.size() && text[next] == U'/') ++next;
    const std::size_t begin = next;
    const std::string element = tag_name_at(next);
    if (std::find(kElements.begin(), kElements.end(), element) == kElements.end() && element != "ul" && element != "u" &&
        element != "tt")
      continue;
    const std::size_t close = text.find(U'>', next);
    if (close == std::u32string_view::npos || (next < text.size() && text[next] == U'@')) continue;
    keep(begin, next);
    while (next < text.size() && text[next] != U'>') {
      if (!is_ascii_letter(text[next])) {
        ++next;
        continue;
      }
      const std::size_t name = next;
      const std::string attribute = tag_name_at(next);
      if (is_vendor_name(attribute)) keep(name, next);
      if (next + 1 >= text.size() || text[next] != U'=') continue;
      const char32_t quote = text[next + 1];
      const bool quoted = quote == U'"' || quote == U'\'';
      const std::size_t value = next + (quoted ? 2 : 1);
      next = quoted ? text.find(quote, value) : text.find_first_of(U" >", value);
      next = std::min(next, text.size());
      if (std::find(kLooks.begin(), kLooks.end(), attribute) != kLooks.end()) keep_names(text, value, next, Numbers::all, kept);
    }
  }
}

std::string RedactedText::of_query(std::string_view query) {
  std::string plain = plain_of(query);
  std::replace(plain.begin(), plain.end(), '+', ' ');  // of a form
  return is_query(plain) ? of_characters(query, keep_names_of_query) : of(query);
}

/// Outside of quotes, and of the braces in which SOSL has what it looks for. What nobody knows there may be anybody's: of whatever begins with
/// SELECT not all is SOQL.
void RedactedText::keep_names_of_query(std::u32string_view query, std::vector<bool>& kept) {
  std::string before;
  for (std::size_t at = 0; at < query.size();) {
    if (query[at] == U'\'' || query[at] == U'{') {
      const char32_t end = query[at] == U'{' ? U'}' : U'\'';
      for (++at; at < query.size() && query[at] != end; ++at) at += query[at] == U'\\' ? 1 : 0;
      at = std::min(at + 1, query.size());
      continue;
    }
    const std::size_t length = std::max<std::size_t>(name_at(query, at).size(), 1);
    const bool counts = before == "limit" || before == "offset";
    keep_names(query, at, at + length, counts ? Numbers::all : Numbers::short_ones, kept);
    if (const std::string name = name_at(query, at); !name.empty()) before = lowercase(name);
    at += length;
  }
}

std::string RedactedText::of_names(std::string_view text, Numbers numbers) {
  if (!is_valid_utf8(text)) return of_bytes(text);
  return of_characters(
      text, [&](std::u32string_view plain, std::vector<bool>& kept) { keep_names(plain, 0, plain.size(), numbers, kept); });
}

std::string RedactedText::of_name(std::string_view name) {
  if (const auto told = names_.find(name); told != names_.end()) return told->second;
  std::string other = is_vendor_name(name) || stays(name) ? left(name) : of(name);
  if (names_.size() < kNamesMax) names_.emplace(name, other);
  return other;
}

std::string RedactedText::of_target(std::string_view target) {
  const std::size_t query = std::min(target.find('?'), target.size());
  std::string result;
  for (const std::string_view segment : split(target.substr(0, query), '/')) {
    const bool version = segment.size() > 2 && segment[0] == 'v' && segment.find('.') != std::string_view::npos;
    const bool custom = segment.ends_with("__c") || segment.ends_with("__r");
    result += (version || custom ? left(segment) : of(segment)) + "/";
  }
  result.pop_back();
  if (query == target.size()) return result;
  result += '?';
  bool first = true;
  for (const std::string_view parameter : split(target.substr(query + 1), '&')) {
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string name = plain_of(parameter.substr(0, equals));
    result += (first ? "" : "&") + of_name(parameter.substr(0, equals));
    first = false;
    if (equals == parameter.size()) continue;
    const std::string_view value = parameter.substr(equals + 1);
    result += '=' + (takes_query(name) ? of_query(value) : stays(name) ? left(value) : of(value));
  }
  return result;
}

}  // namespace casewire::scenarios
