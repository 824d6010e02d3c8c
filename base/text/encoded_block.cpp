#include "base/text/encoded_block.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text/ascii.hpp"
#include "base/text/encoding.hpp"
#include "base/text/utf8.hpp"

namespace casewire {

namespace {

constexpr auto kIsBase64 = [] {
  std::array<bool, 256> is{};
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")) {
    is[static_cast<unsigned char>(c)] = true;
  }
  return is;
}();

bool is_base64(char c) { return kIsBase64[static_cast<unsigned char>(c)]; }

/// Whether a run of digits may go on with it, or end in it.
bool may_go_on(char c) { return c == '%' || c == '\\' || c == '\r' || c == '\n' || c == '='; }

/// How many there are in front.
std::size_t base64_bytes(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_base64(text[at])) ++at;
  return at;
}

bool is_hex_digit(char c) { return hex_value(c) >= 0; }

/// Something that people or programs read: valid, without controls.
bool is_readable(std::string_view text) {
  return is_valid_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte >= 0x20 ? byte != 0x7F : c == '\n' || c == '\r' || c == '\t';
         });
}

/// How much of a text one digit takes that it begins with: in a URL or in JSON some are escaped. 0: none is there.
std::size_t length_of_digit(std::string_view text) {
  if (text.empty()) return 0;
  if (is_base64(text[0])) return 1;
  if (text[0] == '\\') return text.size() > 1 && text[1] == '/' ? 2 : 0;
  if (text[0] != '%' || text.size() < 3 || text[1] != '2') return 0;
  return hex_value(text[2]) == 11 || hex_value(text[2]) == 15 ? 3 : 0;  // + and /
}

std::size_t length_of_padding(std::string_view text) {
  if (text.starts_with('=')) return 1;
  return text.starts_with("%3D") || text.starts_with("%3d") ? 3 : 0;
}

std::size_t length_of_line_end(std::string_view text) {
  if (text.empty() || (text[0] != '\r' && text[0] != '\n' && text[0] != '\\')) return 0;
  for (const std::string_view end : {"\r\n", "\n", "\\r\\n", "\\n"}) {
    if (text.starts_with(end)) return end.size();
  }
  return 0;
}

/// The first digits of a run alone, and `=` where it ends in that.
std::string digits_of(std::string_view run, std::size_t count_max = std::string_view::npos) {
  std::string digits;
  while (!run.empty() && digits.size() < count_max) {
    const std::size_t plain = std::min(base64_bytes(run), count_max - digits.size());
    digits += run.substr(0, plain);
    run.remove_prefix(plain);
    if (plain != 0) continue;
    std::size_t length = length_of_line_end(run);
    if (length == 0) {
      length = std::max(length_of_digit(run), length_of_padding(run));
      const char last = run[length - 1];
      digits += length == 1 ? last : length == 2 || last == 'F' || last == 'f' ? '/' : last == 'B' || last == 'b' ? '+' : '=';
    }
    run.remove_prefix(length);
  }
  return digits;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) bytes += static_cast<char>(hex_value(text[i]) * 16 + hex_value(text[i + 1]));
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
  std::size_t at = begin, digits = 0;
  while (at < text.size()) {
    const std::size_t plain = base64_bytes(text.substr(at));
    at += plain;
    digits += plain;
    if (const std::size_t length = length_of_digit(text.substr(at)); length != 0) {
      at += length;
      ++digits;
      continue;
    }
    const std::size_t next = at + length_of_line_end(text.substr(at));
    const bool is_digit_next =
        length_of_digit(text.substr(next)) != 0 && text[next] != '-';  // as the boundary of a multipart begins
    const bool goes_on = next != at && digits >= kFullLineMin && digits % 4 == 0 && is_digit_next;
    if (!goes_on) break;
    at = next;
    digits = 0;
  }
  for (int signs = 0; signs < 2 && at < text.size(); ++signs) at += length_of_padding(text.substr(at));
  return at;
}

/// Of bytes that were cut anywhere: without the character that lacks its end.
std::string_view without_torn_end(std::string_view bytes) {
  std::string_view whole = bytes;
  while (!whole.empty() && bytes.size() - whole.size() < 3 && (static_cast<unsigned char>(whole.back()) & 0xC0u) == 0x80)
    whole.remove_suffix(1);
  const bool is_torn = !whole.empty() && static_cast<unsigned char>(whole.back()) >= 0xC0;
  return is_torn ? whole.substr(0, whole.size() - 1) : bytes;
}

constexpr std::size_t kShortest = 8;  ///< digits

