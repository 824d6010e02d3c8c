// What is decoded and encoded again stays itself; what is cut loses nothing.

#include "base/text/encoding.hpp"
#include "base/text/time.hpp"
#include "base/text/utf8.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

FUZZ_TARGET(encodings) {
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  require(decode_base64(base64(text)) == text, "base64 is read back");
  require(percent_decoded(percent_encoded(text)) == text, "percent encoding is read back");
  if (const auto decoded = decode_base64(text)) {
    require(base64(*decoded).size() == text.size(), "decoded base64 has the length its text says");
  }
  if (const auto fields = parse_form(text)) require(parse_form(form(*fields)) == fields, "a form is read back");
  if (const auto when = parse_iso8601(text)) {
    require(parse_iso8601(iso8601(*when)) == when, "an instant is read back");
  }

  const auto cleaned = cleaned_utf8(text);
  require(is_valid_utf8(cleaned) && cleaned_utf8(cleaned) == cleaned, "cleaned text is valid and stays");
  require(!is_valid_utf8(text) || character_count(text) <= text.size(), "no character is shorter than a byte");
  const std::size_t limit = 4 + size % 29;
  std::string joined;
  for (const auto& piece : split_by_bytes(text, limit)) {
    require(!piece.empty() && piece.size() <= limit, "a piece keeps its bound");
    require(!is_valid_utf8(text) || is_valid_utf8(piece), "a piece of valid text is valid");
    joined += piece;
  }
  require(joined == text, "the pieces are the text");
  return 0;
}
