#include "scenarios/report/run_json.hpp"

#include <optional>

#include "base/text/json.hpp"
#include "sim/world/entry_json.hpp"

namespace casewire::scenarios {
namespace {

constexpr int kFormat = 3;
constexpr JsonLimits kLimits{.bytes_max = std::size_t{1} << 31, .depth_max = 64};

Json place_of(const Where& where) { return {where.file, where.position.line, where.position.column}; }

std::int64_t count_of(milliseconds time) { return time.count(); }

Json step_of(const StepResult& step) {
  return {{"keyword", step.keyword},
          {"text", step.text},
          {"below", step.below},
          {"where", place_of(step.where)},
          {"verdict", name_of(step.verdict)},
          {"reached", step.reached},
          {"expected", step.expected},
          {"found", step.found},
          {"first_entry", step.first_entry},
          {"last_entry", step.last_entry},
          {"window", step.window},
          {"subject", step.subject},
          {"recorded", step.recorded},
          {"made", step.made}};
}

Json scenario_of(const ScenarioResult& scenario) {
  Json steps = Json::array(), people = Json::array(), violations = Json::array();
  for (const StepResult& step : scenario.steps) steps.push_back(step_of(step));
  for (const Person& person : scenario.people) {
    people.push_back({{"role", person.role == Person::Role::customer ? "customer" : "rep"},
                      {"name", person.name},
                      {"address", person.address}});
  }
  for (const sim::Violation& violation : scenario.violations) {
    violations.push_back({{"invariant", violation.invariant}, {"what", violation.what}, {"entry", violation.entry}});
  }
  Json log = Json::array();
  for (const LogLine& line : scenario.bridge_log)
    log.push_back({{"at", iso8601(line.at)}, {"after", line.after}, {"text", line.text}});
  std::string journal;
  for (const sim::Entry& entry : scenario.journal) journal += sim::to_line(entry) + "\n";
  return {{"feature", scenario.feature},
          {"rule", scenario.rule},
          {"name", scenario.name},
          {"tags", scenario.tags},
          {"where", place_of(scenario.where)},
          {"verdict", name_of(scenario.verdict)},
          {"steps", std::move(steps)},
          {"people", std::move(people)},
          {"cases", scenario.cases},
          {"violations", std::move(violations)},
          {"complaints", scenario.complaints},
          {"pending", scenario.pending},
          {"note", scenario.note},
          {"seed", scenario.seed},
          {"real_ms", count_of(scenario.real_time)},
          {"virtual_ms", count_of(scenario.virtual_time)},
          {"file_stem", scenario.file_stem},
          {"rerun", scenario.rerun},
          {"number", scenario.number},
          {"bridge_log", std::move(log)},
          {"journal", std::move(journal)}};
}

/// Reads members of the type that the writer gave them; the first that is otherwise is told, with its name.
class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  std::optional<Diagnostic> problem() const { return problem_; }

  std::string text(const Json& object, const char* name) {
    const Json& value = member(object, name);
    if (value.is_string()) return value.get<std::string>();
    return complain(name, "a text"), std::string();
  }
  std::uint64_t number(const Json& object, const char* name) {
    const Json& value = member(object, name);
    if (value.is_number_unsigned()) return value.get<std::uint64_t>();
    return complain(name, "a whole number"), 0;
  }
  bool flag(const Json& object, const char* name) {
    const Json& value = member(object, name);
    if (value.is_boolean()) return value.get<bool>();
    return complain(name, "true or false"), false;
  }
  std::map<std::string, std::string> texts_by_name(const Json& object, const char* name) {
    std::map<std::string, std::string> all;
    const Json& value = member(object, name);
    if (!value.is_object()) return complain(name, "an object"), all;
    for (const auto& [key, one] : value.items()) {
      if (one.is_string()) all[key] = one.get<std::string>();
      if (!one.is_string()) complain(name, "an object of texts");
    }
    return all;
  }
  std::map<std::string, std::size_t> counts_by_name(const Json& object, const char* name) {
    std::map<std::string, std::size_t> all;
    const Json& value = member(object, name);
    if (!value.is_object()) return complain(name, "an object"), all;
    for (const auto& [key, one] : value.items()) {
      if (one.is_number_unsigned()) all[key] = one.get<std::size_t>();
      if (!one.is_number_unsigned()) complain(name, "an object of whole numbers");
    }
    return all;
  }
  std::vector<std::string> texts(const Json& object, const char* name) {
    std::vector<std::string> all;
    for (const Json& value : list(object, name)) {
      if (value.is_string()) all.push_back(value.get<std::string>());
      if (!value.is_string()) complain(name, "texts");
    }
    return all;
  }
  const Json& list(const Json& object, const char* name) {
    static const Json kNone = Json::array();
    const Json& value = member(object, name);
    if (value.is_array()) return value;
    return complain(name, "a list"), kNone;
  }
  Where where(const Json& object) {
    const Json& value = member(object, "where");
    const bool is_place = value.is_array() && value.size() == 3 && value[0].is_string() && value[1].is_number_unsigned() &&
                          value[2].is_number_unsigned();
    if (is_place) return {value[0].get<std::string>(), {value[1].get<std::size_t>(), value[2].get<std::size_t>()}};
    return complain("where", "file, line and column"), Where{};
  }
  Verdict verdict(const Json& object) {
    const std::string name = text(object, "verdict");
    for (const Verdict one : {Verdict::passed, Verdict::failed, Verdict::not_exercised, Verdict::unknown, Verdict::pending}) {
      if (name == name_of(one)) return one;
    }
    return complain("verdict", "a verdict"), Verdict::unknown;
  }
  std::vector<sim::Entry> journal(const Json& object) {
    auto entries = sim::read_json_lines(text(object, "journal"), file_);
    if (entries) return std::move(*entries);
    if (!problem_) problem_ = entries.error();
    return {};
  }

