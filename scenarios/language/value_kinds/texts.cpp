#include "scenarios/language/cast.hpp"
#include "scenarios/language/value_kinds/families.hpp"

namespace casewire::scenarios {

namespace {

std::optional<Slip> is_not_empty(Cast&, const Value& value, bool) {
  if (!value.text.empty()) {
    return std::nullopt;
  }
  return Slip{"expected " + std::string(value.kind->description) + ", found nothing between the quotes", {}};
}

}  // namespace

std::vector<ValueKind> kinds_of_texts() {
  using Kind = Token::Kind;
  return {
      {.name = "text", .description = "a text in quotes", .written = Kind::quoted, .hear = is_not_empty},
      // A mail without a subject is a case of its own (F12).
      {.name = "subject", .description = "a subject in quotes", .written = Kind::quoted},
      {.name = "summary", .description = "a summary in quotes", .written = Kind::quoted, .hear = is_not_empty},
      {.name = "texts", .description = "a table of one column, a text in each row", .written = Kind::table},
  };
}

}  // namespace casewire::scenarios
