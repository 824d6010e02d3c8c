#include "scenarios/report/cucumber.hpp"

#include <map>

#include "base/text/json.hpp"
#include "scenarios/report/failure.hpp"

namespace casewire::scenarios {
namespace {

/// A feature is its file and its name; its scenarios stand together.
struct FeatureRun {
  std::string name, file;
  std::vector<const ScenarioResult*> scenarios;
};

std::vector<FeatureRun> features_of(const RunResult& result) {
  std::vector<FeatureRun> features;
  for (const ScenarioResult& scenario : result.scenarios) {
    if (features.empty() || features.back().name != scenario.feature || features.back().file != scenario.where.file) {
      features.push_back({scenario.feature, scenario.where.file, {}});
    }
    features.back().scenarios.push_back(&scenario);
  }
  return features;
}

Json location(const Position& position) { return {{"line", position.line}, {"column", position.column}}; }

/// "Given ", and "* " where a step has none.
std::string keyword_of(const StepResult& step) { return (step.keyword.empty() ? "*" : step.keyword) + " "; }

/// Why a scenario is not green although every step is: it would look green to whoever counts steps.
bool fails_beside_its_steps(const ScenarioResult& scenario) {
  return scenario.verdict != Verdict::passed && report::first_bad_step(scenario) == nullptr;
}

// ---- messages

class Messages {
 public:
  explicit Messages(const RunResult& result) : result_(result) {}

  std::string text() {
    put("meta", {{"protocolVersion", "27.0.0"},
                 {"implementation", {{"name", "casewire"}, {"version", result_.bridge}}},
                 {"runtime", {{"name", "casewire " + result_.ring}, {"version", "seed " + std::to_string(result_.seed)}}},
                 {"os", {{"name", "linux"}}},
                 {"cpu", {{"name", "any"}}}});
    const auto features = features_of(result_);
    for (const auto& feature : features) put_feature(feature);
    put("testRunStarted", {{"timestamp", timestamp(milliseconds{0})}, {"id", "run"}});
    std::size_t number = 0;
    for (const auto& feature : features) {
      for (const auto* scenario : feature.scenarios) put_test_case(*scenario, ++number);
    }
    number = 0;
    milliseconds at{0};
    bool is_green = true;
    for (const auto& feature : features) {
      for (const auto* scenario : feature.scenarios) {
        put_run(*scenario, ++number, at);
        at += scenario->real_time;
        is_green = is_green && (scenario->verdict == Verdict::passed || scenario->verdict == Verdict::pending);
      }
    }
    put("testRunFinished", {{"success", is_green}, {"timestamp", timestamp(at)}, {"testRunStartedId", "run"}});
    return std::move(out_);
  }

 private:
  void put(const char* kind, Json message) { out_ += dump_json(Json{{kind, std::move(message)}}) + "\n"; }

  Json timestamp(milliseconds after) const {
    const auto at = (result_.started_at + after).time_since_epoch().count();
    return {{"seconds", at / 1000}, {"nanos", at % 1000 * 1'000'000}};
  }
  static Json duration(milliseconds time) {
    return {{"seconds", time.count() / 1000}, {"nanos", time.count() % 1000 * 1'000'000}};
  }
  std::string step_id(std::size_t scenario, std::size_t step) const {
    return "step" + std::to_string(scenario) + "." + std::to_string(step);
  }

