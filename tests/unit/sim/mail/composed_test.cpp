#include "sim/mail/message/composed.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

TEST(Composed, SpellsALetterWithItsMarkAsOneCharacter) {
  EXPECT_EQ(composed("Scho\xCC\x88ne Gru\xCC\x88"
                     "\xC3\x9F"
                     "e"),
            "Sch\xC3\xB6ne Gr\xC3\xBC\xC3\x9F"
            "e");
  EXPECT_EQ(composed("plain"), "plain");
}

TEST(Composed, LeavesWhatIsNoUtf8) { EXPECT_EQ(composed("\xFF\xFE"), "\xFF\xFE"); }

}  // namespace
}  // namespace casewire::sim::mail
