#include "told_story.hpp"

#include <stdexcept>

#include "scenarios/language/feature.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::walks {
namespace {

constexpr const char* kFirstLines =
    "Feature: Told\n"
    "  Scenario: It happens so\n"
    "    Given the customer Dana writes from dana@example.test\n"
    "    And the rep Ruiz works the queue \"Support\"\n";

/// Stories count calls: a timer's would be among them.
scenarios::Staging without_preflight() {
  scenarios::Staging before;
  before.bridge_settings["CASEWIRE_CHECK_EVERY"] = "never";
  return before;
}

}  // namespace

ToldStory::ToldStory()
    : fixtures_(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures"),
      ring_(scenarios::make_simulated_ring(*parse_iso8601("2026-01-05T09:00:00.000Z"), 1)),
      stage_(std::make_unique<scenarios::Stage>(*ring_, fixtures_, without_preflight())),
      told_(kFirstLines) {}

void ToldStory::tell(const std::string& steps) {
  told_ += steps;
  const auto feature = scenarios::read_feature("told.feature", told_, fixtures_, scenarios::casewire_vocabulary());
  if (!feature) {
    std::string problems;
    for (const auto& diagnostic : feature.error()) problems += render(diagnostic, told_);
    throw std::logic_error(problems);
  }
  const auto& all = feature->scenarios.front().steps;
  for (; steps_told_ < all.size(); ++steps_told_) {
    const auto& step = all[steps_told_];
    const auto played = stage_->act(step.action);
    ASSERT_TRUE(played.done()) << step.text << "\n  expected " << played.expected << "\n  found " << played.found;
  }
}

void ToldStory::TearDown() {
  if (!stage_->is_open() || HasFatalFailure()) return;
  const auto end = stage_->finish(false);
  EXPECT_TRUE(end.done()) << end.expected << ": " << end.found;
  for (const auto& violation : stage_->violations()) {
    if (may_leave_parked && violation.may_be_mended) continue;
    ADD_FAILURE() << violation.invariant << ": " << violation.what;
  }
  for (const auto& complaint : world().faults().unproved()) ADD_FAILURE() << complaint;
  for (const auto& request : world().org().not_modelled()) ADD_FAILURE() << "not modelled: " << request;
  for (const auto& violation : world().platform().violations()) ADD_FAILURE() << violation;
  const auto work = ring_->bridge_work();
  if (!may_leave_parked) {
    EXPECT_EQ(work ? work->parked : 0, 0u);
  }
}

void ToldStory::arm(std::string sentence, sim::Place place, sim::Damage damage) {
  sim::PlannedFault fault{std::move(sentence), std::move(place), std::move(damage)};
  if (const auto why_not = sim::objection(fault)) throw std::logic_error(fault.sentence + ": " + *why_not);
  world().faults().arm(std::move(fault));
}

void ToldStory::hand_off(const std::string& case_name, const std::string& subject) {
  tell("    When Dana emails help@acme.test about \"" + subject +
       "\": \"It flickers.\"\n    And the AI hands off: \"A person, please\"\n" + "    Then case " + case_name +
       " opens from opencx with the summary \"A person, please\"\n");
}

std::vector<Json> ToldStory::query(const std::string& soql) {
  const auto rows = world().org().query(soql);
  if (!rows) throw std::logic_error(rows.error().message + ": " + soql);
  return *rows;
}

std::vector<sim::HttpExchange> ToldStory::calls(const std::function<bool(const sim::HttpExchange&)>& are_meant) {
  std::vector<sim::HttpExchange> found;
  world().journal().visit(forgotten_ + 1, [&](const sim::Entry& entry) {
    const auto* exchange = entry.as<sim::HttpExchange>();
    if (exchange && exchange->from == "bridge" && are_meant(*exchange)) found.push_back(*exchange);
  });
  return found;
}

std::vector<sim::HttpExchange> ToldStory::calls_to(std::string_view system) {
  return calls([&](const sim::HttpExchange& exchange) { return exchange.to == system; });
}

std::vector<sim::HttpExchange> ToldStory::looks() {
  return calls([](const sim::HttpExchange& exchange) { return exchange.target.find("/chat/sessions?") != std::string::npos; });
}

void ToldStory::forget_calls() { forgotten_ = world().journal().size(); }

}  // namespace casewire::walks
