#pragma once
// UTF-8 by code point. Nothing here knows about grapheme clusters or locales.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casewire {

/// No overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);
/// The longest prefix that is valid.
std::string_view valid_prefix(std::string_view text);
/// Invalid bytes become U+FFFD; NUL and other C0 controls except tab, line feed and carriage return are removed (F13).
std::string cleaned_utf8(std::string_view text);
std::size_t character_count(std::string_view text);
/// The bytes of one code point, which is a Unicode scalar value.
std::string utf8_of(std::uint32_t code);
/// True when a reader sees something: blanks of every kind (no-break and zero-width ones too), controls, joiners, soft hyphens
/// and byte order marks alone are nothing to see.
bool has_visible_text(std::string_view text);
/// The longest prefix of at most `bytes_max` bytes that ends on a character boundary.
std::string_view prefix_of_bytes(std::string_view text, std::size_t bytes_max);
/// The longest prefix of at most `characters_max` characters.
std::string_view prefix_of_characters(std::string_view text, std::size_t characters_max);
/// Consecutive pieces of at most `bytes_max` bytes (at least 4), cut on character boundaries, and at a line or word end where
/// one stands in the last quarter of the piece. Joined they are the text again. An empty text gives no piece.
std::vector<std::string> split_by_bytes(std::string_view text, std::size_t bytes_max);

}  // namespace casewire