/// False: the digits are too few, or none of any encoding.
bool may_be_one(std::string_view digits) {
  constexpr std::size_t kShortestWithoutSign = 12, kShortestWithoutPadding = 20;
  const bool is_padded = digits.ends_with('=');
  if (digits.size() < (is_padded ? kShortest : kShortestWithoutSign)) return false;
  // Of a JWT, say, which has no padding.
  const bool is_long = digits.size() >= kShortestWithoutPadding && digits.size() % 4 != 1;
  return is_padded || is_long || digits.size() % 4 == 0 || digits.find_first_of("-_") != std::string::npos ||
         std::all_of(digits.begin(), digits.end(), is_hex_digit);
}

/// What the digits say; nullopt: none of any encoding.
std::optional<EncodedBlock> decoded(std::string_view digits) {
  using Code = EncodedBlock::Code;
  if (!may_be_one(digits)) return std::nullopt;
  const bool is_url = digits.find_first_of("-_") != std::string::npos;
  const bool is_hex = std::all_of(digits.begin(), digits.end(), is_hex_digit);
  auto bytes = is_hex ? from_hex(digits) : from_base64(std::string(digits), is_url);
  if (!bytes) return std::nullopt;
  return EncodedBlock{.code = is_hex ? Code::hex : is_url ? Code::base64url : Code::base64, .decoded = *std::move(bytes)};
}

}  // namespace

std::vector<EncodedBlock> encoded_blocks(std::string_view text) {
  std::vector<EncodedBlock> blocks;
  for (std::size_t at = 0; at < text.size();) {
    // Most words of most texts are told by their digits alone.
    const std::size_t plain = base64_bytes(text.substr(at));
    const bool is_plain = at + plain == text.size() || !may_go_on(text[at + plain]);
    if (is_plain && (plain < kShortest || !may_be_one(text.substr(at, plain)))) {
      at += std::max<std::size_t>(plain, 1);
      continue;
    }
    if (length_of_digit(text.substr(at)) == 0) {
      ++at;
      continue;
    }
    const std::size_t end = end_of_run(text, at);
    const std::string_view run = text.substr(at, end - at);
    // A file of many megabytes is found to be none by how it begins.
    constexpr std::size_t kBeginning = 1024;
    const auto begin = run.size() > 2 * kBeginning ? decoded(digits_of(run, kBeginning)) : std::optional(EncodedBlock{});
    if (begin && is_readable(without_torn_end(begin->decoded))) {
      auto block = decoded(digits_of(run));
      if (block && is_readable(block->decoded)) {
        block->begin = at;
        block->end = end;
        blocks.push_back(*std::move(block));
      }
    }
    at = end;
  }
  return blocks;
}

std::string encoded_like(std::string_view block, EncodedBlock::Code code, std::string_view text) {
  std::string digits;
  switch (code) {
    case EncodedBlock::Code::hex: digits = hex(text); break;
    case EncodedBlock::Code::base64url: digits = base64url(text); break;
    case EncodedBlock::Code::base64: digits = base64(text); break;
  }
  if (code == EncodedBlock::Code::hex && std::any_of(block.begin(), block.end(), [](char c) { return c >= 'A' && c <= 'F'; })) {
    std::transform(digits.begin(), digits.end(), digits.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  }
  while (digits.ends_with('=')) digits.pop_back();
  const bool is_padded =
      block.ends_with('=') || block.ends_with("%3D") || block.ends_with("%3d") || digits_of(block).size() % 4 == 0;
  if (is_padded) digits.append((4 - digits.size() % 4) % 4, '=');
  const bool is_of_url = block.find('%') != std::string_view::npos, is_of_json = block.find("\\/") != std::string_view::npos;
  // Back between the line ends of the original; the length is the same unless a character's was not.
  std::string written;
  std::size_t next = 0;
  const auto write_digit = [&] {
    const char digit = digits[next++];
    const bool is_sign = digit == '+' || digit == '/' || digit == '=';
    if (is_of_json && digit == '/') written += '\\';
    written += is_of_url && is_sign ? percent_encoded(std::string_view(&digit, 1)) : std::string(1, digit);
  };
  while (!block.empty()) {
    const std::size_t line_end = length_of_line_end(block);
    if (line_end != 0) {
      written += block.substr(0, line_end);
    } else if (next < digits.size()) {
      write_digit();
    }
    block.remove_prefix(line_end != 0 ? line_end : std::max(length_of_digit(block), length_of_padding(block)));
  }
  while (next < digits.size()) write_digit();
  return written;
}

}  // namespace casewire
