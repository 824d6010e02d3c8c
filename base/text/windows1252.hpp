#pragma once
// Texts of one byte a letter, as Windows writes them in the west of Europe and in America; ISO-8859-1 but for its control characters.
// Source: https://encoding.spec.whatwg.org/index-windows-1252.txt

#include <cstdint>
#include <string>
#include <string_view>

namespace casewire {

/// Of any byte: those that stand for nothing are the control characters of ISO-8859-1.
std::uint32_t code_point_of_windows1252(unsigned char byte);

/// Any bytes are such a text.
std::string utf8_of_windows1252(std::string_view text);

}  // namespace casewire