 private:
  void complain(const char* name, std::string_view wanted) {
    if (problem_) return;
    problem_ = Diagnostic{.where = {std::string(file_), {}},
                          .problem = "\"" + std::string(name) + "\" is not " + std::string(wanted),
                          .hint = "casewire run --json writes such a file"};
  }
  std::string_view file_;
  std::optional<Diagnostic> problem_;
};

ScenarioResult read_scenario(Reader& reader, const Json& json) {
  ScenarioResult scenario;
  scenario.feature = reader.text(json, "feature");
  scenario.rule = reader.text(json, "rule");
  scenario.name = reader.text(json, "name");
  scenario.tags = reader.texts(json, "tags");
  scenario.where = reader.where(json);
  scenario.verdict = reader.verdict(json);
  for (const Json& one : reader.list(json, "steps")) {
    StepResult step;
    step.keyword = reader.text(one, "keyword");
    step.text = reader.text(one, "text");
    step.below = reader.text(one, "below");
    step.where = reader.where(one);
    step.verdict = reader.verdict(one);
    step.reached = reader.flag(one, "reached");
    step.expected = reader.text(one, "expected");
    step.found = reader.text(one, "found");
    step.first_entry = reader.number(one, "first_entry");
    step.last_entry = reader.number(one, "last_entry");
    step.window = reader.text(one, "window");
    step.recorded = reader.text(one, "recorded");
    step.made = reader.text(one, "made");
    step.subject = reader.text(one, "subject");
    scenario.steps.push_back(std::move(step));
  }
  for (const Json& one : reader.list(json, "people")) {
    const auto role = reader.text(one, "role") == "rep" ? Person::Role::rep : Person::Role::customer;
    scenario.people.push_back({role, reader.text(one, "name"), reader.text(one, "address")});
  }
  for (const Json& one : reader.list(json, "violations")) {
    scenario.violations.push_back({reader.text(one, "invariant"), reader.text(one, "what"), reader.number(one, "entry")});
  }
  scenario.cases = reader.texts_by_name(json, "cases");
  for (const Json& one : reader.list(json, "bridge_log")) {
    scenario.bridge_log.push_back(
        {parse_iso8601(reader.text(one, "at")).value_or(WallTime{}), reader.number(one, "after"), reader.text(one, "text")});
  }
  scenario.complaints = reader.texts(json, "complaints");
  scenario.pending = reader.text(json, "pending");
  scenario.note = reader.text(json, "note");
  scenario.seed = reader.number(json, "seed");
  scenario.real_time = milliseconds{static_cast<std::int64_t>(reader.number(json, "real_ms"))};
  scenario.virtual_time = milliseconds{static_cast<std::int64_t>(reader.number(json, "virtual_ms"))};
  scenario.file_stem = reader.text(json, "file_stem");
  scenario.rerun = reader.text(json, "rerun");
  scenario.number = reader.number(json, "number");
  scenario.journal = reader.journal(json);
  return scenario;
}

}  // namespace

std::string run_json(const RunResult& result) {
  Json scenarios = Json::array();
  for (const ScenarioResult& scenario : result.scenarios) scenarios.push_back(scenario_of(scenario));
  return dump_json(Json{{"casewire_run", kFormat},
                        {"ring", result.ring},
                        {"bridge", result.bridge},
                        {"bridge_environment", result.bridge_environment},
                        {"left_out", result.left_out},
                        {"judging", result.judging},
                        {"seed", result.seed},
                        {"shard", result.shard},
                        {"started_at", iso8601(result.started_at)},
                        {"host", result.host},
                        {"command", result.command},
                        {"commit", result.commit},
                        {"ci_url", result.ci_url},
                        {"real_ms", count_of(result.real_time)},
                        {"scenarios", std::move(scenarios)}}) +
         "\n";
}

Result<RunResult> read_run_json(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file, kLimits);
  if (!json) return fail(json.error());
  const Json& format = member(*json, "casewire_run");
  if (!format.is_number_integer() || format.get<int>() != kFormat) {
    return fail(Diagnostic{.where = {std::string(file), {}},
                           .problem = format.is_number_integer() ? "a run of format " + dump_json(format) +
                                                                       ", and this program knows " + std::to_string(kFormat)
                                                                 : "this is no result of a run",
                           .hint = "casewire run --json writes such a file"});
  }
  Reader reader(file);
  RunResult result;
  result.ring = reader.text(*json, "ring");
  result.bridge = reader.text(*json, "bridge");
  result.bridge_environment = reader.texts_by_name(*json, "bridge_environment");
  result.left_out = reader.counts_by_name(*json, "left_out");
  result.judging = reader.text(*json, "judging");
  result.seed = reader.number(*json, "seed");
  result.shard = reader.text(*json, "shard");
  result.started_at = parse_iso8601(reader.text(*json, "started_at")).value_or(WallTime{});
  result.host = reader.text(*json, "host");
  result.command = reader.text(*json, "command");
  result.commit = reader.text(*json, "commit");
  result.ci_url = reader.text(*json, "ci_url");
  result.real_time = milliseconds{static_cast<std::int64_t>(reader.number(*json, "real_ms"))};
  for (const Json& one : reader.list(*json, "scenarios")) result.scenarios.push_back(read_scenario(reader, one));
  if (const auto problem = reader.problem()) return fail(*problem);
  return result;
}

}  // namespace casewire::scenarios
