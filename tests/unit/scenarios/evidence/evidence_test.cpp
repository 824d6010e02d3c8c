#include "scenarios/evidence/evidence.hpp"

#include <gtest/gtest.h>

namespace casewire::scenarios {
namespace {

// The pair stands in "How to convert 15 character Id to 18 character Id" of the vendor's help.
TEST(Eighteen, AddsTheThreeLettersThatTellCapitals) {
  EXPECT_EQ(eighteen("0019000000DuJ2V"), "0019000000DuJ2VAAV");
  EXPECT_EQ(eighteen("0019000000DuJ2VAAV"), "0019000000DuJ2VAAV");
  EXPECT_EQ(eighteen(""), "");
}

TEST(TimeFrom, KnowsTheSpellingsOfBothVendorsAndTheirExports) {
  const auto nine = time_from("2026-01-05T09:00:00.000Z");
  ASSERT_TRUE(nine);
  for (const char* spelling : {"2026-01-05T09:00:00.000+0000", "2026-01-05T10:00:00+01:00", "2026-01-05 09:00:00"}) {
    EXPECT_EQ(time_from(spelling), nine) << spelling;
  }
  EXPECT_FALSE(time_from("5 January"));
}

TEST(Evidence, KeepsOnWhichCaseARowStoodFirst) {
  Evidence evidence;
  evidence.row("EmailMessage", "02sQx000003KettIAC", {{"ParentId", "500A"}}, {});
  const OrgRow& row = evidence.row("EmailMessage", "02sQx000003KettIAC", {{"ParentId", "500B"}, {"Status", "3"}}, {});
  EXPECT_EQ(row.fields["ParentId"], "500A");
  EXPECT_EQ(row.fields["Status"], "3");
}

TEST(Evidence, HearsAMessageOnce) {
  Evidence evidence;
  for (int reads = 0; reads < 3; ++reads) evidence.say({}, {}, {.session = "s", .message_id = "m", .text = "Hello"});
  EXPECT_EQ(evidence.clues.size(), 1u);
}

}  // namespace
}  // namespace casewire::scenarios
