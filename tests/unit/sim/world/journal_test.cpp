#include "sim/world/journal.hpp"

#include <gtest/gtest.h>

namespace casewire::sim {
namespace {

Journal journal_of(std::size_t bytes_max = 1 << 20) {
  return Journal([] { return *parse_iso8601("2026-01-05T09:00:00.000Z"); }, bytes_max);
}

TEST(Journal, NumbersEntriesFromOneWithoutGaps) {
  Journal journal = journal_of();
  EXPECT_EQ(journal.append("bridge", "http", {{"method", "GET"}}), 1u);
  EXPECT_EQ(journal.append("salesforce", "record", {}, 1), 2u);
  EXPECT_EQ(journal.entries().at(1).cause, 1u);
}

TEST(Journal, WritesOneJsonObjectPerLine) {
  Journal journal = journal_of();
  journal.append("bridge", "http", {{"method", "GET"}});
  EXPECT_EQ(
      journal.json_lines(),
      "{\"seq\":1,\"at\":\"2026-01-05T09:00:00.000Z\",\"actor\":\"bridge\",\"kind\":\"http\",\"data\":{\"method\":\"GET\"}}\n");
}

TEST(Journal, TakesTheAnswerOfAnExchangeLater) {
  Journal journal = journal_of();
  const auto entry = journal.append("bridge", "http", {{"method", "GET"}});
  journal.amend(entry, {{"status", 200}});
  EXPECT_EQ(journal.entries().at(0).data, (Json{{"method", "GET"}, {"status", 200}}));
}

TEST(Journal, SaysSoWhenItHadToDropSomething) {
  Journal journal = journal_of(200);
  EXPECT_NE(journal.append("a", "step", {{"text", "short"}}), 0u);
  EXPECT_FALSE(journal.overflowed());
  EXPECT_EQ(journal.append("a", "step", {{"text", std::string(300, 'x')}}), 0u);
  EXPECT_TRUE(journal.overflowed());
  EXPECT_EQ(journal.size(), 1u);
}

TEST(Traceparent, CarriesACauseThereAndBack) {
  EXPECT_EQ(cause_of(traceparent(1234567)), 1234567u);
  EXPECT_EQ(cause_of(traceparent(1)), 1u);
}

TEST(Traceparent, IsNobodyElses) {
  EXPECT_EQ(cause_of(""), 0u);
  EXPECT_EQ(cause_of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), 0u);
  EXPECT_EQ(cause_of(traceparent(7).substr(1)), 0u);
}

}  // namespace
}  // namespace casewire::sim
