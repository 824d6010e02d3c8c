#include "scenarios/report/storyline.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "scenarios/report/entry_text.hpp"
#include "scenarios/report/idle.hpp"
#include "tests/unit/scenarios/report/sample_run.hpp"

namespace casewire::scenarios {

using namespace report;

namespace {

using testing::HasSubstr;

const Row* row_with(const Storyline& story, std::string_view label, std::size_t skip = 0) {
  for (const Row& row : story.rows) {
    if (row.label.find(label) != std::string::npos && skip-- == 0) return &row;
  }
  return nullptr;
}

TEST(Participants, AreThoseThatTheScriptIntroducedWhateverItsTextsSay) {
  ScenarioResult scenario;
  scenario.people = {{Person::Role::customer, "Dana", "dana@example.test"}, {Person::Role::rep, "Ruiz"}};
  StepResult step;
  step.text = "Dana replies: \"the rep Eve works the queue \\\"x\\\", she takes over \"";
  scenario.steps.push_back(step);
  const Participants participants = participants_of(scenario);
  EXPECT_EQ(participants.reps, std::vector<std::string>{"Ruiz"});
  EXPECT_EQ(participants.customers, std::vector<std::string>{"Dana"});
}

TEST(Storyline, PutsPeopleOnTheOutsideAndSystemsBetween) {
  const Storyline story = storyline(tests::handoff_that_passes());
  EXPECT_EQ(story.participants.title(Lifeline::customer), "Dana");
  EXPECT_EQ(story.participants.title(Lifeline::rep), "Ruiz");
  const Row* reply = row_with(story, "EmailMessage insert");
  ASSERT_NE(reply, nullptr);
  EXPECT_EQ(reply->from, Lifeline::rep);
  EXPECT_EQ(reply->to, Lifeline::salesforce);
  const auto mail = std::find_if(story.rows.rbegin(), story.rows.rend(), [](const Row& row) { return row.kind == "mail"; });
  ASSERT_NE(mail, story.rows.rend());
  EXPECT_EQ(mail->label, "Looking into it.") << "what it says; its subject is the same in every mail";
  EXPECT_EQ(mail->from, Lifeline::opencx);
  EXPECT_EQ(mail->to, Lifeline::customer);
}

TEST(Storyline, ShowsTheRecordsOfOneCallAsOneNote) {
  const Storyline story = storyline(tests::handoff_that_passes());
  const Row* note = row_with(story, "Case insert");
  ASSERT_NE(note, nullptr);
  EXPECT_EQ(note->label, "Case insert, 2 × CaseComment insert");
  EXPECT_EQ(note->last, note->first + 2);
}

TEST(Storyline, BreaksTheArrowOfALostAnswerOnTheWayBack) {
  const Storyline story = storyline(tests::handoff_that_doubles_the_case());
  const auto lost =
      std::find_if(story.rows.begin(), story.rows.end(), [](const Row& row) { return row.crossing != Row::Crossing::complete; });
  ASSERT_NE(lost, story.rows.end());
  EXPECT_EQ(lost->crossing, Row::Crossing::lost_back);
  EXPECT_EQ(lost->answer, "200, answer lost");
}

TEST(Storyline, PointsAtTheBrokenInvariantBelowItsEntry) {
  const ScenarioResult scenario = tests::handoff_that_doubles_the_case();
  const Storyline story = storyline(scenario);
  const auto callout =
      std::find_if(story.rows.begin(), story.rows.end(), [](const Row& row) { return row.shape == Row::Shape::callout; });
  ASSERT_NE(callout, story.rows.end());
  EXPECT_THAT(callout->lines.front(), HasSubstr("I2 first broke here"));
  EXPECT_EQ(std::prev(callout)->first, scenario.violations.front().entry);
}

TEST(Storyline, SaysWhatAFailedStepExpectedAndFound) {
  const Storyline story = storyline(tests::handoff_that_doubles_the_case());
  const auto callout = std::find_if(story.rows.begin(), story.rows.end(),
                                    [](const Row& row) { return row.shape == Row::Shape::callout && row.lines.size() > 1; });
  ASSERT_NE(callout, story.rows.end());
  EXPECT_EQ(callout->lines[1], "expected  1 open case");
}

TEST(Storyline, HeadsEveryStepAlsoThoseNotReached) {
  const ScenarioResult scenario = tests::handoff_that_doubles_the_case();
  const Storyline story = storyline(scenario);
  const auto steps =
      std::count_if(story.rows.begin(), story.rows.end(), [](const Row& row) { return row.shape == Row::Shape::step; });
  EXPECT_EQ(static_cast<std::size_t>(steps), scenario.steps.size());
}

TEST(Storyline, FoldsADayOfSweepsIntoOneLine) {
  const Storyline story = storyline(tests::day_of_sweeps());
  const Row* idle = row_with(story, "more sweeps");
  ASSERT_NE(idle, nullptr);
  EXPECT_EQ(idle->label, "… 287 more sweeps (session list, query) in 23 h 55 min, nothing new");
  EXPECT_LT(story.rows.size(), 20u);
}

// A sweep that now and then asks twice cut a quiet day into ten bands.
TEST(Storyline, FoldsSweepsThatDifferOnlyInHowOftenTheyAsk) {
  ScenarioResult scenario = tests::day_of_sweeps();
  std::vector<sim::Entry> journal;
  for (sim::Entry& entry : scenario.journal) {
    const auto* call = entry.as<sim::HttpExchange>();
    const bool twice = call && call->to == "opencx" && journal.size() % 35 < 3;
    journal.push_back(entry);
    if (twice) journal.push_back(entry);
  }
  for (std::size_t at = 0; at < journal.size(); ++at) journal[at].sequence = at + 1;
  scenario.steps.clear();
  scenario.journal = std::move(journal);
  const Storyline story = storyline(scenario);
  EXPECT_EQ(std::count_if(story.rows.begin(), story.rows.end(), [](const Row& row) { return row.shape == Row::Shape::gap; }), 1);
}

TEST(Storyline, KeepsARoundThatAnInvariantPointsAt) {
  ScenarioResult scenario = tests::day_of_sweeps();
  auto middle = scenario.journal.begin() + static_cast<std::ptrdiff_t>(scenario.journal.size() / 2);
  const std::uint64_t wrong = std::find_if(middle, scenario.journal.end(), [](const sim::Entry& entry) {
                                return entry.as<sim::HttpExchange>();
                              })->sequence;
  scenario.violations.push_back({"I10", "a call too many", wrong});
  const Storyline story = storyline(scenario);
  const auto shown = std::find_if(story.rows.begin(), story.rows.end(), [&](const Row& row) {
    return row.shape != Row::Shape::gap && row.first <= wrong && wrong <= row.last;
  });
  EXPECT_NE(shown, story.rows.end());
}

TEST(Storyline, DrawsABoundedNumberOfRowsAndSaysWhatIsMissing) {
  ScenarioResult scenario = tests::handoff_that_passes();
  // No idle run: every call is of another kind than its neighbours.
  for (std::uint64_t at = 0; at < 5'000; ++at) {
    sim::Entry entry = scenario.journal.back();
    entry.sequence = scenario.journal.back().sequence + 1;
    std::get<sim::MailPassage>(entry.event).subject = "mail " + std::to_string(at);
    scenario.journal.push_back(entry);
  }
  const Storyline story = storyline(scenario, 200);
  EXPECT_LT(story.rows.size(), 300u);
  EXPECT_GT(story.entries_left_out, 4'000u);
  EXPECT_NE(row_with(story, "journal entries are not drawn"), nullptr);
}

TEST(Storyline, KnowsWhenTheBridgeWasDown) {
  const Storyline story = storyline(tests::handoff_that_doubles_the_case());
  const Row* crash = row_with(story, "Bridge crashed");
  ASSERT_NE(crash, nullptr);
  EXPECT_FALSE(crash->bridge_up);
  const Row* start = row_with(story, "started", 1);
  ASSERT_NE(start, nullptr);
  EXPECT_TRUE(start->bridge_up);
}

sim::HttpExchange call(std::string to, std::string operation, int status) {
  return {.from = "bridge", .to = std::move(to), .operations = {std::move(operation)}, .status = status};
}

TEST(IdleRuns, FindACycleOfDifferentRounds) {
  std::vector<sim::Entry> journal;
  int minute = 0;
  const auto add = [&](sim::Occurrence event) {
    journal.push_back({journal.size() + 1, WallTime{std::chrono::minutes{minute}}, "bridge", 0, std::move(event)});
  };
  for (int round = 0; round < 12; ++round) {
    ++minute;
    add(sim::TimeSkip{});
    add(call("opencx", "session list", 200));
    if (round % 3 == 0) add(call("salesforce", "query", 200));
  }
  const auto runs = idle_runs(journal, {});
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs.front().rounds, 9u);
  EXPECT_EQ(runs.front().last, journal.size() - 1);
}

TEST(IdleRuns, NeedNoTimerEntryBetweenTheRounds) {
  std::vector<sim::Entry> journal;
  for (std::uint64_t round = 0; round < 10; ++round) {
    for (const char* system : {"opencx", "salesforce"}) {
      journal.push_back({journal.size() + 1, WallTime{std::chrono::minutes{round}}, "bridge", 0, call(system, "sweep", 200)});
    }
  }
  const auto runs = idle_runs(journal, {});
  ASSERT_EQ(runs.size(), 1u);
  // The first round has no pause before it; the second is the one that stays visible.
  EXPECT_EQ(runs.front().first, 4u);
  EXPECT_EQ(runs.front().rounds, 8u);
}

TEST(IdleRuns, LeaveARefusedCallAlone) {
  std::vector<sim::Entry> journal;
  for (std::uint64_t at = 0; at < 20; at += 2) {
    journal.push_back({at + 1, WallTime{}, "world", 0, sim::TimeSkip{}});
    journal.push_back({at + 2, WallTime{}, "bridge", 0, call("opencx", "session list", 503)});
  }
  for (const IdleRun& run : idle_runs(journal, {})) {
    for (std::size_t at = run.first; at <= run.last; ++at) EXPECT_FALSE(journal[at].as<sim::HttpExchange>());
  }
}

TEST(EntryText, FindsTheErrorThatACompositeHides) {
  const sim::HttpExchange exchange{
      .response = R"({"compositeResponse":[{"body":[{"errorCode":"PROCESSING_HALTED"}],"httpStatusCode":400},)"
                  R"({"body":[{"errorCode":"DUPLICATE_VALUE"}],"httpStatusCode":400}]})",
      .status = 200};
  EXPECT_EQ(outcome(exchange), "200 DUPLICATE_VALUE");
}

TEST(EntryText, CountsDaysInTheTime) {
  const WallTime start = *parse_iso8601("2026-01-05T09:00:00Z");
  EXPECT_EQ(time_since(start, start + milliseconds{3210}), "00:00:03.210");
  EXPECT_EQ(time_since(start, start + std::chrono::hours{49}), "2d 01:00:00.000");
}

}  // namespace
}  // namespace casewire::scenarios
