#include "sim/salesforce/records/ids.hpp"

#include <gmock/gmock.h>

namespace casewire::sim::salesforce {
namespace {

TEST(RecordId, CarriesTheCheckOfItsCase) {
  EXPECT_EQ(canonical_id("500VE00000abcDe"), "500VE00000abcDeYAI");
  EXPECT_EQ(canonical_id("001900K0001pPuO"), "001900K0001pPuOACU");
}

TEST(RecordId, IsRefusedWhenTheCheckDoesNotFitTheCase) {
  EXPECT_EQ(canonical_id("001900K0001pPuOAAU"), std::nullopt);
  EXPECT_EQ(canonical_id("500VE00000ABCDEYAI"), std::nullopt);
}

TEST(RecordId, IsRefusedWhenMalformed) {
  for (const auto* id : {"", "500", "500VE00000abcD!", "500VE00000abcDeYA", "500VE00000abcDeYAIx"})
    EXPECT_EQ(canonical_id(id), std::nullopt) << id;
}

TEST(RecordId, GrowsWithItsNumber) {
  EXPECT_LT(make_id("500", 61), make_id("500", 62));
  EXPECT_LT(make_id("500", 9), make_id("500", 10));
  EXPECT_EQ(make_id("500", 1).size(), 18u);
  EXPECT_EQ(canonical_id(make_id("500", 12345).substr(0, 15)), make_id("500", 12345));
}

}  // namespace
}  // namespace casewire::sim::salesforce
