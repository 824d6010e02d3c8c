#pragma once
// What came out of a run, as data: the runner fills it, the reports show it.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.hpp"
#include "sim/world/invariants.hpp"
#include "sim/world/journal.hpp"

namespace casewire::scenarios {

class BridgeLog;

/// Only `passed` is green. not_exercised: a step needed something that this ring or bridge cannot do, or the run was interrupted.
/// unknown: the harness itself failed and can say nothing about the bridge. pending: failed, as its tag `@pending(reason)` says that it
/// still does; it is counted everywhere and makes no run red.
enum class Verdict { passed, failed, not_exercised, unknown, pending };
std::string_view name_of(Verdict verdict);

struct StepResult {
  std::string keyword;  ///< "Given", "When", "Then"
  std::string text;
  std::string below{};  ///< its data table or doc string, as lines
  Where where;
  Verdict verdict = Verdict::passed;
  bool reached = false;         ///< false: an earlier step ended the scenario
  std::string expected, found;  ///< of a failed check, for people; may span lines
  std::string recorded{},
      made{};             ///< where it departed from a recording: both requests as lines, the first that differs begins with `> `
  std::string window{};   ///< of a check: what it looks at (sentence.hpp, Family::window)
  std::string subject{};  ///< of a check: whose mailbox or conversation, which case, by the script's name; empty: it names none
  std::uint64_t first_entry = 0;  ///< journal entries that appeared during this step: [first_entry, last_entry]; 0: none
  std::uint64_t last_entry = 0;
};

/// A line that the bridge wrote on its log.
struct LogLine {
  WallTime at{};            ///< in its world
  std::uint64_t after = 0;  ///< the newest journal entry then
  std::string text;
  friend bool operator==(const LogLine&, const LogLine&) = default;
};

/// Who the script introduced, for the reports.
struct Person {
  enum class Role { customer, rep };
  Role role = Role::customer;
  std::string name;
  std::string address{};  ///< of a customer
};

struct ScenarioResult {
  std::string feature, rule, name;
  std::vector<std::string> tags;
  Where where;
  Verdict verdict = Verdict::passed;
  std::vector<StepResult> steps;
  std::vector<Person> people;
  std::map<std::string, std::string> cases{};  ///< record id by the script's name for it
  std::vector<sim::Violation> violations;      ///< broken invariants
  std::vector<std::string> complaints;         ///< further reasons why it is not green: unfired faults, unmodelled requests, ...
  std::string pending{};                       ///< the reason in its tag `@pending(reason)`; empty: it has none
  std::string note;                            ///< what a reader should know: "judged by a quiet period", ...
  std::uint64_t seed = 0;
  std::chrono::milliseconds real_time{0};
  std::chrono::milliseconds virtual_time{0};
  std::vector<sim::Entry> journal;
  std::vector<LogLine> bridge_log{};
  std::shared_ptr<const BridgeLog>
      whole_log{};         ///< where bridge_log leaves lines out; null for a result that was read from a file
  std::string file_stem;   ///< what its files are called; with the line, for two scenarios may differ in their marks only
  std::string rerun;       ///< the command that plays this scenario alone
  std::size_t number = 0;  ///< its place in the run of which a shard plays a part, from 1; 0: not known
};

struct RunResult {
  std::string ring;                                         ///< "process" or "simulated"
  std::string bridge;                                       ///< what was tested: "casewire-bridge 0.1.0" or the command
  std::map<std::string, std::string> bridge_environment{};  ///< what it was given by `--bridge-env`
  /// Scenarios that were not played since this bridge is not ours, by their tag: "@house", "@recording".
  std::map<std::string, std::size_t> left_out{};
  std::string judging{};  ///< "what must not happen, when ...": how long was waited
  std::uint64_t seed = 0;
  std::string shard{};    ///< "2/5": the part of a run that this is; empty: all of it
  WallTime started_at{};  ///< real time, as are the real_time members; the epoch: not known
  std::string host{};     ///< of the machine; may be empty
  std::string command{};  ///< as the shell would read it again; may be empty
  std::string commit{};   ///< of the tree under test, as the CI server says; may be empty
  std::string ci_url{};   ///< of the CI server's page about this run; may be empty
  std::chrono::milliseconds real_time{0};
  std::vector<ScenarioResult> scenarios;
};

/// `suite/basics.feature:12`
std::string place_of(const ScenarioResult& scenario);
/// `A=1 B=2`, for reports.
std::string environment_line(const RunResult& result);
/// `3 @house, 1 @recording`; empty: none.
std::string left_out_line(const std::map<std::string, std::size_t>& left_out);
/// The reason in a tag `@pending(reason)`, where blanks are written as `-`; empty: there is no such tag.
std::string pending_reason(const std::vector<std::string>& tags);

/// 0 all passed, 1 a scenario failed, 3 the harness is at fault, 4 nothing, or not all, was exercised.
int exit_code(const RunResult& result);

}  // namespace casewire::scenarios
