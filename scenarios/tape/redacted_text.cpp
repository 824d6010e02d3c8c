#include "scenarios/tape/redacted_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

namespace {

constexpr int kEncodingsMax = 6;  // of encodings within each other

bool is_base64(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/' || c == '-' ||
         c == '_';
}

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Something that people or programs read: valid, without controls.
bool is_readable(std::string_view text) {
  return is_valid_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte >= 0x20 ? byte != 0x7F : c == '\n' || c == '\r' || c == '\t';
         });
}

std::string without_line_ends(std::string_view text) {
  std::string joined;
  std::copy_if(text.begin(), text.end(), std::back_inserter(joined), [](char c) { return c != '\r' && c != '\n'; });
  return joined;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  const auto value = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  for (std::size_t i = 0; i < text.size(); i += 2) bytes += static_cast<char>(value(text[i]) * 16 + value(text[i + 1]));
  return bytes;
}

std::optional<std::string> from_base64(std::string text, bool url) {
  if (url) {
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
  }
  while (text.ends_with('=')) text.pop_back();
  if (text.size() % 4 == 1) return std::nullopt;
  text.append((4 - text.size() % 4) % 4, '=');
  return decode_base64(text);
}

/// A run of base64 that goes on over the line ends of mail, where each line but the last is full.
std::size_t end_of_run(std::string_view text, std::size_t begin) {
  constexpr std::size_t kFullLineMin = 60;
  std::size_t line = begin;
  while (true) {
    std::size_t end = line;
    while (end < text.size() && is_base64(text[end])) ++end;
    if (end - line >= kFullLineMin && (end - line) % 4 == 0) {
      std::size_t next = end;
      if (text.substr(next).starts_with("\r\n")) {
        next += 2;
      } else if (next < text.size() && text[next] == '\n') {
        ++next;
      }
      if (next != end && next < text.size() && is_base64(text[next])) {
        line = next;
        continue;
      }
    }
    std::size_t padding = end;
    while (padding < text.size() && padding < end + 2 && text[padding] == '=') ++padding;
    return padding;
  }
}

std::string utf8_of_all(std::u32string_view text) {
  std::string bytes;
  for (const char32_t c : text) bytes += utf8_of(static_cast<std::uint32_t>(c));
  return bytes;
}

bool is_ascii_alnum(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_ascii_letter(char32_t c) { return is_ascii_alnum(c) && c > U'9'; }

/// Lower case as far as identity goes.
std::string folded(std::u32string_view word) {
  std::u32string lower(word);
  for (char32_t& c : lower) {
    if ((c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F)) c += 32;
  }
  return utf8_of_all(lower);
}

}  // namespace

std::vector<Block> blocks_in(std::string_view text) {
  constexpr std::size_t kShortest = 8, kShortestWithoutSign = 12;
  std::vector<Block> blocks;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_base64(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = end_of_run(text, at);
    const std::string run = without_line_ends(text.substr(at, end - at));
    const bool url = run.find_first_of("-_") != std::string::npos;
    const bool hex = std::all_of(run.begin(), run.end(), is_hex_digit);
    const bool padded = run.ends_with('=');
    const bool whole = padded || url || hex || run.size() % 4 == 0;
    if (whole && run.size() >= (padded ? kShortest : kShortestWithoutSign)) {
      auto decoded = hex ? from_hex(run) : from_base64(run, url);
      if (decoded && is_readable(*decoded)) {
        blocks.push_back({at, end,
                          hex   ? Block::Code::hex
                          : url ? Block::Code::base64url
                                : Block::Code::base64,
                          *std::move(decoded)});
      }
    }
    at = end;
  }
  return blocks;
}

bool RedactedText::stays(std::string_view member) const { return redactor_.policy_.members.contains(lowercase(member)); }

