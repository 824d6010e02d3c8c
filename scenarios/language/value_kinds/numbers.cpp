#include "scenarios/language/numbers.hpp"
#include "scenarios/language/value_kinds/families.hpp"

namespace casewire::scenarios {

namespace {

template <auto Reader>
std::optional<Slip> read_by(std::string_view text, const Reading&) {
  const auto result = Reader(text);
  return result ? std::nullopt : std::optional(result.error());
}

}  // namespace

std::vector<ValueKind> kinds_of_numbers() {
  using Digits = ValueKind::Digits;
  return {
      {.name = "duration",
       .description = "a duration such as \"2 seconds\" or \"3 days\"",
       .words_min = 2,
       .words_max = 2,
       .digits = Digits::must,
       .read = read_by<read_duration>},
      {.name = "size",
       .description = "a size such as \"25 MB\" or \"300 bytes\"",
       .words_min = 2,
       .words_max = 2,
       .digits = Digits::must,
       .read = read_by<read_size>},
      {.name = "count", .description = "a number", .digits = Digits::must, .read = read_by<read_count>},
      {.name = "ordinal",
       .description = "an ordinal such as \"1st\" or \"12th\"",
       .digits = Digits::must,
       .read = read_by<read_ordinal>},
      {.name = "code", .description = "an HTTP status such as 503", .digits = Digits::must, .read = read_by<read_code>},
  };
}

}  // namespace casewire::scenarios
