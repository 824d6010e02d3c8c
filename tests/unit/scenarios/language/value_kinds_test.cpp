// What a value of a sentence may be, by its kind.

#include "scenarios/language/value_kind.hpp"

#include "scenarios/language/recognise.hpp"
#include "tests/unit/scenarios/language/support.hpp"

namespace casewire::scenarios {
namespace {

std::optional<Slip> read(std::string_view kind, std::string_view text, const std::string& system = {}) {
  const std::vector<Value> values{{.slot = "system", .text = system}};
  return value_kind_named(kind).read(text, Reading(casewire_vocabulary(), values));
}

TEST(Operation, IsTakenInSingularAndPlural) {
  EXPECT_FALSE(read("operation", "Case create", "Salesforce"));
  EXPECT_FALSE(read("operation", "queries", "Salesforce"));
  EXPECT_FALSE(read("operation", "session reads", "OpenCX"));
  EXPECT_EQ(read("operation", "Case create", "OpenCX").value().hint, "\"Case create\" is an operation of Salesforce");
}

TEST(Address, HasTheShapeOfAnAddress) {
  EXPECT_FALSE(read("address", "dana@example.test"));
  for (const char* text : {"dana", "@example.test", "dana@", "a@b@c", "<dana@example.test>", "dana@example.test."}) {
    EXPECT_TRUE(read("address", text)) << text;
  }
}

TEST(System, IsOneOfTheTwo) {
  EXPECT_FALSE(read("system", "OpenCX"));
  EXPECT_EQ(read("system", "Salesfroce").value().hint, "did you mean \"Salesforce\"?");
}

}  // namespace
}  // namespace casewire::scenarios
