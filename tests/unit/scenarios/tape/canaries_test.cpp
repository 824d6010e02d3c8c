// The search that everything about canaries hangs on: what is there is found, and what is a pseudonym is not.

#include "tests/unit/scenarios/tape/canaries.hpp"

#include <gtest/gtest.h>

#include "base/text/encoding.hpp"

namespace casewire::scenarios {
namespace {

TEST(CanarySearch, FindsAValueInEachSpellingWhereverItStands) {
  SeededRng rng(3);
  for (const CanaryKind& kind : canary_kinds()) {
    const std::string value = kind.invent(rng);
    for (const Spelling& spelling : spellings()) {
      EXPECT_NE(found_in("before " + spelling.write(value) + " behind", {value}).count, 0u) << kind.name << " " << spelling.name;
    }
    for (const char* before : {"", "a", "ab", "abc"}) {
      EXPECT_NE(found_in("<" + base64(before + value + "and more") + ">", {value}).count, 0u) << kind.name << " after " << before;
    }
  }
}

TEST(CanarySearch, DoesNotTakeHalfAValueForIt) {
  EXPECT_EQ(found_in(base64("call 49 123456") + " " + base64("49 12345678921"), {"+49 12345678912"}).count, 0u);
}

}  // namespace
}  // namespace casewire::scenarios
