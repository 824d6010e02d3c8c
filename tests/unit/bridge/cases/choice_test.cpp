#include "bridge/cases/choice.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge::cases {
namespace {

KnownCase open_case(std::string id, std::string handoff = {}) {
  return {.id = std::move(id), .is_closed = false, .handoff = std::move(handoff)};
}
KnownCase closed_case(std::string id, std::string handoff = {}) {
  return {.id = std::move(id), .is_closed = true, .handoff = std::move(handoff)};
}
Link link(int number, std::string case_id) {
  return {.session_id = "s", .number = number, .case_id = std::move(case_id), .conversation = "c"};
}

TEST(ChooseCase, OpensTheFirstOneForANewContact) {
  const auto choice = choose_case({.session_id = "s", .links = {}, .own_cases = {}, .open_cases_of_contact = {}});
  EXPECT_EQ(choice.kind, Choice::Kind::create);
  EXPECT_EQ(choice.number, 1);
  EXPECT_EQ(choice.parent_id, "");
}

// F72
TEST(ChooseCase, StaysOnTheSessionsOpenCase) {
  const auto choice = choose_case({.session_id = "s",
                                   .links = {link(1, "500A")},
                                   .own_cases = {open_case("500A", "s#1")},
                                   .open_cases_of_contact = {open_case("500B"), open_case("500A")}});
  EXPECT_EQ(choice.kind, Choice::Kind::append);
  EXPECT_EQ(choice.case_id, "500A");
  EXPECT_FALSE(choice.is_new_link);
}

// I3
TEST(ChooseCase, JoinsTheContactsNewestOpenCase) {
  const auto choice = choose_case(
      {.session_id = "s", .links = {}, .own_cases = {}, .open_cases_of_contact = {open_case("500B"), open_case("500A")}});
  EXPECT_EQ(choice.case_id, "500B");
  EXPECT_TRUE(choice.is_new_link);
  EXPECT_TRUE(choice.is_adopted);
}

// F74: the old Case stays closed, and the new one names it.
TEST(ChooseCase, OpensAChildOfTheClosedCase) {
  const auto choice = choose_case(
      {.session_id = "s", .links = {link(1, "500A")}, .own_cases = {closed_case("500A", "s#1")}, .open_cases_of_contact = {}});
  EXPECT_EQ(choice.kind, Choice::Kind::create);
  EXPECT_EQ(choice.number, 2);
  EXPECT_EQ(choice.parent_id, "500A");
}

TEST(ChooseCase, LeavesTheAisLastWordsOnTheClosedCase) {
  const auto choice = choose_case({.session_id = "s",
                                   .links = {link(1, "500A")},
                                   .own_cases = {closed_case("500A", "s#1")},
                                   .open_cases_of_contact = {},
                                   .needs_an_open_case = false});
  EXPECT_EQ(choice.kind, Choice::Kind::append);
  EXPECT_EQ(choice.case_id, "500A");
}

// F1: made before a crash, known to the org alone.
TEST(ChooseCase, FindsTheCaseThatTheStoreDoesNotKnow) {
  const auto choice = choose_case({.session_id = "s",
                                   .links = {link(1, "500A")},
                                   .own_cases = {closed_case("500A", "s#1"), open_case("500B", "s#2")},
                                   .open_cases_of_contact = {open_case("500B", "s#2")}});
  EXPECT_EQ(choice.kind, Choice::Kind::append);
  EXPECT_EQ(choice.case_id, "500B");
  EXPECT_EQ(choice.number, 2);
  EXPECT_TRUE(choice.is_new_link);
  EXPECT_FALSE(choice.is_adopted);
}

TEST(ChooseCase, NeverUsesANumberTwice) {
  const auto choice = choose_case({.session_id = "s",
                                   .links = {link(1, "500A"), link(2, "500X")},
                                   .own_cases = {closed_case("500A", "s#1"), closed_case("500X", "other#1")},
                                   .open_cases_of_contact = {}});
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