std::string RedactedText::left(std::string_view text) {
  std::string word;
  for (const Character& character : characters_of(text)) {
    if (is_word_character(character.code)) {
      word += folded(std::u32string(1, character.code));
    } else if (!word.empty()) {
      redactor_.left_.insert(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) redactor_.left_.insert(std::move(word));
  return std::string(text);
}

std::string RedactedText::of(std::string_view text, int depth) {
  if (!is_valid_utf8(text)) return of_bytes(text);
  std::string result;
  std::size_t at = 0;
  if (depth < kEncodingsMax) {
    for (const Block& block : blocks_in(text)) {
      const std::string other = of_block(text.substr(block.begin, block.end - block.begin), depth);
      if (other.empty()) continue;
      result += of_characters(text.substr(at, block.begin - at)) + other;
      at = block.end;
    }
  }
  return result + of_characters(text.substr(at));
}

std::string RedactedText::of_block(std::string_view block, int depth) {
  const auto found = blocks_in(block);
  if (found.size() != 1) return {};
  const std::string other = of(found.front().decoded, depth + 1);
  if (other == found.front().decoded) return std::string(block);
  std::string digits;
  switch (found.front().code) {
    case Block::Code::hex: digits = hex(other); break;
    case Block::Code::base64url: digits = base64url(other); break;
    case Block::Code::base64: digits = base64(other); break;
  }
  if (found.front().code == Block::Code::hex &&
      std::any_of(block.begin(), block.end(), [](char c) { return c >= 'A' && c <= 'F'; })) {
    std::transform(digits.begin(), digits.end(), digits.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  }
  while (digits.ends_with('=')) digits.pop_back();
  // Back between the line ends and the padding of the original; the length is the same unless a character's was not.
  std::string written;
  std::size_t next = 0;
  for (const char c : block) {
    if (c == '=') break;
    if (c == '\r' || c == '\n') {
      written += c;
    } else if (next < digits.size()) {
      written += digits[next++];
    }
  }
  written += digits.substr(next);
  if (block.ends_with('=') || block.size() % 4 == 0) written.append((4 - digits.size() % 4) % 4, '=');
  return written;
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
    result += spelled_as(character, none ? 0 : plain[next]);
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
    if (!kept[at] && !is_one_digit && !redactor_.policy_.words.contains(folded(word))) {
      const std::u32string other = redactor_.disguise_.word(word);
      note(word, other);
      std::copy(other.begin(), other.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      redactor_.left_.insert(folded(word));
    }
    at = stop;
  }
}

void RedactedText::note(std::u32string_view before, std::u32string_view after) {
  constexpr std::size_t kTelling = 8;  // chance writes shorter ones
  redactor_.put_in_.insert(folded(after));
  if (before.size() >= kTelling) redactor_.taken_out_.insert(folded(before));
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
      const bool is_it = lower == known || (lower.size() > known.size() && lower.ends_with("." + known));
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
  const auto name_at = [&](std::size_t& at) {
    std::string name;
    while (at < text.size() && (is_ascii_alnum(text[at]) || text[at] == U':' || text[at] == U'-'))
      name += static_cast<char>(text[at++]);
    return lowercase(name);
  };
  for (std::size_t at = text.find(U'<'); at < text.size(); at = text.find(U'<', at + 1)) {
    std::size_t next = at + 1;
    if (next < text.size() && text[next] == U'/') ++next;
    const std::size_t begin = next;
    const std::string element = name_at(next);
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
      const std::string attribute = name_at(next);
      keep(name, next);
      if (next + 1 >= text.size() || text[next] != U'=') continue;
      const char32_t quote = text[next + 1];
      const bool quoted = quote == U'"' || quote == U'\'';
      const std::size_t value = next + (quoted ? 2 : 1);
      next = quoted ? text.find(quote, value) : text.find_first_of(U" >", value);
      next = std::min(next, text.size());
      if (std::find(kLooks.begin(), kLooks.end(), attribute) != kLooks.end()) keep(value, next);
    }
  }
}

std::string RedactedText::of_query(std::string_view soql) {
  return of_characters(soql, [](std::u32string_view text, std::vector<bool>& kept) {
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == U'\'' && (at == 0 || text[at - 1] != U'\\')) quoted = !quoted;
      if (!quoted) kept[at] = true;
    }
  });
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
    result += (first ? "" : "&") + left(parameter.substr(0, equals));
    first = false;
    if (equals == parameter.size()) continue;
    const std::string_view value = parameter.substr(equals + 1);
    result += '=' + (name == "q" || name == "query" ? of_query(value) : stays(name) ? left(value) : of(value));
  }
  return result;
}

}  // namespace casewire::scenarios
