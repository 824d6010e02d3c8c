#include "bridge/cases/choice.hpp"

#include <gtest/gtest.h>

#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::cases {
namespace {

using namespace std::chrono_literals;

KnownCase open_case(std::string id, std::string handoff = {}) {
  return {.id = std::move(id), .is_closed = false, .handoff = std::move(handoff)};
}
KnownCase closed_case(std::string id, std::string handoff = {}) {
  return {.id = std::move(id), .is_closed = true, .handoff = std::move(handoff)};
}
KnownCase closed_between(WallTime created, WallTime closed) {
  return {.id = "500A", .is_closed = true, .handoff = "other#1", .created_at = created, .closed_at = closed};
}
Link link(int number, std::string case_id) {
  return {.session_id = "s", .number = number, .case_id = std::move(case_id), .conversation = "c"};
}

TEST(ChooseCase, OpensTheFirstOneForANewContact) {
  const auto choice = choose_case({.session_id = "s", .links = {}, .cases = {}});
  EXPECT_EQ(choice.kind, Choice::Kind::create);
  EXPECT_EQ(choice.number, 1);
  EXPECT_EQ(choice.parent_id, "");
}

// F72
TEST(ChooseCase, StaysOnTheSessionsOpenCase) {
  const auto choice =
      choose_case({.session_id = "s", .links = {link(1, "500A")}, .cases = {open_case("500B"), open_case("500A", "s#1")}});
  EXPECT_EQ(choice.kind, Choice::Kind::append);
  EXPECT_EQ(choice.case_id, "500A");
  EXPECT_FALSE(choice.is_new_link);
}

// I3
TEST(ChooseCase, JoinsTheContactsNewestOpenCase) {
  const auto choice = choose_case({.session_id = "s", .links = {}, .cases = {open_case("500B"), open_case("500A")}});
  EXPECT_EQ(choice.case_id, "500B");
  EXPECT_TRUE(choice.is_new_link);
}

// F74: the old Case stays closed, and the new one names it.
TEST(ChooseCase, OpensAChildOfTheClosedCase) {
  const auto choice = choose_case({.session_id = "s", .links = {link(1, "500A")}, .cases = {closed_case("500A", "s#1")}});
  EXPECT_EQ(choice.kind, Choice::Kind::create);
  EXPECT_EQ(choice.number, 2);
  EXPECT_EQ(choice.parent_id, "500A");
}

TEST(ChooseCase, LeavesTheAisLastWordsOnTheClosedCase) {
  const auto choice = choose_case(
      {.session_id = "s", .links = {link(1, "500A")}, .cases = {closed_case("500A", "s#1")}, .needs_an_open_case = false});
  EXPECT_EQ(choice.kind, Choice::Kind::append);
  EXPECT_EQ(choice.case_id, "500A");
}

// F73: the AI keeps the new mail; it was written while the Case was open and read after that was closed.
TEST(ChooseCase, PutsAMessageOnTheCaseThatWasOpenWhenItWasWritten) {
  const auto closed = closed_between(kNine, kNine + 1h);
  const Situation situation{.session_id = "s",
                            .links = {},
                            .cases = {closed},
                            .is_with_people = false,
                            .written_at = {kNine - 1min, kNine + 30min, kNine + 2h}};
  const auto choice = choose_case(situation);
  EXPECT_EQ(choice.kind, Choice::Kind::append);
  EXPECT_EQ(choice.case_id, "500A");
  EXPECT_TRUE(choice.is_new_link);
  EXPECT_EQ(choice.until, kNine + 1h + 1s) << "what came later is the AI's";
}

TEST(ChooseCase, LeavesToTheAiWhatItKeepsAndWasWrittenAfterTheClosing) {
  const auto closed = closed_between(kNine, kNine + 1h);
  for (const auto& [after, want] : {std::pair{999ms, Choice::Kind::append}, std::pair{1000ms, Choice::Kind::none}}) {
    const auto choice = choose_case(
        {.session_id = "s", .links = {}, .cases = {closed}, .is_with_people = false, .written_at = {kNine + 1h + after}});
    EXPECT_EQ(choice.kind, want) << "ClosedDate is cut to whole seconds: within its second the message wins";
  }
}

// A second conversation of the contact is handed off; what came before it is the Case that was open when she wrote.
TEST(ChooseCase, NamesTheContactsClosedCaseAsTheParent) {
  const auto choice =
      choose_case({.session_id = "s", .links = {}, .cases = {closed_between(kNine, kNine + 1h)}, .written_at = {kNine + 30min}});
  EXPECT_EQ(choice.kind, Choice::Kind::create);
  EXPECT_EQ(choice.parent_id, "500A");
}

// A person reopened the Case that the session had left.
TEST(ChooseCase, GoesBackToAReopenedCaseUnderANewNumber) {
  const auto choice = choose_case({.session_id = "s",
                                   .links = {link(1, "500A"), link(2, "500B")},
                                   .cases = {closed_case("500B", "s#2"), open_case("500A", "s#1")}});
  EXPECT_EQ(choice.case_id, "500A");
  EXPECT_EQ(choice.number, 3);
  EXPECT_TRUE(choice.is_new_link);
}

TEST(ChooseCase, NeverUsesANumberTwice) {
  const auto choice = choose_case({.session_id = "s",
                                   .links = {link(1, "500A"), link(2, "500X")},
                                   .cases = {closed_case("500A", "s#1"), closed_case("500X", "other#1")}});
  EXPECT_EQ(choice.number, 3);
  EXPECT_EQ(choice.parent_id, "500X");
}

TEST(HandoffText, ReadsWhatItWrites) {
  const auto handoff = handoff_in(text_of(Handoff{"a#b", 12}));
  ASSERT_TRUE(handoff);
  EXPECT_EQ(handoff->session_id, "a#b");
  EXPECT_EQ(handoff->number, 12);
  for (const auto* bad : {"", "#1", "s", "s#", "s#0", "s#x", "s#1x"}) EXPECT_FALSE(handoff_in(bad)) << bad;
}

}  // namespace
}  // namespace casewire::bridge::cases
