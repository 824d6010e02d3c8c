#include "sim/mail/message/encoded_words.hpp"

#include <optional>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::mail {
namespace {

struct Word {
  std::string_view charset;
  std::string bytes;
  std::size_t size = 0;  ///< in the header
};

/// The word in base64 with which `text` begins.
std::optional<Word> word_at(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const auto charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size()) return std::nullopt;
  const bool is_base64 = (text[charset_end + 1] == 'B' || text[charset_end + 1] == 'b') && text[charset_end + 2] == '?';
  const auto data_begin = charset_end + 3;
  const auto end = text.find("?=", std::min(data_begin, text.size()));
  if (!is_base64 || end == std::string_view::npos) return std::nullopt;
  auto bytes = decode_base64(text.substr(data_begin, end - data_begin));
  if (!bytes) return std::nullopt;
  return Word{text.substr(2, charset_end - 2), std::move(*bytes), end + 2};
}

}  // namespace

std::string with_joined_words(std::string_view header) {
  std::string joined;
  for (std::size_t at = 0; at < header.size();) {
    auto word = word_at(header.substr(at));
    if (!word) {
      joined += header[at++];
      continue;
    }
    at += word->size;
    for (;;) {
      const auto next_at = std::min(header.find_first_not_of(" \t\r\n", at), header.size());
      const auto next = next_at == at ? std::nullopt : word_at(header.substr(next_at));
      if (!next || !equals_ignoring_case(next->charset, word->charset)) break;
      word->bytes += next->bytes;
      at = next_at + next->size;
    }
    joined += "=?" + std::string(word->charset) + "?B?" + base64(word->bytes) + "?=";
  }
  return joined;
}

}  // namespace casewire::sim::mail
