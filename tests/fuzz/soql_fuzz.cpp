// Any text is a query with an answer, or an error that says what and where, and both are the same the next time.

#include "base/text/utf8.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

using namespace casewire;
using fuzz::require;

FUZZ_TARGET(soql) {
  using namespace casewire::sim::salesforce::soql;
  static const SampleOrg org;
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto first = org.run(text);
  const auto second = org.run(text);
  require(first.has_value() == second.has_value(), "the same query succeeds again or fails again");
  if (!first) {
    require(!first.error().code.empty() && !first.error().message.empty(), "an error has a code and a message");
    require(first.error().message == second.error().message, "an error is worded the same again");
    return 0;
  }
  require(first->total == second->total && first->records.text == second->records.text, "the same query finds the same rows");
  require(first->records.size() == 0 || first->records.size() == first->total, "without paging all rows are shown");
  for (const Json& record : first->records.trees()) {
    require(record.is_object() && record.begin().key() == "attributes", "a record begins with its attributes");
  }
  return 0;
}
