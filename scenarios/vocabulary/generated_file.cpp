#include "scenarios/vocabulary/generated_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

std::string_view signature_of(std::string_view name) {
  const std::string lower = lowercase(name);
  if (lower.ends_with(".pdf")) return "%PDF-1.4\n";
  if (lower.ends_with(".png")) return std::string_view("\x89PNG\r\n\x1a\n", 8);
  if (lower.ends_with(".jpg") || lower.ends_with(".jpeg")) return std::string_view("\xFF\xD8\xFF\xE0", 4);
  return {};
}

bool is_text(std::string_view name) {
  const std::string lower = lowercase(name);
  return lower.ends_with(".txt") || lower.ends_with(".csv");
}

}  // namespace

std::string generated_file(std::string_view name, std::size_t bytes) {
  std::string content(signature_of(name).substr(0, bytes));
  const std::size_t first = content.size();
  content.resize(bytes);
  // The sequence of SplitMix64, which the name begins: two files of one size differ, and a run is the same as the one before.
  std::uint64_t state = 1469598103934665603u;
  for (const char c : name) state = (state ^ static_cast<unsigned char>(c)) * 1099511628211u;
  for (std::size_t at = first; at < bytes; at += sizeof state) {
    state += 0x9e3779b97f4a7c15u;
    std::uint64_t word = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
    std::memcpy(content.data() + at, &word, std::min(sizeof word, bytes - at));
  }
  if (is_text(name)) {
    for (std::size_t at = first; at < bytes; ++at)
      content[at] = at % 72 == 71 ? '\n' : static_cast<char>('a' + static_cast<unsigned char>(content[at]) % 26);
  }
  return content;
}

}  // namespace casewire::scenarios
