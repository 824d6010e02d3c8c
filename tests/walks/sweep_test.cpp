// Every call of a conversation's beginning is struck once: the bridge dies just before it or just after it, or its answer is lost. In
// that very window the rep answers, closes and reopens, and the customer writes again. Nothing is lost and nothing doubled (I1 to I10).

#include <gtest/gtest.h>

#include "playing.hpp"

namespace casewire::walks {
namespace {

struct Window {
  const char* name;
  const char* people;  ///< what they do while the call is in doubt
  const char* end;     ///< what must have come of it
};

// The Case has its name as soon as the org has it, whatever the bridge knows.
constexpr const char* kBeginning =
    "    When Dana emails help@acme.test about \"Lamp\" with the file \"notes.txt\": \"It flickers.\"\n"
    "    And the AI hands off: \"A lamp flickers\"\n"
    "    Then case A opens from opencx with the summary \"A lamp flickers\"\n";
constexpr const char* kEnd =
    "    When 3 hours pass\n"
    "    Then case A gains the comment \"It flickers.\"\n"
    "    And case A has the file \"notes.txt\"\n"
    "    And the bridge has nothing left to do\n";

const std::vector<Window> kWindows{
    {"nobody acts", "", "    And Dana has 1 case\n"},
    {"answered and closed",
     "    When Ruiz replies on case A: \"A new one is on its way.\"\n"
     "    And Ruiz closes case A\n",
     "    And Dana receives \"A new one is on its way.\"\n"
     "    And Dana has 1 case\n"
     "    And Dana's session is closed\n"},
    {"only closed", "    When Ruiz closes case A\n", "    And Dana has 1 case\n    And Dana's session is closed\n"},
    {"answered, closed and reopened, and she writes again",
     "    When Ruiz replies on case A: \"A new one is on its way.\"\n"
     "    And Ruiz closes case A\n"
     "    And Ruiz sets case A to \"Working\"\n"
     "    And Dana emails help@acme.test about \"Lamp, again\": \"It is the tall one.\"\n",
     "    And Dana receives \"A new one is on its way.\"\n"
     "    And case A gains the comment \"It is the tall one.\"\n"
     "    And Dana has 1 case\n"},
    {"she writes again and that is handed off too",
     "    When Dana emails help@acme.test about \"Lamp, again\": \"It is the tall one.\"\n"
     "    And the AI hands off: \"She says which lamp\"\n"
     "    And Ruiz replies on case A: \"A new one is on its way.\"\n",
     "    And Dana receives \"A new one is on its way.\"\n"
     "    And case A gains the comment \"It is the tall one.\"\n"
     "    And Dana has 1 case\n"},
    {"taken, answered twice, with a note between",
     "    When Ruiz takes case A\n"
     "    And Ruiz replies on case A: \"Which lamp is it?\"\n"
     "    And Ruiz writes the internal comment on case A: \"careful, VIP\"\n"
     "    And Ruiz replies on case A: \"A new one is on its way.\"\n",
     "    And Dana receives \"Which lamp is it?\"\n"
     "    And Dana receives \"A new one is on its way.\"\n"
     "    And Dana has received 2 mails\n"}};

Story story_of(const Window& window, const std::string& fault) {
  return {std::string(window.name) + ": " + fault, "    Given " + fault + "\n" + kBeginning + window.people + kEnd + window.end};
}

class PeopleAct : public testing::TestWithParam<Window> {};

TEST_P(PeopleAct, WhileTheBridgeDiesAtEachOfItsCalls) {
  constexpr int kCallsMax = 40;
  std::vector<Story> stories;
  for (int call = 1; call <= kCallsMax; ++call) {
    for (const auto* moment : {"before", "after"}) {
      stories.push_back(story_of(GetParam(), std::string("the bridge crashes ") + moment + " its " + ordinal(call) + " call"));
    }
  }
  std::size_t struck = 0;
  for (const auto& end : play(stories, 1)) {
    struck += end.has_unfired_fault ? 0 : 1;
    EXPECT_EQ(end.why_not_green, "");
  }
  EXPECT_GE(struck, 16u) << "the conversation has that many calls at least, struck on both sides";
}

TEST_P(PeopleAct, WhileAnAnswerIsLost) {
  std::vector<Story> stories;
  for (const auto* operation : {"Case create", "CaseComment create", "file create", "query", "token"}) {
    stories.push_back(story_of(GetParam(), std::string("Salesforce accepts the next ") + operation + " but loses the answer"));
  }
  for (const auto* operation : {"message send", "session read", "session update", "history read", "file read"}) {
    stories.push_back(story_of(GetParam(), std::string("OpenCX accepts the next ") + operation + " but loses the answer"));
  }
  std::size_t struck = 0;
  for (const auto& end : play(stories, 1)) {
    struck += end.has_unfired_fault ? 0 : 1;
    EXPECT_EQ(end.why_not_green, "");
  }
  EXPECT_GE(struck, 7u);
}

// F1, F36: the caller gives up, and what it asked for is done when it looks again, or much later.
TEST_P(PeopleAct, WhileACallDawdles) {
  std::vector<Story> stories;
  for (const auto* late : {"3 seconds late", "33 seconds late", "20 minutes late", "just before the one after it"}) {
    stories.push_back(story_of(GetParam(), std::string("Salesforce gets the next Case create ") + late));
  }
  // A file has no key: one that comes when the bridge has looked for it and uploads it again stands there twice, whoever asks.
  stories.push_back(story_of(GetParam(), "Salesforce gets the next file create 3 seconds late"));
  std::size_t struck = 0;
  for (const auto& end : play(stories, 1)) {
    struck += end.has_unfired_fault ? 0 : 1;
    EXPECT_EQ(end.why_not_green, "");
  }
  EXPECT_EQ(struck, stories.size());
}

INSTANTIATE_TEST_SUITE_P(, PeopleAct, testing::ValuesIn(kWindows), [](const auto& row) {
  std::string name;
  bool begins_word = true;
  for (const char c : std::string_view(row.param.name)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter) name += begins_word ? static_cast<char>(c & ~0x20) : c;
    begins_word = !is_letter;
  }
  return name;
});

}  // namespace
}  // namespace casewire::walks
