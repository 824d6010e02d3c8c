#include "base/text/utf16.hpp"

#include <cstdint>

#include "base/text/utf8.hpp"

namespace casewire {

std::optional<std::string> utf8_of_utf16(std::string_view bytes) {
  const bool is_big = bytes.starts_with("\xFE\xFF");
  if ((!is_big && !bytes.starts_with("\xFF\xFE")) || bytes.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(is_big ? first << 8 | second : second << 8 | first);
  };
  const auto is_high = [](std::uint32_t code) { return code >= 0xD800 && code < 0xDC00; };
  const auto is_low = [](std::uint32_t code) { return code >= 0xDC00 && code < 0xE000; };
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t at = 2; at < bytes.size(); at += 2) {
    const std::uint32_t code = unit(at);
    if (is_high(code) && at + 2 < bytes.size() && is_low(unit(at + 2))) {
      text += utf8_of(0x10000 + ((code - 0xD800) << 10) + (unit(at + 2) - 0xDC00));
      at += 2;
    } else if (is_high(code) || is_low(code)) {
      return std::nullopt;
    } else {
      text += utf8_of(code);
    }
  }
  return text;
}

}  // namespace casewire
