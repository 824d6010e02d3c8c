// How a scenario is judged as a whole, in the simulated ring with our own bridge.

#include "scenarios/runner/player.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "scenarios/language/feature.hpp"
#include "scenarios/runner/fixture_check.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

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
  const Feature feature_ = *read_feature("mails.feature", kFeature, fixtures_, casewire_vocabulary());
  PlayOptions options_;
};

TEST_F(Player, IsGreenWhenEverythingWasSeen) {
  const auto results = play();
  EXPECT_EQ(results.at(0).verdict, Verdict::passed);
  EXPECT_THAT(results.at(0).complaints, IsEmpty());
}

TEST_F(Player, TellsHowFarTheWorldsTimeIs) {
  std::string years = R"(Feature: Years
  Scenario: Nobody writes
    Given the customer Dana writes from dana@example.test
)";
  for (int decade = 0; decade < 4; ++decade) years += "    When 10 years pass\n";  // of some milliseconds each
  const Feature feature = *read_feature("years.feature", years, fixtures_, casewire_vocabulary());
  milliseconds told{0};
  options_.on_time = [&](const ScenarioResult& scenario, milliseconds passed) {
    EXPECT_EQ(scenario.name, "Nobody writes");
    EXPECT_GE(passed, told);
    told = passed;
  };
  const auto results = play_all(feature.scenarios, fixtures_, options_, [](const ScenarioResult&) {});
  EXPECT_EQ(results.front().verdict, Verdict::passed);
  EXPECT_GT(told, std::chrono::hours{1});
}

/// A simulated ring that is never quiet again from the `last_quiet`-th time on.
class RestlessRing final : public Ring {
 public:
  RestlessRing(std::unique_ptr<Ring> inner, int& asked, int last_quiet, bool is_of_the_machine)
      : inner_(std::move(inner)), asked_(asked), last_quiet_(last_quiet), is_of_the_machine_(is_of_the_machine) {}
  Result<void, std::string> open(Staging staging) override { return inner_->open(std::move(staging)); }
  World& world() override { return inner_->world(); }
  Result<void, Trouble> start_bridge() override { return inner_->start_bridge(); }
  void kill_bridge() override { inner_->kill_bridge(); }
  Result<void, Trouble> stop_bridge() override { return inner_->stop_bridge(); }
  Result<bool, Trouble> restart_if_crashed() override { return inner_->restart_if_crashed(); }
  void perform(const std::function<void()>& deed) override { inner_->perform(deed); }
  WallTime now() const override { return inner_->now(); }
  std::optional<Trouble> run_until_quiet() override {
    if (++asked_ > last_quiet_) return Trouble{"Dana is restless", is_of_the_machine_};
    return inner_->run_until_quiet();
  }
  std::optional<WallTime> next_timer() override { return inner_->next_timer(); }
  std::optional<WallTime> next_timer_of_the_world() override { return inner_->next_timer_of_the_world(); }
  std::optional<Trouble> advance_to(WallTime when) override { return inner_->advance_to(when); }
  std::optional<BridgeWork> bridge_work() override { return inner_->bridge_work(); }

 private:
  std::unique_ptr<Ring> inner_;
  int& asked_;
  int last_quiet_;
  bool is_of_the_machine_;
};

// What happened after the last step was awaited, and nobody looked how it ended.
TEST_F(Player, IsNeverGreenWhenTheWorldDoesNotBecomeQuietAfterTheLastStep) {
  int asked = 0, last_quiet = 1'000'000;
  bool is_of_the_machine = false;
  const auto simulated = options_.make_ring;
  options_.make_ring = [&] { return std::make_unique<RestlessRing>(simulated(), asked, last_quiet, is_of_the_machine); };
  const std::vector<Scenario> one{feature_.scenarios.front()};
  const auto play_one = [&] { return play_all(one, fixtures_, options_, [](const ScenarioResult&) {}).front(); };
  EXPECT_EQ(play_one().verdict, Verdict::passed);
  last_quiet = asked - 1;
  asked = 0;
  const ScenarioResult result = play_one();
  EXPECT_EQ(result.verdict, Verdict::failed);
  EXPECT_THAT(result.complaints, Contains(HasSubstr("after the last step: Dana is restless")));
  asked = 0;
  is_of_the_machine = true;
  EXPECT_EQ(play_one().verdict, Verdict::unknown) << "nobody is accused of what the machine did";
}

