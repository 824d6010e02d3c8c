#include "bridge/cases/former.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::cases {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

std::string found(const std::string& text, const std::vector<opencx::HistoryItem>& history,
                  const std::set<std::string, std::less<>>& claimed = {}) {
  const auto* item = former_send({"02s1", text, kNine}, history, claimed);
  return item == nullptr ? "" : item->id;
}

// F80
TEST(FormerSend, IsTheAgentsMessageThatSaysTheReply) {
  EXPECT_EQ(found("Soon.", {said("c", "contact", "Soon."), said("h", "human_agent", "Soon.\r\n")}), "h");
  EXPECT_EQ(found("Soon.", {said("h", "human_agent", "Soon enough.")}), "");
  EXPECT_EQ(found("Soon.", {said("h", "human_agent", "Soon.", kNine - 6min)}), "") << "it was said before";
}

TEST(FormerSend, IsKnownThoughTheBridgeAddedARemarkAboutAFile) {
  EXPECT_EQ(found("Here.", {said("h", "human_agent", "Here.\n\n[A file that belongs to this message may follow.]")}), "h");
}

// Two equal replies are two sends.
TEST(FormerSend, IsNotTakenTwice) {
  const std::vector<opencx::HistoryItem> history{said("h1", "human_agent", "Yes."), said("h2", "human_agent", "Yes.")};
  EXPECT_EQ(found("Yes.", history, {"h1"}), "h2");
  EXPECT_EQ(found("Yes.", history, {"h1", "h2"}), "");
}

TEST(ClaimedItems, AreSendsAndWhatTheCaseHasAsComments) {
  EXPECT_THAT(claimed_items({{.key = "reply:02s1", .about = "s", .done = true, .result = "h1"},
                             {.key = "reply:02s2", .about = "s"},
                             {.key = "comment:h3", .about = "s", .done = true, .result = "500A"}}),
              ElementsAre("h1", "h3"));
}

}  // namespace
}  // namespace casewire::bridge::cases
