#include "base/text/windows1252.hpp"

#include <array>

#include "base/text/utf8.hpp"

namespace casewire {

std::uint32_t code_point_of_windows1252(unsigned char byte) {
  constexpr unsigned char kFirst = 0x80, kBehind = 0xA0;
  static constexpr std::array<std::uint16_t, kBehind - kFirst> kSigns{
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  return byte < kFirst || byte >= kBehind ? std::uint32_t{byte} : kSigns[byte - kFirst];
}

std::string utf8_of_windows1252(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (const char c : text) plain += utf8_of(code_point_of_windows1252(static_cast<unsigned char>(c)));
  return plain;
}

}  // namespace casewire
