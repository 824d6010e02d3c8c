#include "bridge/store/schema_number.hpp"

#include <charconv>

namespace casewire::bridge {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::string text_of(const SchemaNumber& number) {
  return std::to_string(number.version) + (number.revision == 0 ? "" : "." + std::to_string(number.revision));
}

std::optional<SchemaNumber> parse_schema_number(std::string_view text) {
  const auto dot = text.find('.');
  const auto version = whole_number(text.substr(0, dot));
  const auto revision = dot == std::string_view::npos ? std::optional<std::int64_t>{0} : whole_number(text.substr(dot + 1));
  if (!version || !revision) return std::nullopt;
  return SchemaNumber{*version, *revision};
}

std::optional<SchemaNumber> step_before(SchemaSteps steps, const SchemaNumber& number) {
  std::optional<SchemaNumber> before;
  for (const auto& step : steps) {
    if (step.to == number) return before;
    before = step.to;
  }
  return std::nullopt;
}

}  // namespace casewire::bridge
