#include "sim/world/journal.hpp"

#include <gtest/gtest.h>

namespace casewire::sim {
namespace {

Journal journal_of(std::size_t bytes_max = 1 << 20) {
  return Journal([] { return *parse_iso8601("2026-01-05T09:00:00.000Z"); }, bytes_max);
}

HttpExchange get() { return {.from = "bridge", .to = "salesforce", .method = "GET"}; }

TEST(Journal, NumbersEntriesFromOneWithoutGaps) {
  Journal journal = journal_of();
  EXPECT_EQ(journal.append("bridge", get()), 1u);
  EXPECT_EQ(journal.append("salesforce", RecordChange{}, 1), 2u);
  EXPECT_EQ(journal.entries().at(1).cause, 1u);
}

TEST(Journal, WritesOneJsonObjectPerLine) {
  Journal journal = journal_of();
  journal.append("bridge", get());
  EXPECT_EQ(journal.json_lines(),
            "{\"seq\":1,\"at\":\"2026-01-05T09:00:00.000Z\",\"actor\":\"bridge\",\"kind\":\"http\","
            "\"data\":{\"from\":\"bridge\",\"to\":\"salesforce\",\"method\":\"GET\"}}\n");
}

TEST(Journal, TakesTheAnswerOfAnExchangeLater) {
  Journal journal = journal_of();
  const auto entry = journal.append("bridge", get());
  journal.amend<HttpExchange>(entry, [](HttpExchange& exchange) { exchange.status = 200; });
  EXPECT_EQ(std::get<HttpExchange>(journal.entries().at(0).event).status, 200);
}

TEST(Journal, ShowsWhoReadsAlongWhatIsNewAndWhatWasCompleted) {
  Journal journal = journal_of();
  const auto shown = [&](std::size_t& seen) {
    std::vector<std::uint64_t> entries;
    seen = journal.visit_changes(seen, [&](const Entry& entry) { entries.push_back(entry.sequence); });
    return entries;
  };
  std::size_t seen = 0;
  const auto first = journal.append("bridge", get());
  journal.append("script", StepBegin{});
  EXPECT_EQ(shown(seen), (std::vector<std::uint64_t>{1, 2}));
  journal.amend<HttpExchange>(first, [](HttpExchange& exchange) { exchange.status = 200; });
  journal.append("script", StepBegin{});
  EXPECT_EQ(shown(seen), (std::vector<std::uint64_t>{1, 3}));
  EXPECT_TRUE(shown(seen).empty());
}

TEST(Journal, SaysSoWhenItHadToDropSomething) {
  Journal journal = journal_of(200);
  EXPECT_NE(journal.append("a", StepBegin{.text = "short"}), 0u);
  EXPECT_FALSE(journal.overflowed());
  EXPECT_EQ(journal.append("a", StepBegin{.text = std::string(300, 'x')}), 0u);
  EXPECT_TRUE(journal.overflowed());
  EXPECT_EQ(journal.size(), 1u);
}

TEST(Journal, KeepsNoAnswerThatIsTooLarge) {
  Journal journal = journal_of(1'000);
  const auto entry = journal.append("bridge", get());
  journal.amend<HttpExchange>(entry, [](HttpExchange& exchange) { exchange.response = std::string(5'000, 'x'); });
  EXPECT_TRUE(journal.overflowed());
  EXPECT_TRUE(std::get<HttpExchange>(journal.entries().at(0).event).cut);
  EXPECT_NE(journal.append("script", StepBegin{}), 0u) << "what is small has room again";
}

TEST(Journal, HandsItsEntriesOverOnce) {
  Journal journal = journal_of();
  journal.append("script", StepBegin{});
  EXPECT_EQ(journal.take().size(), 1u);
  EXPECT_EQ(journal.append("script", StepBegin{}), 0u);
  EXPECT_FALSE(journal.overflowed());
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
