#pragma once
// What each command of `casewire` needs to know, and what does it. Every function returns the program's exit code.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casewire::scenarios {

struct RunOptions {
  std::vector<std::string> paths;  ///< files, folders, or file:line
  std::vector<std::string> tags;   ///< a scenario needs all of these; one that begins with ~ must not stand there
  bool simulated = false;
  std::string bridge;               ///< command line; empty: the casewire-bridge that was built with this program
  bool bridge_has_control = false;  ///< the command understands --control
  std::uint64_t seed = 1;
  unsigned jobs = 0;  ///< 0: two for each core
  std::string har_folder, journal_folder, junit_file, html_file;
  std::string fixtures;  ///< empty: the nearest "fixtures" above the first scenario
};
int run_scenarios(const RunOptions& options);

/// Reads scenarios and says what is wrong with them; plays nothing.
int check_scenarios(const RunOptions& options);

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
};
int serve_opencx(const OpenCxOptions& options);

}  // namespace casewire::scenarios
