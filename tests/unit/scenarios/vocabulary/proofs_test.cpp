// Every row of the vocabulary is seen to hold and seen to fail, in the simulated ring with our own bridge.
//
// proofs/FAMILY.feature has a scenario named after each row of the family (its form, as `casewire steps` shows it):
//   Rule: Holds    the scenario passes, and says the sentence;
//   Rule: Fails    the scenario fails at that sentence. Each check has one; a deed that can fail has one too.
// What is no check is also left out of its scenario under Holds: that must then not pass, or the sentence did nothing.
// proofs/FAMILY.expected.txt has what is printed for each failure.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/text/strings.hpp"
#include "scenarios/language/feature.hpp"
#include "scenarios/language/listing.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"
#include "tests/support/golden.hpp"

namespace casewire::scenarios {
namespace {

const std::string kFolder = std::string(CASEWIRE_SOURCE_DIR) + "/tests/unit/scenarios/vocabulary/proofs";

/// "What customers do" -> "what_customers_do"
std::string stem_of(const Family& family) {
  std::string stem = lowercase(family.title);
  std::erase(stem, '\'');
  std::replace(stem.begin(), stem.end(), ' ', '_');
  return stem;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<ScenarioResult> play(const std::vector<Scenario>& scenarios, const Fixtures& fixtures) {
  PlayOptions options;
  options.make_ring = [] { return make_simulated_ring(*parse_iso8601("2026-01-05T09:00:00.000Z"), 1); };
  return play_all(scenarios, fixtures, options, [](const ScenarioResult&) {});
}

std::string indented(std::string_view text, const std::string& by) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) out += (out.empty() ? "" : "\n" + by) + std::string(line);
  return out;
}

/// That a staged fault did not strike as often as it was to.
bool is_about_a_fault(std::string_view complaint) { return complaint.find("fired") != std::string_view::npos; }

/// What a person is told: the step that ended the scenario, or why it is not green although each step held.
std::string told(const ScenarioResult& result) {
  for (const StepResult& step : result.steps) {
    if (!step.reached || step.verdict == Verdict::passed) continue;
    std::string text = std::string(name_of(step.verdict)) + ": " + step.keyword + " " + step.text + "\n";
    if (!step.expected.empty()) text += "    expected  " + indented(report::expected_of(step), "              ") + "\n";
    if (!step.found.empty()) text += "    found     " + indented(report::found_of(step), "              ") + "\n";
    return text;
  }
  std::string text = "failed\n";
  for (const std::string& complaint : result.complaints) {
    if (is_about_a_fault(complaint)) text += "    " + indented(complaint, "    ") + "\n";
  }
  return text;
}

/// A row is proved by its steps and by its faults having struck. Whether the world around it keeps every promise is the invariants'
/// affair: a sentence about an org without a field is right about it, and no Case opens there.
bool each_step_held(const ScenarioResult& result) {
  const bool held = std::all_of(result.steps.begin(), result.steps.end(),
                                [](const StepResult& step) { return step.reached && step.verdict == Verdict::passed; });
  return held && std::none_of(result.complaints.begin(), result.complaints.end(),
                              [](const std::string& complaint) { return is_about_a_fault(complaint); });
}

bool says(const Scenario& scenario, const Sentence& row) {
  return std::any_of(scenario.steps.begin(), scenario.steps.end(),
                     [&](const Step& step) { return &step.action.sentence() == &row; });
}

class Proof : public testing::TestWithParam<std::size_t> {
 protected:
  const Family& family() const { return casewire_vocabulary().families().at(GetParam()); }

  /// The scenarios under a rule, by the row they are named after.
  std::map<std::string, Scenario> named_after_rows(const Feature& feature, std::string_view rule) const {
    std::map<std::string, Scenario> all;
    for (const Scenario& scenario : feature.scenarios) {
      if (scenario.rule != rule) continue;
      const bool is_row = std::any_of(family().sentences.begin(), family().sentences.end(),
                                      [&](const Sentence& row) { return shown_form(row.form) == scenario.name; });
      EXPECT_TRUE(is_row) << scenario.name << " is no row of this family";
      all.emplace(scenario.name, scenario);
    }
    return all;
  }
};

TEST_P(Proof, EachRowIsSeenToHoldAndToFail) {
  const std::string stem = stem_of(family());
  const std::string text = content_of(kFolder + "/" + stem + ".feature");
  const Fixtures fixtures(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures");
  const auto feature = read_feature(stem + ".feature", text, fixtures, casewire_vocabulary());
  if (!feature) {
    for (const Diagnostic& mistake : feature.error()) ADD_FAILURE() << render(mistake, text);
    return;
  }
  const auto holding = named_after_rows(*feature, "Holds");
  const auto failing = named_after_rows(*feature, "Fails");

  std::vector<Scenario> green, red;
  for (const Sentence& row : family().sentences) {
    const std::string form = shown_form(row.form);
    const auto holds = holding.find(form);
    if (holds == holding.end() || !says(holds->second, row)) {
      ADD_FAILURE() << "no scenario shows that this holds: " << form;
      continue;
    }
    green.push_back(holds->second);
    if (const auto fails = failing.find(form); fails != failing.end()) {
      red.push_back(fails->second);
    } else if (family().group == Group::check) {
      ADD_FAILURE() << "no scenario shows that this fails: " << form;
    }
    if (family().group != Group::check) {
      Scenario without = holds->second;
      std::erase_if(without.steps, [&](const Step& step) { return &step.action.sentence() == &row; });
      without.rule = "Without";
      red.push_back(std::move(without));
    }
  }
  for (const ScenarioResult& result : play(green, fixtures)) {
    EXPECT_TRUE(each_step_held(result)) << result.name << "\n" << told(result);
  }
  std::string failures;
  for (const ScenarioResult& result : play(red, fixtures)) {
    EXPECT_FALSE(each_step_held(result)) << result.name << ": " << result.rule;
    failures += result.name + "\n  " + (result.rule == "Without" ? "without it: " : "") + told(result) + "\n";
  }
  tests::expect_golden("tests/unit/scenarios/vocabulary/proofs/" + stem + ".expected.txt", failures);
}

INSTANTIATE_TEST_SUITE_P(, Proof, testing::Range<std::size_t>(0, casewire_vocabulary().families().size()),
                         [](const auto& row) { return stem_of(casewire_vocabulary().families().at(row.param)); });

}  // namespace
}  // namespace casewire::scenarios
