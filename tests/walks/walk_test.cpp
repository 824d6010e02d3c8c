// CASEWIRE_WALKS says how many (default 1,000; of fleets a tenth of that), CASEWIRE_FIRST_WALK where to begin (default 1). `./dev soak` plays more
// (main.cpp).

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "story.hpp"

namespace casewire::walks {
namespace {

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr || *text == '\0' ? otherwise : std::stoull(text);
}

void expect_green(Story (*story)(std::uint64_t number), std::uint64_t first, std::uint64_t count) {
  constexpr std::uint64_t kTogether = 500;
  std::uint64_t red = 0;
  for (std::uint64_t done = 0; done < count; done += kTogether) {
    std::vector<Story> stories;
    for (std::uint64_t i = done; i < std::min(done + kTogether, count); ++i) stories.push_back(story(first + i));
    for (const auto& end : play(stories, 1)) {
      if (end.why_not_green.empty()) continue;
      ++red;
      ADD_FAILURE() << end.why_not_green;
    }
    if (red > 10) break;
  }
  std::cout << count << " walks from number " << first << ", " << red << " not green\n";
}

TEST(RandomWalks, EndWithNothingLostAndNothingDoubled) {
  expect_green(random_story, number_in("CASEWIRE_FIRST_WALK", 1), number_in("CASEWIRE_WALKS", 1'000));
}

TEST(RandomFleets, EndWithNothingLostAndNothingDoubled) {
  expect_green(random_fleet_story, number_in("CASEWIRE_FIRST_WALK", 1), number_in("CASEWIRE_WALKS", 1'000) / 10);
}

// I4: one reply goes into the conversation that she wrote to before it, the next into another, and OpenCX mails each by itself.
TEST(RandomWalks, KeepTheOrderOfRepliesThatGoIntoDifferentConversations) {
  EXPECT_EQ(play({random_story(2'096)}, 1).front().why_not_green, "");
}

TEST(RandomWalks, AreToldByTheirNumber) { EXPECT_EQ(random_story(7).steps, random_story(7).steps); }

}  // namespace
}  // namespace casewire::walks
