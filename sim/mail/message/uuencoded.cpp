#include "sim/mail/message/uuencoded.hpp"

#include "base/text/strings.hpp"

namespace casewire::sim::mail {
namespace {

/// Six bits; a blank and what was lost at a line's end are none set, and so is the "`" that stands for a blank.
unsigned bits_at(std::string_view line, std::size_t at) {
  return at < line.size() ? (static_cast<unsigned char>(line[at]) - unsigned{' '}) & 0x3F : 0;
}

std::string line_decoded(std::string_view line) {
  const std::size_t size = bits_at(line, 0);
  std::string bytes;
  for (std::size_t at = 1; bytes.size() < size; at += 4) {
    const auto group = bits_at(line, at) << 18 | bits_at(line, at + 1) << 12 | bits_at(line, at + 2) << 6 | bits_at(line, at + 3);
    for (const int shift : {16, 8, 0}) bytes += static_cast<char>(group >> shift & 0xFF);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string uudecoded(std::string_view text) {
  std::string bytes;
  bool has_begun = false;
  for (auto line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!has_begun) {
      has_begun = line.starts_with("begin ");
      continue;
    }
    if (line == "end") break;
    bytes += line_decoded(line);
  }
  return has_begun ? bytes : std::string{text};
}

}  // namespace casewire::sim::mail
