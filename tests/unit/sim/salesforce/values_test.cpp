// What a row keeps: most rows share values with the one before, and a change of one must not reach the other.

#include "sim/salesforce/records/value.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::salesforce {
namespace {

const std::vector<Value> kList{
    std::string{"500"}, Value{}, true, std::string{"New"}, std::int64_t{7}, false, std::string{"Email"}, Value{}, 1.5, Date{}};

TEST(Values, AreWhatWasGiven) {
  const Values values{kList};
  EXPECT_EQ(values.list(), kList);
  EXPECT_EQ(values.size(), kList.size());
}

TEST(Values, ShareWhatAnotherRowHasToo) {
  auto other = kList;
  other[0] = std::string{"501"};
  other[3] = Value{};
  other[7] = std::string{"more"};
  const Values first{kList}, second{other, first};
  EXPECT_EQ(second.list(), other);
  EXPECT_EQ(&first[6], &second[6]);
  EXPECT_EQ(&first[8], &second[8]);
  EXPECT_NE(&first[0], &second[0]);
}

TEST(Values, ChangeInOneRowAlone) {
  Values first{kList};
  Values second{kList, first};
  second.set(3, std::string{"Closed"});
  second.set(6, Value{});
  second.set(1, std::string{"now there"});
  EXPECT_EQ(first.list(), kList);
  EXPECT_EQ(second[3], Value{std::string{"Closed"}});
  EXPECT_EQ(second[6], Value{});
  EXPECT_EQ(second[1], Value{std::string{"now there"}});
  EXPECT_EQ(second[8], Value{1.5});
  const Values copy = second;
  second.set(8, 2.5);
  EXPECT_EQ(copy[8], Value{1.5});
}

TEST(Values, OfManyFieldsStandWhereTheyBelong) {
  std::vector<Value> many;
  for (std::int64_t i = 0; i < 150; ++i) many.push_back(i % 3 == 0 ? Value{} : i % 5 == 0 ? Value{true} : Value{i});
  Values values{many};
  EXPECT_EQ(values.list(), many);
  for (std::size_t i = 0; i < many.size(); i += 7) values.set(i, many[i] = std::to_string(i));
  EXPECT_EQ(values.list(), many);
}

TEST(Values, OutliveTheRowTheyWereSharedWith) {
  auto first = std::make_unique<Values>(kList);
  const Values second{kList, *first};
  first.reset();
  EXPECT_EQ(second.list(), kList);
}

}  // namespace
}  // namespace casewire::sim::salesforce
