// One conversation, told again and again, while the bridge dies at each of its commits and at each of its calls, just before and just
// after. Whatever happens, the end is the same: nothing lost, nothing doubled (I1, I2, I3; F7, F36).

#include <gtest/gtest.h>

#include "playing.hpp"

namespace casewire::walks {
namespace {

constexpr const char* kConversation =
    "    When Dana emails help@acme.test about \"Order 1182\" with the file \"notes.txt\": \"Where is it?\"\n"
    "    And the AI hands off: \"A person, please\"\n"
    "    And 11 minutes pass\n"  // the sweep's deadline, for hints that died with the bridge
    "    Then case A opens from opencx with the summary \"A person, please\"\n"
    "    When Ruiz writes the internal comment on case A: \"internal\"\n"
    "    And Ruiz replies on case A with the file \"invoice.pdf\": \"One.\"\n"
    "    And Ruiz replies on case A: \"Two.\"\n"
    "    And 11 minutes pass\n"
    "    Then Dana receives \"One.\" with the file \"invoice.pdf\"\n"
    "    And Dana receives \"Two.\"\n"
    "    When Dana replies: \"Thanks, but no.\"\n"
    "    And 11 minutes pass\n"
    "    And Ruiz closes case A\n"
    "    And 11 minutes pass\n"
    "    And Dana replies: \"It broke again.\"\n"
    "    And 11 minutes pass\n"
    "    Then case B opens from opencx\n"
    "    And Dana has received 2 mails\n"
    "    And Dana has 2 cases\n"
    "    And case A tells in this order:\n"
    "      | Where is it? |\n"
    "      | internal |\n"
    "      | Thanks, but no. |\n"
    "    And case A has 3 comments\n"
    "    And case A has 1 file\n"
    "    And case B has the comments:\n"
    "      | It broke again. |\n"
    "    And Dana's session shows case B\n"
    "    And the bridge has nothing left to do\n";

struct Moment {
  const char* name;
  const char* side;
  const char* place;
};

class Crash : public testing::TestWithParam<Moment> {};

TEST_P(Crash, LosesNothingAndDoublesNothing) {
  constexpr int kPointsMax = 500, kTogether = 20;
  int struck = 0;
  for (int first = 1; first < kPointsMax; first += kTogether) {
    std::vector<Story> stories;
    for (int point = first; point < first + kTogether; ++point) {
      const auto fault = std::string("the bridge crashes ") + GetParam().side + " its " + ordinal(point) + " " + GetParam().place;
      stories.push_back({fault, "    Given " + fault + "\n" + kConversation});
    }
    bool is_through = false;
    for (const auto& end : play(stories, 1)) {
      EXPECT_EQ(end.why_not_green, "");
      if (end.has_unfired_fault)
        is_through = true;
      else
        ++struck;
    }
    if (is_through || HasFailure()) break;
  }
  EXPECT_GT(struck, 15) << "the story has that many points at least";
  EXPECT_LT(struck, kPointsMax - kTogether);
}

INSTANTIATE_TEST_SUITE_P(, Crash,
                         testing::ValuesIn(std::vector<Moment>{{"BeforeACommit", "before", "commit"},
                                                               {"AfterACommit", "after", "commit"},
                                                               {"BeforeACall", "before", "call"},
                                                               {"AfterACall", "after", "call"}}),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::walks
