#include "bridge/cases/missing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::cases {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

LedgerEntry reply(std::string key, std::string text, std::string result, WallTime at = kNine) {
  return {.key = "reply:" + key,
          .about = "s",
          .done = !result.empty(),
          .begun_at = at,
          .detail = text_digest(text),
          .result = result};
}

std::vector<LedgerEntry> done(const std::vector<std::string>& keys) {
  std::vector<LedgerEntry> entries;
  for (const auto& key : keys) entries.push_back({.key = key, .about = "s", .done = true});
  return entries;
}

std::vector<std::string> ids(const std::vector<const opencx::HistoryItem*>& items) {
  std::vector<std::string> result;
  for (const auto* item : items) result.push_back(item->id);
  return result;
}

// F44, I8
TEST(MissingOf, LeavesOutWhatTheBridgeSentItself) {
  const std::vector<opencx::HistoryItem> history{said("h1", "contact", "Where?"), said("h2", "ai", "Hm."),
                                                 said("h3", "human_agent", "Soon."), said("h4", "human_agent", "From the Inbox")};
  const auto own = own_sends({reply("02s1", "Soon.", "h3")}, history, 0ms);
  EXPECT_THAT(ids(missing_of(history, done({"comment:h1"}), own).messages), ElementsAre("h2", "h4"));
}

TEST(OwnSends, FindsASendWhoseAnswerWasLostByItsText) {
  const std::vector<opencx::HistoryItem> history{said("h3", "human_agent", "Soon.\r\n")};
  const auto own = own_sends({reply("02s1", "Soon.", "")}, history, 0ms);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own.front().item_id, "h3");
  EXPECT_TRUE(own.front().was_open);
}

// Two equal replies are two replies: one history item stands for one send.
TEST(OwnSends, NeverCountsOneMessageTwice) {
  const std::vector<opencx::HistoryItem> history{said("h3", "human_agent", "Yes.")};
  const auto own = own_sends({reply("02s1", "Yes.", "h3"), reply("02s2", "Yes.", "")}, history, 0ms);
  ASSERT_EQ(own.size(), 2u);
  EXPECT_EQ(own[1].ledger_key, "reply:02s2");
  EXPECT_EQ(own[1].item_id, "");
}

TEST(OwnSends, DoesNotTakeAnOldMessageForANewSend) {
  const std::vector<opencx::HistoryItem> history{said("old", "human_agent", "Yes.", kNine - 6min),
                                                 said("contact", "contact", "Yes.", kNine)};
  EXPECT_EQ(own_sends({reply("02s2", "Yes.", "")}, history, 0ms).front().item_id, "");
}

// F40: the ledger goes by our clock, the history by OpenCX's.
TEST(OwnSends, AreFoundThoughOpenCxsClockIsFarBehindOurs) {
  const std::vector<opencx::HistoryItem> history{said("older", "human_agent", "Yes.", kNine - 36min),
                                                 said("sent", "human_agent", "Yes.", kNine - 30min)};
  EXPECT_EQ(own_sends({reply("02s2", "Yes.", "")}, history, -30min).front().item_id, "sent");
}

TEST(MissingOf, ListsHandoffsAndFilesUntilTheyAreDone) {
  auto with_file = said("h1", "contact", "see file");
  with_file.attachments.push_back({.id = "a1", .name = "a.pdf", .media_type = "", .url = ""});
  opencx::HistoryItem handoff;
  handoff.id = "h2";
  handoff.type = "handoff";
  const std::vector<opencx::HistoryItem> history{with_file, handoff};
  const auto first = missing_of(history, done({"comment:h1"}), {});
  EXPECT_THAT(ids(first.handoffs), ElementsAre("h2"));
  EXPECT_THAT(ids(first.with_files), ElementsAre("h1"));
  EXPECT_TRUE(first.needs_an_open_case());
  EXPECT_TRUE(missing_of(history, done({"comment:h1", "comment:h2", "file:a1"}), {}).is_empty());
}

// F73: what stands on a Case that was closed when it came is said already, and still has to be seen.
TEST(MissingOf, ListsWhatIsStrandedOnAClosedCase) {
  const std::vector<opencx::HistoryItem> history{said("h1", "contact", "Where?")};
  auto ledger = done({"comment:h1"});
  ledger.front().detail = kStranded;
  const auto missing = missing_of(history, ledger, {});
  EXPECT_THAT(ids(missing.messages), ElementsAre());
  EXPECT_THAT(ids(missing.stranded), ElementsAre("h1"));
  EXPECT_TRUE(missing.needs_an_open_case());
}

}  // namespace
}  // namespace casewire::bridge::cases