  void put_feature(const FeatureRun& feature) {
    std::string source = "Feature: " + feature.name + "\n";
    Json children = Json::array();
    std::vector<Json> pickles;
    for (const auto* scenario : feature.scenarios) {
      const std::size_t number = ++scenarios_;
      const std::string id = "scenario" + std::to_string(number);
      Json tags = Json::array(), pickle_tags = Json::array(), steps = Json::array(), pickle_steps = Json::array();
      for (std::size_t i = 0; i < scenario->tags.size(); ++i) {
        const std::string tag_id = id + ".tag" + std::to_string(i + 1);
        tags.push_back({{"location", location(scenario->where.position)}, {"name", scenario->tags[i]}, {"id", tag_id}});
        pickle_tags.push_back({{"name", scenario->tags[i]}, {"astNodeId", tag_id}});
      }
      for (std::size_t i = 0; i < scenario->steps.size(); ++i) {
        const StepResult& step = scenario->steps[i];
        steps.push_back({{"location", location(step.where.position)},
                         {"keyword", keyword_of(step)},
                         {"keywordType", keyword_type(step)},
                         {"text", step.text},
                         {"id", step_id(number, i + 1)}});
        pickle_steps.push_back({{"text", step.text},
                                {"id", "pickle-" + step_id(number, i + 1)},
                                {"type", keyword_type(step)},
                                {"astNodeIds", {step_id(number, i + 1)}}});
      }
      children.push_back({{"scenario",
                           {{"location", location(scenario->where.position)},
                            {"tags", std::move(tags)},
                            {"keyword", "Scenario"},
                            {"name", report::name_with_rule(*scenario)},
                            {"description", ""},
                            {"steps", std::move(steps)},
                            {"examples", Json::array()},
                            {"id", id}}}});
      pickles.push_back({{"id", "pickle" + std::to_string(number)},
                         {"uri", feature.file},
                         {"name", report::name_with_rule(*scenario)},
                         {"language", "en"},
                         {"steps", std::move(pickle_steps)},
                         {"tags", std::move(pickle_tags)},
                         {"astNodeIds", {id}}});
    }
    put("source", {{"uri", feature.file}, {"data", source}, {"mediaType", "text/x.cucumber.gherkin+plain"}});
    put("gherkinDocument", {{"uri", feature.file},
                            {"feature",
                             {{"location", location({1, 1})},
                              {"tags", Json::array()},
                              {"language", "en"},
                              {"keyword", "Feature"},
                              {"name", feature.name},
                              {"description", ""},
                              {"children", std::move(children)}}},
                            {"comments", Json::array()}});
    for (auto& pickle : pickles) put("pickle", std::move(pickle));
  }

  static const char* keyword_type(const StepResult& step) {
    if (step.keyword == "Given") return "Context";
    if (step.keyword == "When") return "Action";
    return step.keyword == "Then" ? "Outcome" : "Unknown";
  }

  void put_test_case(const ScenarioResult& scenario, std::size_t number) {
    Json steps = Json::array();
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
      steps.push_back({{"id", "test-" + step_id(number, i + 1)},
                       {"pickleStepId", "pickle-" + step_id(number, i + 1)},
                       {"stepDefinitionIds", {"vocabulary"}},
                       {"stepMatchArgumentsLists", {{{"stepMatchArguments", Json::array()}}}}});
    }
    if (fails_beside_its_steps(scenario)) {
      steps.push_back({{"id", "end" + std::to_string(number)}, {"hookId", "invariants"}});
      if (!has_hook_) {
        has_hook_ = true;
        put("hook",
            {{"id", "invariants"}, {"name", "what must hold in every run"}, {"sourceReference", {{"uri", scenario.where.file}}}});
      }
    }
    put("testCase", {{"id", "case" + std::to_string(number)},
                     {"pickleId", "pickle" + std::to_string(number)},
                     {"testSteps", std::move(steps)},
                     {"testRunStartedId", "run"}});
  }

  static const char* status_of(const ScenarioResult& scenario, const StepResult& step) {
    if (!step.reached) return "SKIPPED";
    if (scenario.verdict == Verdict::pending && step.verdict != Verdict::passed) return "PENDING";
    switch (step.verdict) {
      case Verdict::passed: return "PASSED";
      case Verdict::failed: return "FAILED";
      case Verdict::pending:
      case Verdict::not_exercised: return "PENDING";
      case Verdict::unknown: return "UNKNOWN";
    }
    return "UNKNOWN";
  }

  void put_step(const std::string& id, const std::string& started, const char* status, const std::string& message,
                milliseconds at) {
    put("testStepStarted", {{"testCaseStartedId", started}, {"testStepId", id}, {"timestamp", timestamp(at)}});
    Json result = {{"duration", duration(milliseconds{0})}, {"status", status}};
    if (!message.empty()) result["message"] = message;
    put("testStepFinished", {{"testCaseStartedId", started},
                             {"testStepId", id},
                             {"testStepResult", std::move(result)},
                             {"timestamp", timestamp(at)}});
  }

