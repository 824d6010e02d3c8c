#include "base/text/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace casewire {
namespace {

TEST(SeededRng, GivesTheNumbersOfSplitMix64) {
  SeededRng rng{1234567};
  EXPECT_EQ(rng.next(), 6457827717110365317u);
  EXPECT_EQ(rng.next(), 3203168211198807973u);
  EXPECT_EQ(rng.next(), 9817491932198370423u);
}

TEST(Rng, DrawsBelowTheBoundWithEvenChances) {
  SeededRng rng{7};
  std::array<int, 10> hits{};
  for (int draw = 0; draw < 10'000; ++draw) ++hits.at(rng.below(10));
  EXPECT_GT(*std::min_element(hits.begin(), hits.end()), 850);
  EXPECT_LT(*std::max_element(hits.begin(), hits.end()), 1150);
  EXPECT_EQ(rng.below(1), 0u);
}

TEST(Rng, DrawsAgainWhenTheNumberLiesInTheUnevenRest) {
  // 2^64 mod (2^63 + 1) is 2^63 - 1: numbers below it would come up twice.
  class Fixed final : public Rng {
   public:
    std::uint64_t next() override { return draws_++ == 0 ? 5 : (1ull << 63) + 3; }
    int draws_ = 0;
  };
  Fixed rng;
  EXPECT_EQ(rng.below((1ull << 63) + 1), 2u);
  EXPECT_EQ(rng.draws_, 2);
}

TEST(SystemRng, DoesNotRepeatItself) {
  SystemRng rng;
  EXPECT_NE(rng.next(), rng.next());
}

TEST(Uuid, IsOfVersion4) {
  SeededRng rng{1};
  for (int draw = 0; draw < 50; ++draw) {
    const auto id = uuid(rng);
    ASSERT_EQ(id.size(), 36u);
    EXPECT_EQ(id[8], '-');
    EXPECT_EQ(id[14], '4');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef-"), std::string::npos);
  }
  EXPECT_NE(uuid(rng), uuid(rng));
}

TEST(Alphanumeric, HasTheLengthAskedFor) {
  SeededRng rng{1};
  EXPECT_EQ(alphanumeric(rng, 0), "");
  EXPECT_EQ(alphanumeric(rng, 40).size(), 40u);
  EXPECT_NE(alphanumeric(rng, 20), alphanumeric(rng, 20));
}

}  // namespace
}  // namespace casewire
