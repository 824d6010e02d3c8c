#include "sim/opencx/pages.hpp"

#include <charconv>

#include "base/text/encoding.hpp"

namespace casewire::sim::opencx {
namespace {

// In base64 it has every character of that alphabet that a query must escape: who puts a cursor there as it is gets a 400.
constexpr std::string_view kMark = ">>>???";

}  // namespace

std::optional<std::size_t> page_start(const std::string& cursor) {
  if (cursor.empty()) return 0;
  const auto plain = decode_base64(cursor);
  if (!plain || !plain->starts_with(kMark)) return std::nullopt;
  const std::string_view digits = std::string_view{*plain}.substr(kMark.size());
  std::size_t seen = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), seen);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return seen;
}

std::string cursor_at(std::size_t seen) { return base64(std::string{kMark} + std::to_string(seen)); }

}  // namespace casewire::sim::opencx
