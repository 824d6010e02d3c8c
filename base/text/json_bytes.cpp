#include "base/text/json_bytes.hpp"

#include <cstdint>
#include <cstring>

namespace casewire {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

// Whether a word's bytes are all ASCII that stands for itself in a JSON string. `(x - 0x01..) & ~x & 0x80..` is not zero if a byte of x
// is zero; with 0x20.. in place of 0x01.. if one is below 0x20.
bool are_plain(const char* bytes) {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101, kHigh = 0x80 * kEach;
  const auto has_zero = [](std::uint64_t x) { return (x - kEach) & ~x & kHigh; };
  std::uint64_t x = 0;
  std::memcpy(&x, bytes, sizeof x);
  const auto control = (x - ' ' * kEach) & ~x & kHigh;
  return ((x & kHigh) | control | has_zero(x ^ ('"' * kEach)) | has_zero(x ^ ('\\' * kEach))) == 0;
}

bool is_plain(char c) { return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\'; }

}  // namespace

std::size_t plain_json_bytes(std::string_view text) {
  std::size_t at = 0;
  while (text.size() - at >= kWord && are_plain(text.data() + at)) at += kWord;
  // The rest together with bytes that were seen already: most texts are a few words and a bit.
  if (text.size() >= kWord && text.size() - at < kWord && are_plain(text.data() + text.size() - kWord)) return text.size();
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

}  // namespace casewire
