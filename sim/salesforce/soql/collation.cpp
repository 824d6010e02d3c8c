#include "sim/salesforce/soql/collation.hpp"

#include <algorithm>
#include <cstdint>

namespace casewire::sim::salesforce::soql {
namespace {

char32_t folded(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c >= 0x100 && c <= 0x17F) {
    // Latin Extended-A pairs neighbours; the pairing shifts by one in two stretches, and these letters have no pair in it.
    if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149 || c == 0x17F) return c;
    if (c == 0x178) return 0xFF;
    const bool odd_is_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    return ((c & 1U) == (odd_is_upper ? 1U : 0U)) ? c + 1 : c;
  }
  if (c >= 0x391 && c <= 0x3A9) return c + 32;
  if (c == 0x3C2) return 0x3C3;  // final sigma
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

}  // namespace

char32_t next_folded(std::string_view text, std::size_t& position) {
  const auto lead = static_cast<std::uint8_t>(text[position++]);
  if (lead < 0x80) return folded(lead);
  const int following = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t c = lead & (0x3FU >> following);
  for (int i = 0; i < following && position < text.size(); ++i) {
    c = (c << 6U) | (static_cast<std::uint8_t>(text[position++]) & 0x3FU);
  }
  return folded(c);
}

int compare_folded(std::string_view a, std::string_view b) {
  // What is the same to the byte is the same folded; a character is not torn apart.
  std::size_t i = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  while (i > 0 && i < a.size() && (a[i] & 0xC0) == 0x80) --i;
  std::size_t j = i;
  while (i < a.size() && j < b.size()) {
    const char32_t left = next_folded(a, i);
    const char32_t right = next_folded(b, j);
    if (left != right) return left < right ? -1 : 1;
  }
  return (i < a.size() ? 1 : 0) - (j < b.size() ? 1 : 0);
}

}  // namespace casewire::sim::salesforce::soql