std::vector<ScenarioResult> played(const std::string& steps) {
  const Fixtures fixtures(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures");
  const std::string text =
      "Feature: Silence\n\n  Scenario: One\n    Given the customer Dana writes from dana@example.test\n" + steps;
  const auto feature = read_feature("silence.feature", text, fixtures, casewire_vocabulary());
  if (!feature) return {};
  PlayOptions options;
  options.make_ring = [] { return make_simulated_ring(*parse_iso8601("2026-01-05T09:00:00.000Z"), 1); };
  return play_all(feature->scenarios, fixtures, options, [](const ScenarioResult&) {});
}

// A minute was waited: what the AI still wrote came later, and "nothing" was green.
TEST(WhatDoesNotHappen, IsJudgedWhenNothingIsLeftToComeUpToTheHorizon) {
  const std::string deeds =
      "    When Dana emails help@acme.test about \"Order 1182\": \"Where is it?\"\n"
      "    And the AI starts an answer that takes 5 minutes: \"Let me look.\"\n";
  for (const char* check : {"    Then Dana receives nothing\n", "    Then the AI has answered 0 times\n",
                            "    Then Dana does not receive \"Let me look.\"\n", "    Then Dana has received 0 mails\n"}) {
    const auto results = played(deeds + check);
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results.front().verdict, Verdict::failed) << check;
  }
}

TEST(WhatDoesNotHappen, IsNotAwaitedTwice) {
  const std::string deeds =
      "    When Dana emails help@acme.test about \"Order 1182\": \"Where is it?\"\n"
      "    Then Dana receives nothing\n";
  const auto once = played(deeds);
  const auto thrice = played(deeds + "    And Dana has 0 cases\n    And Dana has 1 session\n");
  ASSERT_EQ(once.size() + thrice.size(), 2u);
  EXPECT_EQ(once.front().verdict, Verdict::passed);
  EXPECT_EQ(once.front().virtual_time, thrice.front().virtual_time);
}

TEST_F(Player, IsNeverGreenWhenTheJournalHadToDropSomething) {
  options_.journal_bytes_max = play().at(0).journal.size() * 50;  // every entry takes at least 64
  const auto results = play();
  EXPECT_EQ(results.at(0).verdict, Verdict::failed);
  EXPECT_THAT(results.at(0).complaints, Contains(HasSubstr("the journal was full")));
  const auto& steps = results.at(0).steps;
  const auto last = std::find_if(steps.begin(), steps.end(), [](const auto& step) { return step.verdict != Verdict::passed; });
  ASSERT_NE(last, steps.end()) << "nobody waits for what cannot be seen";
  EXPECT_THAT(last->found, HasSubstr("the journal is full"));
}

TEST_F(Player, DoesNotBeginWhatComesAfterAnInterruption) {
  std::atomic<int> asked = 0;
  options_.stop_reason = [&]() -> std::string { return ++asked > 1 ? "enough" : ""; };
  const auto results = play();
  EXPECT_EQ(results.at(0).verdict, Verdict::passed);
  EXPECT_EQ(results.at(1).verdict, Verdict::not_exercised);
  EXPECT_EQ(results.at(1).name, "Größe");
}

TEST_F(Player, GivesEveryScenarioAFileOfItsOwn) {
  const Feature other = *read_feature("copy/mails.feature", kFeature, fixtures_, casewire_vocabulary());
  std::vector<Scenario> twice = feature_.scenarios;
  twice.insert(twice.end(), other.scenarios.begin(), other.scenarios.end());
  options_.stop_reason = [] { return std::string("enough"); };
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
