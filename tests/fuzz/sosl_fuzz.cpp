// Any text is a search, or an error that has a code and words; a term answers whatever stands in the fields.

#include "sim/salesforce/search/sosl.hpp"
#include "sim/salesforce/search/term.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

FUZZ_TARGET(sosl) {
  using namespace casewire::sim::salesforce::search;
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto statement = parse_sosl(text);
  if (!statement) {
    require(!statement.error().code.empty() && !statement.error().message.empty(), "an error has a code and a message");
  } else {
    require(statement->returning.size() <= kReturningMax, "the objects are bounded");
    for (const auto& returning : statement->returning) require(!returning.object.empty(), "an object has a name");
  }
  const auto term = Term::parse(statement ? std::string_view{statement->term} : text);
  if (!term) {
    require(!term.error().empty(), "an error has words");
    return 0;
  }
  term->is_in({});
  term->is_in({words_of(text), words_of("Dana says: the kettle leaks")});
  return 0;
}
