#include "scenarios/vocabulary/generated_file.hpp"

#include <cstdint>

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
  std::size_t at = content.size();
  content.resize(bytes);
  // A linear congruential sequence that the name begins: two files of one size differ, and a run is the same as the one before.
  std::uint64_t state = 1469598103934665603u;
  for (const char c : name) state = (state ^ static_cast<unsigned char>(c)) * 1099511628211u;
  const bool text = is_text(name);
  for (; at < bytes; ++at) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const auto byte = static_cast<unsigned char>(state >> 56);
    content[at] = text ? (at % 72 == 71 ? '\n' : static_cast<char>('a' + byte % 26)) : static_cast<char>(byte);
  }
  return content;
}

}  // namespace casewire::scenarios
