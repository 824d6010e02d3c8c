#include "sim/opencx/pages.hpp"

#include <charconv>

#include "base/text/encoding.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::string_view kMark = "after:";

/// The URL alphabet, without padding, back to the plain one.
std::string padded(std::string text) {
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace

std::optional<std::size_t> page_start(const std::string& cursor) {
  if (cursor.empty()) return 0;
  const auto plain = decode_base64(padded(cursor));
  if (!plain || !plain->starts_with(kMark)) return std::nullopt;
  const std::string_view digits = std::string_view{*plain}.substr(kMark.size());
  std::size_t seen = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), seen);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return seen;
}

std::string cursor_at(std::size_t seen) { return base64url(std::string{kMark} + std::to_string(seen)); }

}  // namespace casewire::sim::opencx