  void put_run(const ScenarioResult& scenario, std::size_t number, milliseconds at) {
    const std::string started = "started" + std::to_string(number);
    put("testCaseStarted",
        {{"id", started}, {"testCaseId", "case" + std::to_string(number)}, {"attempt", 0}, {"timestamp", timestamp(at)}});
    const StepResult* bad = report::first_bad_step(scenario);
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
      const StepResult& step = scenario.steps[i];
      put_step("test-" + step_id(number, i + 1), started, status_of(scenario, step),
               &step == bad ? report::failure_text(scenario) : std::string(), at);
    }
    if (fails_beside_its_steps(scenario)) {
      const char* status = scenario.verdict == Verdict::failed    ? "FAILED"
                           : scenario.verdict == Verdict::unknown ? "UNKNOWN"
                           : scenario.verdict == Verdict::pending ? "PENDING"
                                                                  : "SKIPPED";
      put_step("end" + std::to_string(number), started, status, report::failure_text(scenario), at);
    }
    put("testCaseFinished",
        {{"testCaseStartedId", started}, {"timestamp", timestamp(at + scenario.real_time)}, {"willBeRetried", false}});
  }

  const RunResult& result_;
  std::string out_;
  std::size_t scenarios_ = 0;
  bool has_hook_ = false;
};

// ---- Cucumber JSON

const char* json_status(const ScenarioResult& scenario, const StepResult& step) {
  if (!step.reached) return "skipped";
  if (scenario.verdict == Verdict::pending && step.verdict != Verdict::passed) return "pending";
  switch (step.verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::pending:
    case Verdict::not_exercised: return "pending";
    case Verdict::unknown: return "undefined";
  }
  return "undefined";
}

Json json_step(const std::string& keyword, const std::string& name, std::size_t line, Json result) {
  return {{"keyword", keyword}, {"name", name}, {"line", line}, {"match", Json::object()}, {"result", std::move(result)}};
}

Json element_of(const ScenarioResult& scenario) {
  Json steps = Json::array(), tags = Json::array();
  const StepResult* bad = report::first_bad_step(scenario);
  for (const StepResult& step : scenario.steps) {
    Json result = {{"status", json_status(scenario, step)}, {"duration", 0}};
    if (&step == bad) result["error_message"] = report::failure_text(scenario);
    steps.push_back(json_step(keyword_of(step), step.text, step.where.position.line, std::move(result)));
  }
  // Times are known of scenarios only: the whole stands at the first step.
  if (!steps.empty()) steps[0]["result"]["duration"] = scenario.real_time.count() * 1'000'000;
  if (fails_beside_its_steps(scenario)) {
    const char* status = scenario.verdict == Verdict::not_exercised ? "skipped"
                         : scenario.verdict == Verdict::pending     ? "pending"
                                                                    : "failed";
    steps.push_back(json_step("* ", "what must hold in every run", scenario.where.position.line,
                              {{"status", status}, {"duration", 0}, {"error_message", report::failure_text(scenario)}}));
  }
  for (const std::string& tag : scenario.tags) tags.push_back({{"name", tag}, {"line", scenario.where.position.line}});
  return {{"id", scenario.file_stem},
          {"keyword", "Scenario"},
          {"name", report::name_with_rule(scenario)},
          {"description", ""},
          {"line", scenario.where.position.line},
          {"type", "scenario"},
          {"tags", std::move(tags)},
          {"steps", std::move(steps)}};
}

}  // namespace

std::string cucumber_messages(const RunResult& result) { return Messages(result).text(); }

std::string cucumber_json(const RunResult& result) {
  Json features = Json::array();
  for (const FeatureRun& feature : features_of(result)) {
    Json elements = Json::array();
    for (const auto* scenario : feature.scenarios) elements.push_back(element_of(*scenario));
    features.push_back({{"uri", feature.file},
                        {"id", feature.file},
                        {"keyword", "Feature"},
                        {"name", feature.name},
                        {"description", ""},
                        {"line", 1},
                        {"tags", Json::array()},
                        {"elements", std::move(elements)}});
  }
  return dump_json(features) + "\n";
}

}  // namespace casewire::scenarios
