#include "scenarios/evidence/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casewire::scenarios {
namespace {

using testing::ElementsAre;

TEST(Csv, ReadsQuotedCellsWithCommasQuotesAndLineEnds) {
  const auto rows = read_csv("Id,Text\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,\n", "x.csv");
  ASSERT_TRUE(rows) << render(rows.error());
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_THAT((*rows)[1].cells, ElementsAre("1", "a, \"b\"\nc"));
  EXPECT_THAT((*rows)[2].cells, ElementsAre("2", ""));
  EXPECT_EQ((*rows)[1].line, 2u);
  EXPECT_EQ((*rows)[2].line, 5u);
}

TEST(Csv, PassesOverAByteOrderMark) {
  const auto rows = read_csv("\xEF\xBB\xBFId\n7", "x.csv");
  ASSERT_TRUE(rows);
  EXPECT_THAT(rows->front().cells, ElementsAre("Id"));
}

TEST(Csv, SaysWhereAQuotedCellDoesNotEnd) {
  const auto rows = read_csv("Id,Text\n1,\"never", "x.csv");
  ASSERT_FALSE(rows);
  EXPECT_EQ(render(rows.error()), "x.csv:2:3: error: this quoted cell does not end\n");
  EXPECT_EQ(render(read_csv("\"a\"b", "x.csv").error()), "x.csv:1:4: error: something follows the closing quote of a cell\n");
}

}  // namespace
}  // namespace casewire::scenarios
