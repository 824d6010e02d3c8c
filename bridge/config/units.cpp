#include "bridge/config/units.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include "base/text/strings.hpp"

namespace casewire::bridge {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};
constexpr std::array<Unit, 5> kTimeUnits{{{"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::array<Unit, 3> kSizeUnits{{{"MB", 1 << 20}, {"KB", 1 << 10}, {"B", 1}}};
/// Keeps every product inside 64 bits.
constexpr std::int64_t kNumberMax = 1'000'000'000;

template <std::size_t n>
std::optional<std::int64_t> parse(std::string_view text, const std::array<Unit, n>& units) {
  text = trimmed(text);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0 || number > kNumberMax) return std::nullopt;
  const auto unit = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  for (const auto& known : units) {
    if (unit == known.name) return number * known.factor;
  }
  return std::nullopt;
}

template <std::size_t n>
std::string show(std::int64_t value, const std::array<Unit, n>& units) {
  for (const auto& unit : units) {
    if (value % unit.factor == 0 && (value != 0 || unit.factor == 1)) {
      return std::to_string(value / unit.factor) + " " + std::string(unit.name);
    }
  }
  return std::to_string(value);
}

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
  const auto value = parse(text, kTimeUnits);
  if (!value) return std::nullopt;
  return milliseconds{*value};
}

std::string duration_text(milliseconds duration) { return show(duration.count(), kTimeUnits); }

std::optional<std::size_t> parse_size(std::string_view text) {
  const auto value = parse(text, kSizeUnits);
  if (!value) return std::nullopt;
  return static_cast<std::size_t>(*value);
}

std::string size_text(std::size_t bytes) { return show(static_cast<std::int64_t>(bytes), kSizeUnits); }

}  // namespace casewire::bridge
