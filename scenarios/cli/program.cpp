#include "scenarios/cli/program.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/language/feature.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kRunExamples = R"(
Examples:
  casewire run                                  play the whole suite against the casewire-bridge beside this program
  casewire run scenarios/suite/takeover scenarios/suite/re-engagement/open-case.feature:10
  casewire run --simulated --seed 41            the same in one process, under virtual time
  casewire run --bridge "node my-bridge.js"     test another bridge (docs/bridge.md, "Starting a bridge")
  casewire run --html out/report.html --junit out/junit.xml
)";

constexpr const char* kOtherExamples = R"(  casewire steps                                every sentence a scenario may use
  casewire salesforce --port 8080               a fake Salesforce org to try with curl
  casewire opencx --port 8081 --smtp 2525       a fake OpenCX that takes and sends mail
)";

constexpr const char* kExitCodes = R"(
Exit codes: 0 all passed; 1 a scenario failed; 2 unreadable input or usage; 3 the harness is at fault; 4 nothing was exercised.
)";

const CLI::Range kPort{0, 65'535};

std::string web_address(const std::string& text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.starts_with(scheme) && text.size() > scheme.size() && text[scheme.size()] != '/') return {};
  }
  return "expected a URL such as http://127.0.0.1:8080/hooks, found \"" + text + "\"";
}

std::string mail_address(const std::string& text) {
  const auto at = text.find('@');
  const bool whole = at != std::string::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string::npos;
  return whole ? std::string{} : "expected an address such as help@acme.test, found \"" + text + "\"";
}

void add_run_options(CLI::App& command, RunOptions& options) {
  command.add_option("paths", options.paths, "Feature files, folders, or file:line of one scenario (default: the suite)");
  command.add_option("--tag", options.tags, "Only scenarios with this tag; ~@slow leaves tagged ones out; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--fixtures", options.fixtures,
                     "Folder with orgs/, recordings/, mail/ and files/ (default: the nearest one named fixtures)");
}

}  // namespace

int run_program(int argc, char** argv) {
  CLI::App app{"Rehearses, tests and runs the hand-over of customer email from OpenCX to Salesforce.", "casewire"};
  app.set_version_flag("--version", std::string("casewire ") + kVersion);
  app.require_subcommand(1);
  int exit_code = 0;
  RunOptions run;
  CLI::App& run_command = *app.add_subcommand("run", "Play scenarios against a bridge and report");
  add_run_options(run_command, run);
  run_command.add_flag("--simulated", run.simulated, "Everything on fibers in one process, under virtual time");
  auto* bridge =
      run_command.add_option("--bridge", run.bridge, "Command that starts the bridge under test")
          ->check([](const std::string& command) { return command.empty() ? std::string("names no command") : std::string{}; });
  run_command.add_flag("--bridge-control", run.bridge_has_control, "That bridge understands --control URL")->needs(bridge);
  run_command.get_option("--simulated")->excludes(bridge);
  run_command.add_option("--seed", run.seed, "What chance is drawn from")->capture_default_str();
  run_command.add_option("-j,--jobs", run.jobs, "Scenarios at once (default: two for each core)")->check(CLI::Range(1, 256));
  run_command.add_option("--har", run.har_folder, "Write each scenario's HTTP exchanges into this folder as HAR 1.2");
  run_command.add_option("--journal", run.journal_folder, "Write each scenario's journal into this folder as JSON Lines");
  run_command.add_option("--junit", run.junit_file, "Write a JUnit XML report");
  run_command.add_option("--html", run.html_file, "Write a report with sequence diagrams");
  run_command.footer(std::string(kRunExamples) + kExitCodes);
  run_command.callback([&] { exit_code = run_scenarios(run); });

  RunOptions check;
  CLI::App& check_command = *app.add_subcommand("check", "Read scenarios and say what is wrong with them; play nothing");
  add_run_options(check_command, check);
  check_command.callback([&] { exit_code = check_scenarios(check); });

  check_command.footer(kExitCodes);
  app.add_subcommand("steps", "Print every sentence a scenario may use")->callback([] { std::cout << vocabulary_text(); });

  SalesforceOptions salesforce;
  CLI::App& salesforce_command = *app.add_subcommand("salesforce", "Run the fake Salesforce org alone");
  salesforce_command.add_option("--port", salesforce.port, "Loopback port (default: any free one)")->check(kPort);
  salesforce_command.add_option("--org", salesforce.org, "Org file (default: the service-cloud org)");
  salesforce_command.add_option("--webhook", salesforce.webhook_url, "URL that the org's package calls out to")
      ->check(web_address);
  salesforce_command.callback([&] { exit_code = serve_salesforce(salesforce); });

  OpenCxOptions opencx;
  CLI::App& opencx_command = *app.add_subcommand("opencx", "Run the fake OpenCX alone");
  opencx_command.add_option("--port", opencx.port, "Loopback port of the API (default: any free one)")->check(kPort);
  opencx_command.add_option("--smtp", opencx.smtp_port, "Loopback port that takes mail (default: any free one)")->check(kPort);
  opencx_command.add_option("--address", opencx.addresses, "Support address; may be repeated (default: help@acme.test)")
      ->allow_extra_args(false)
      ->check(mail_address);
  opencx_command.add_option("--webhook", opencx.webhook_url, "URL that events are sent to")->check(web_address);
  opencx_command.add_option("--webhook-secret", opencx.webhook_secret, "Signs the events");
  opencx_command.add_option("--answer", opencx.answer, "Let the AI answer every mail with this text");
  opencx_command.callback([&] { exit_code = serve_opencx(opencx); });

  // Last, for a subcommand takes over what stands here when it is added.
  app.footer(std::string(kRunExamples) + kOtherExamples + kExitCodes);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& shown) {  // --help and --version
    return app.exit(shown);
  } catch (const CLI::ParseError& error) {
    app.exit(error, std::cout, std::cerr);
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "casewire: the harness failed: " << error.what() << "\n";
    return 3;
  }
  return exit_code;
}

}  // namespace casewire::scenarios
