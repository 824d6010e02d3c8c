#include "scenarios/language/long_text.hpp"

#include <gtest/gtest.h>

#include "base/text/utf8.hpp"
#include "tests/unit/scenarios/language/support.hpp"

namespace casewire::scenarios {
namespace {

TEST(LongText, HasAsManyCharactersAsItSays) {
  for (const std::size_t characters : {0, 1, 9, 10, 11, 4000, 32'001}) {
    EXPECT_EQ(long_text("%" + std::to_string(characters) + " characters%").value().size(), characters);
    EXPECT_EQ(character_count(long_text("%" + std::to_string(characters) + " wide characters%").value()), characters);
  }
  EXPECT_EQ(long_text("a %20 characters% b").value(), "a 000010 xx 000020 xx  b");
  EXPECT_EQ(long_text("%2 wide characters%").value().size(), 6u);
}

TEST(LongText, LeavesOtherPercentSignsAlone) {
  for (const char* text : {"100 % sure", "50% off, 20% more", "%message-id%", "%12 letters%", "%%", ""}) {
    EXPECT_FALSE(long_text(text)) << text;
  }
  EXPECT_EQ(long_text("50% off %1 characters%").value(), "50% off x");
  EXPECT_FALSE(long_text("%99999999 characters%"));
}

TEST(LongText, IsSaidAgainAsItWasWritten) {
  const Feature feature = good_feature(R"(Feature: Long
  Scenario: One
    Given the AI answers every mail with "%30 characters%"
    Then the AI has answered 0 times
)");
  const Action& action = feature.scenarios.at(0).steps.at(0).action;
  EXPECT_EQ(action.text("text").size(), 30u);
  EXPECT_EQ(action.said().text(), "the AI answers every mail with \"%30 characters%\"");
}

}  // namespace
}  // namespace casewire::scenarios
