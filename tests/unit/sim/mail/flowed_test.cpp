#include "sim/mail/flowed.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

// RFC 3676
TEST(Unwrapped, JoinsLinesThatEndWithABlank) { EXPECT_EQ(unwrapped("one \ntwo \nthree\nfour", false), "one two three\nfour"); }
TEST(Unwrapped, TakesTheAddedBlankAway) {
  EXPECT_EQ(unwrapped("https://x.test/a/ \n b/c and \nmore", true), "https://x.test/a/b/c andmore");
}
TEST(Unwrapped, TakesStuffingAway) { EXPECT_EQ(unwrapped(" >not quoted\n From me", false), ">not quoted\nFrom me"); }
TEST(Unwrapped, KeepsQuotesApartByTheirDepth) { EXPECT_EQ(unwrapped(">> a \n>> b\n> c \nd", false), ">> a b\n> c \nd"); }
TEST(Unwrapped, LeavesTheSignatureAlone) { EXPECT_EQ(unwrapped("bye \n-- \nDana", false), "bye \n-- \nDana"); }
TEST(Unwrapped, KeepsEmptyLines) { EXPECT_EQ(unwrapped("a \n\nb\n", false), "a \nb\n"); }

}  // namespace
}  // namespace casewire::sim::mail
