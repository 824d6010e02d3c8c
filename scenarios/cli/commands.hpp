#pragma once
// What each command of `casewire` needs to know, and what does it. Every function returns the program's exit code.

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text/time.hpp"
#include "scenarios/cli/report_files.hpp"

namespace casewire::scenarios {

/// What a command took from casewire.yaml (project_options.hpp).
struct ProjectUse {
  std::string named_file;         ///< --config
  bool is_unwanted = false;       ///< --no-config
  std::string file;               ///< the one that something was taken from; empty: none
  std::set<std::string> options;  ///< that were set from it
  std::string bridge_folder;      ///< in which its bridge is started; empty: the working folder
};

struct RunOptions {
  std::vector<std::string> paths;  ///< files, folders, or file:line
  std::vector<std::string> tags;   ///< tag expressions; a scenario must match all of them
  bool simulated = false;
  std::string bridge;                           ///< command line; empty: the casewire-bridge that was built with this program
  bool bridge_has_control = false;              ///< the command understands --control
  bool real_time = false;                       ///< of a bridge without: it is waited for, and its clock left alone
  std::vector<std::string> bridge_environment;  ///< NAME=VALUE
  std::string patience;                         ///< a duration; empty: as long as a bridge is usually waited for
  std::uint64_t seed = 1;
  unsigned jobs = 0;        ///< 0: as many as the ring takes
  std::string record_file;  ///< the recording of the one scenario, by proxies; empty: none
  ReportOptions reports;
  std::string fixtures;              ///< empty: the nearest "fixtures" above the first scenario
  std::vector<std::string> names;    ///< a scenario's feature, rule or name holds one of these
  std::string shard;                 ///< "2/5", "ci"; empty: all
  bool last_failed = false;          ///< only what was not green here before
  unsigned repeat = 1;               ///< with the seeds seed, seed + 1, ...
  unsigned fail_fast = 0;            ///< begin no more scenarios after so many that are not green; 0: go on
  std::chrono::seconds max_time{0};  ///< begin no more scenarios after so long; 0: go on
  bool list = false, as_json = false;
  bool verbose = false;  ///< each scenario's steps on the console too
  bool watch = false;    ///< plays again when something changes
  ProjectUse project;
};
int run_scenarios(const RunOptions& options);

/// Reads scenarios and says what is wrong with them; plays nothing. `as_json`: for machines, with fixes.
int check_scenarios(const RunOptions& options, bool as_json);
struct StepsOptions {
  bool as_json = false, as_glue = false;
};
/// Prints every sentence a scenario may use.
int list_sentences(const StepsOptions& options);

struct PromisesOptions {
  RunOptions run;    ///< which scenarios
  std::string from;  ///< what `casewire run --json` wrote; empty: they are played
};
/// Prints which scenarios show which promise and which failure mode, and what came of them.
int show_promises(const PromisesOptions& options);

struct MergeOptions {
  std::vector<std::string> files;  ///< what `casewire run --json` wrote
  ReportOptions reports;
};
/// Turns the shards of a run into the reports of one.
int merge_runs(const MergeOptions& options);

struct WorldOptions {
  std::uint16_t port = 0;
  std::string bridge, fixtures;  ///< as in RunOptions
  std::vector<std::string> bridge_environment;
  ProjectUse project;
  std::vector<std::string> sentences;  ///< said before anybody else may speak
};
/// A whole world with a bridge, in real time, whose people do what they are told over HTTP.
int open_world(const WorldOptions& options);

struct SalesforceOptions {
  std::uint16_t port = 0;
  std::string org;          ///< an org file; empty: the service-cloud org of the fixtures
  std::string webhook_url;  ///< what the Named Credential holds
};
int serve_salesforce(const SalesforceOptions& options);

struct OpenCxOptions {
  std::uint16_t port = 0, smtp_port = 0;
  std::vector<std::string> addresses;
  std::string webhook_url, webhook_secret;
  std::optional<std::string> answer;  ///< the AI's answer to every mail
  int calls_a_minute = 0;             ///< 0: no limit
  std::uint32_t read_lag_ms = 0, index_lag_ms = 0, time_grain_ms = 1;
  bool times_with_offset = false;
  std::vector<std::string> keys;  ///< "NAME=scope,scope"
};
int serve_opencx(const OpenCxOptions& options);

}  // namespace casewire::scenarios
