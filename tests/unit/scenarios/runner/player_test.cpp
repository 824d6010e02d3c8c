// How a scenario is judged as a whole, in the simulated ring with our own bridge.

#include "scenarios/runner/player.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "scenarios/runner/fixture_check.hpp"
#include "scenarios/runner/simulated_ring.hpp"

namespace casewire::scenarios {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kFeature = R"(Feature: Mails

  Background:
    Given the customer Dana writes from dana@example.test

  Scenario: A handoff
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"

  Scenario: Größe
    Then Dana has 0 cases
)";

class Player : public testing::Test {
 protected:
  Player() {
    options_.make_ring = [] { return make_simulated_ring(*parse_iso8601("2026-01-05T09:00:00.000Z"), 1); };
    options_.jobs = 1;
  }
  std::vector<ScenarioResult> play() const {
    return play_all(feature_.scenarios, fixtures_, options_, [](const ScenarioResult&) {});
  }

  const Fixtures fixtures_{std::string(CASEWIRE_SOURCE_DIR) + "/fixtures"};
  const Feature feature_ = *read_feature("mails.feature", kFeature, fixtures_);
  PlayOptions options_;
};

TEST_F(Player, IsGreenWhenEverythingWasSeen) {
  const auto results = play();
  EXPECT_EQ(results.at(0).verdict, Verdict::passed);
  EXPECT_THAT(results.at(0).complaints, IsEmpty());
}

TEST_F(Player, IsNeverGreenWhenTheJournalHadToDropSomething) {
  options_.journal_bytes_max = play().at(0).journal.size() * 50;  // every entry takes at least 64
  const auto results = play();
  EXPECT_EQ(results.at(0).verdict, Verdict::failed);
  EXPECT_THAT(results.at(0).complaints, Contains(HasSubstr("the journal was full")));
}

TEST_F(Player, DoesNotBeginWhatComesAfterAnInterruption) {
  std::atomic<int> asked = 0;
  options_.stop_asked = [&] { return ++asked > 1; };
  const auto results = play();
  EXPECT_EQ(results.at(0).verdict, Verdict::passed);
  EXPECT_EQ(results.at(1).verdict, Verdict::not_exercised);
  EXPECT_EQ(results.at(1).name, "Größe");
}

TEST_F(Player, GivesEveryScenarioAFileOfItsOwn) {
  const Feature other = *read_feature("copy/mails.feature", kFeature, fixtures_);
  std::vector<Scenario> twice = feature_.scenarios;
  twice.insert(twice.end(), other.scenarios.begin(), other.scenarios.end());
  options_.stop_asked = [] { return true; };
  std::vector<std::string> stems;
  for (const auto& result : play_all(twice, fixtures_, options_, [](const ScenarioResult&) {})) stems.push_back(result.file_stem);
  EXPECT_THAT(stems, testing::ElementsAre("Mails-6-A-handoff", "Mails-11-Gr-e", "Mails-6-A-handoff-2", "Mails-11-Gr-e-2"));
}

TEST_F(Player, FixturesThatCannotBeUsedAreKnownBeforehand) {
  EXPECT_EQ(fixture_problems(feature_.scenarios, fixtures_), "");
  EXPECT_THAT(fixture_problems(feature_.scenarios, Fixtures("/nowhere")),
              HasSubstr("mails.feature:6:3: error: there is no orgs/service-cloud/org.json"));
}

}  // namespace
}  // namespace casewire::scenarios
