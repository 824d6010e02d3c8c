#include "scenarios/cli/program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>

#include "base/text/strings.hpp"
#include "scenarios/cli/artifacts.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/compare_command.hpp"
#include "scenarios/cli/import_command.hpp"
#include "scenarios/cli/init_command.hpp"
#include "scenarios/cli/lint_command.hpp"
#include "scenarios/cli/manual.hpp"
#include "scenarios/cli/pack_command.hpp"
#include "scenarios/cli/project_options.hpp"
#include "scenarios/cli/record_command.hpp"
#include "scenarios/cli/redact_command.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/cli/watch.hpp"
#include "scenarios/report/formats.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kRunExamples = R"(Examples:
  casewire run                                  play the whole suite against the casewire-bridge beside this program
  casewire run scenarios/suite/takeover scenarios/suite/re-engagement/open-case.feature:13
  casewire run --simulated --seed 41            the same in one process, under virtual time
  casewire run --bridge "node my-bridge.js"     test another bridge (docs/testing-your-bridge.md)
  casewire run --html out/report.html --junit out/junit.xml
)";

constexpr const char* kMergeExamples = R"(Examples:
  casewire merge shard-1.json shard-2.json --junit out/junit.xml --html out/report.html
)";

constexpr const char* kPromisesExamples = R"(Examples:
  casewire promises                             of the whole suite, with our own bridge
  casewire run --bridge "node my-bridge.js" --json out/run.json; casewire promises --from out/run.json

Exit codes: those of run; 1 also when a promise or a failure mode has no scenario, or a tag names none.
)";

constexpr const char* kCheckExamples = R"(Examples:
  casewire check                                the whole suite
  casewire check drafts/refund.feature
)";

constexpr const char* kSalesforceExamples = R"(Examples:
  casewire salesforce --port 8080               prints its URL, its credentials, and commands to try
  casewire salesforce --webhook http://127.0.0.1:8090/hooks/salesforce/SECRET
)";

constexpr const char* kOpenCxExamples = R"(Examples:
  casewire opencx --port 8081 --smtp 2525       prints its URL, its API key, and commands to try
  casewire opencx --answer "It is on its way." --webhook http://127.0.0.1:8090/hooks/opencx/SECRET
)";

constexpr const char* kOtherExamples =
    R"(  casewire check drafts/refund.feature          what is wrong with a scenario, without playing it
  casewire steps                                every sentence a scenario may use
  casewire salesforce --port 8080               a fake Salesforce org to try with curl
  casewire opencx --port 8081 --smtp 2525       a fake OpenCX that takes and sends mail
)";

constexpr const char* kExitCodes = R"(
Exit codes: 0 all passed; 1 a scenario failed; 2 unreadable input or usage; 3 the harness is at fault; 4 nothing, or not all, was exercised.
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

std::string scoped_key(const std::string& text) {
  const auto equals = text.find('=');
  bool whole = equals != std::string::npos && equals > 0 && equals + 1 < text.size();
  for (const auto scope : split(std::string_view{text}.substr(whole ? equals + 1 : text.size()), ',')) {
    const auto colon = scope.find(':');
    whole = whole &&
            (scope.substr(std::min(colon, scope.size())) == ":read" || scope.substr(std::min(colon, scope.size())) == ":write");
  }
  return whole ? std::string{}
               : "expected a name and scopes such as reader=contacts:read,chat-sessions:write, found \"" + text + "\"";
}

/// CLI11 would take -1 for the largest number there is.
std::string whole_number(const std::string& text) {
  return text.find_first_not_of("0123456789") == std::string::npos ? std::string{}
                                                                   : "expected a whole number, found \"" + text + "\"";
}

void add_selection(CLI::App& command, RunOptions& options) {
  command.add_option("paths", options.paths, "Feature files, folders, or FILE:LINE of one scenario (default: the suite)")
      ->option_text("PATH...");
  command.add_option("--tag", options.tags, "Only scenarios that match: \"@a and not (@b or @c)\"; repeated, all must match")
      ->allow_extra_args(false)
      ->option_text("EXPRESSION");
  command
      .add_option("--fixtures", options.fixtures,
                  "Folder with orgs/, recordings/, mail/ and files/ (default: the nearest one named fixtures)")
      ->take_last()
      ->option_text("FOLDER");
  add_project_options(command, options.project);
}

void add_reports(CLI::App& command, ReportOptions& options) {
  command.add_option("--journal", options.journal_folder, "Write each scenario's journal into this folder as JSON Lines")
      ->option_text("FOLDER");
  for (const report::Format& format : report::formats()) {
    command.add_option("--" + std::string(format.option), options.files[std::string(format.option)], std::string(format.meaning))
        ->option_text("FILE");
  }
  options.github = std::getenv("GITHUB_ACTIONS") != nullptr;
  command
      .add_flag("--github,!--no-github", options.github,
                "Annotations and a job summary for GitHub Actions (there by itself, when GITHUB_ACTIONS is set)")
      ->option_text(" ");
}

void add_narrowing(CLI::App& command, RunOptions& options) {
  command.add_option("--name", options.names, "Only scenarios whose feature, rule or name holds this text; may be repeated")
      ->allow_extra_args(false)
      ->option_text("TEXT");
  command
      .add_option(
          "--shard", options.shard,
          "This machine's share, such as 2/5, as even as the last run's times allow; \"ci\" asks the CI server's variables")
      ->option_text("I/N");
  command.add_flag("--last-failed", options.last_failed, "Only what was not green here before, or was never played")
      ->option_text(" ");
  command.add_option("--repeat", options.repeat, "Play everything so often, each time with the next seed")
      ->check(CLI::Range(1, 1000))
      ->option_text("NUMBER");
  command.add_option("--fail-fast", options.fail_fast, "Begin no more scenarios after so many that are not green (default: 1)")
      ->expected(0, 1)
      ->default_str("1")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("[NUMBER]");
  command.add_option("--max-time", options.max_time, "Begin no more scenarios after so many seconds")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("SECONDS");
  command.add_flag("-v,--verbose", options.verbose, "Each scenario's steps on the console too")->option_text(" ");
  command
      .add_flag("--watch", options.watch,
                "Play again whenever a scenario, a fixture, the settings or the bridge's program changes")
      ->option_text(" ");
  command.add_flag("--list", options.list, "Say what would be played, and play nothing")->option_text(" ");
  command.add_flag("--list-json", options.as_json, "The same as JSON")->option_text(" ");
}

CLI::Option& add_bridge_environment(CLI::App& command, std::vector<std::string>& variables) {
  return *command
              .add_option("--bridge-env", variables,
                          "Puts NAME=VALUE into the bridge's environment; the caller's CASEWIRE_*, OPENCX_* and SALESFORCE_* do "
                          "not get there by themselves. Reports show it. May be repeated")
              ->allow_extra_args(false)
              ->option_text("NAME=VALUE");
}

void add_bridge(CLI::App& command, RunOptions& options) {
  auto* simulated = command
                        .add_flag("--simulated", options.simulated,
                                  "Everything on fibers in one process, under virtual time; not with --bridge")
                        ->option_text(" ");
  auto* bridge =
      command.add_option("--bridge", options.bridge, "Command that starts the bridge under test")
          ->check([](const std::string& text) { return text.empty() ? std::string("names no command") : std::string{}; })
          ->excludes(simulated)
          ->option_text("COMMAND");
  command.add_flag("--bridge-control", options.bridge_has_control, "That bridge understands --control URL")
      ->needs(bridge)
      ->option_text(" ");
  command
      .add_flag(
          "--real-time", options.real_time,
          "Leave that bridge's clock alone and wait for it. Otherwise a dynamically linked program lives in the world's time, "
          "by a preloaded library")
      ->needs(bridge)
      ->option_text(" ");
  add_bridge_environment(command, options.bridge_environment).excludes(simulated);
  command
      .add_option("--patience", options.patience,
                  "How long a bridge that lives in real time is waited for when something must happen "
                  "(default: 90s). From 15min on, what has not happened is its failure also after a fault")
      ->needs(bridge)
      ->option_text("DURATION");
}

void add_run(CLI::App& command, RunOptions& options) {
  add_selection(command, options);
  add_narrowing(command, options);
  add_bridge(command, options);
  command.add_option("--seed", options.seed, "What chance is drawn from (default: 1)")
      ->check(whole_number)
      ->option_text("NUMBER");
  command
      .add_option("-j,--jobs", options.jobs,
                  "Scenarios at once, up to 256 (default: two for each core; 24 where a bridge is waited for in real time)")
      ->check(CLI::Range(1, 256))
      ->option_text("NUMBER");
  command
      .add_option("--record", options.record_file,
                  "Let proxies record one scenario over sockets, as casewire record does; a recording that tells the same stays")
      ->excludes(command.get_option("--simulated"))
      ->option_text("FILE");
  command.add_option("--har", options.reports.har_folder, "Write each scenario's HTTP exchanges into this folder as HAR 1.2")
      ->option_text("FOLDER");
  command
      .add_option(
          "--artifacts", options.reports.artifacts_folder,
          "Keep everything about each failure in a folder of its own in this one: report, journal, recording, log, state, "
          "feature, fixtures; casewire show reads it")
      ->option_text("FOLDER");
  add_reports(command, options.reports);
  command.footer(std::string(kRunExamples) + kExitCodes);
}

void add_salesforce(CLI::App& command, SalesforceOptions& options) {
  command.add_option("--port", options.port, "Loopback port (default: any free one)")->check(kPort)->option_text("PORT");
  command.add_option("--org", options.org, "Org file (default: the service-cloud org)")->option_text("FILE");
  command.add_option("--webhook", options.webhook_url, "URL that the org's package calls out to")
      ->check(web_address)
      ->option_text("URL");
  command.footer(kSalesforceExamples);
}

void add_world(CLI::App& command, WorldOptions& options) {
  command.add_option("--port", options.port, "Loopback port that is told what to do (default: any free one)")
      ->check(kPort)
      ->option_text("PORT");
  command.add_option("--bridge", options.bridge, "Command that starts the bridge (default: ours)")->option_text("COMMAND");
  add_bridge_environment(command, options.bridge_environment);
  add_project_options(command, options.project);
  command
      .add_option("--fixtures", options.fixtures, "Folder with orgs/, mail/ and files/ (default: the nearest one named fixtures)")
      ->option_text("FOLDER");
  command
      .add_option("--say", options.sentences,
                  "Said before the world opens or right after: 'the customer Eli writes from eli@example.test'; may be repeated")
      ->allow_extra_args(false)
      ->option_text("SENTENCE");
  command.footer("Exit codes: 0 stopped; 2 usage, or a sentence that is none; 3 the world does not open.\n");
}

void add_opencx(CLI::App& command, OpenCxOptions& options) {
  command.add_option("--port", options.port, "Loopback port of the API (default: any free one)")
      ->check(kPort)
      ->option_text("PORT");
  command.add_option("--smtp", options.smtp_port, "Loopback port that takes mail (default: any free one)")
      ->check(kPort)
      ->option_text("PORT");
  command.add_option("--address", options.addresses, "Support address; may be repeated (default: help@acme.test)")
      ->allow_extra_args(false)
      ->check(mail_address)
      ->option_text("ADDRESS");
  command.add_option("--webhook", options.webhook_url, "URL that events are sent to")->check(web_address)->option_text("URL");
  command.add_option("--webhook-secret", options.webhook_secret, "Signs the events")->option_text("SECRET");
  command.add_option("--answer", options.answer, "Let the AI answer every mail with this text")->option_text("TEXT");
  command
      .add_option("--calls-a-minute", options.calls_a_minute,
                  "Refuse more calls with 429; the vendor's limit is 100 (default: no limit)")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("N");
  command.add_option("--read-lag", options.read_lag_ms, "Show sessions and histories as they were so long ago")
      ->check(whole_number)
      ->option_text("MS");
  command.add_option("--index-lag", options.index_lag_ms, "Let lists and filters be so far behind")
      ->check(whole_number)
      ->option_text("MS");
  command.add_option("--time-grain", options.time_grain_ms, "Round time stamps down to multiples of it (1000: whole seconds)")
      ->check(CLI::Range(1, 60'000))
      ->option_text("MS");
  command.add_flag("--times-with-offset", options.times_with_offset, "Write times with microseconds and +00:00");
  command
      .add_option("--key", options.keys,
                  "A further API key with scopes, such as reader=contacts:read,chat-sessions:read; may be repeated")
      ->allow_extra_args(false)
      ->check(scoped_key)
      ->option_text("NAME=SCOPES");
  command.footer(kOpenCxExamples);
}

void add_record(CLI::App& command, RecordOptions& options) {
  command.add_option("--salesforce", options.salesforce, "The login URL of the org")
      ->required()
      ->check(web_address)
      ->option_text("URL");
  command.add_option("--opencx", options.opencx, "The API's URL")->required()->check(web_address)->option_text("URL");
  command.add_option("--bridge", options.bridge, "The bridge's URL, to which webhooks are passed on")
      ->check(web_address)
      ->option_text("URL");
  command.add_option("--out", options.out, "Folder for tape.har")->required()->option_text("FOLDER");
  command.add_option("--ca", options.ca_file, "Certificates to trust (default: the system's)")->option_text("FILE");
  auto* redacts =
      command.add_flag("--redact", options.redacts, "Take people out before anything is written, as casewire redact does")
          ->option_text(" ");
  command
      .add_option("--key", options.key_file,
                  "Of --redact: keeps the pseudonyms the same in several recordings; made where there is none")
      ->needs(redacts)
      ->option_text("FILE");
  command.add_option("--policy", options.policy_file, "Of --redact: what may stay")->needs(redacts)->option_text("FILE");
  command.add_option("--mail", options.mail, "Mail to keep beside the tape: a maildir, an mbox or a folder of .eml")
      ->excludes(redacts)
      ->check(CLI::ExistingPath)
      ->option_text("PATH");
  for (const auto& [name, port] :
       {std::pair{"--salesforce-port", &options.salesforce_port}, std::pair{"--opencx-port", &options.opencx_port},
        std::pair{"--webhook-port", &options.webhook_port}}) {
    command.add_option(name, *port, "Loopback port (default: any free one)")->check(kPort)->option_text("PORT");
  }
  command.footer("Exit codes: 0 all is on the tape; 1 something is missing; 2 usage, or a port that is taken.\n");
}

void add_hosts(CLI::App& command, HostOptions& options) {
  const auto add_list = [&](const char* name, std::vector<std::string>& into, const char* meaning) {
    command.add_option(name, into, meaning)->allow_extra_args(false)->option_text("HOST");
  };
  add_list("--salesforce-host", options.salesforce, "A host of the recording that is Salesforce; may be repeated");
  add_list("--opencx-host", options.opencx, "A host of the recording that is OpenCX; may be repeated");
  add_list("--ignore-host", options.ignored,
           "A host that is neither, whose entries are left out; \"*.cdn.test\" is all below it");
}

void add_redact(CLI::App& command, RedactOptions& options) {
  command.add_option("in", options.in, "A HAR file, of any tool")->required()->option_text("IN");
  command.add_option("out", options.out, "What is written, for you alone to read")->required()->option_text("OUT");
  command
      .add_option("--key", options.key_file,
                  "Keeps the pseudonyms the same in several recordings; made where there is none, and it never leaves you")
      ->option_text("FILE");
  command.add_option("--policy", options.policy_file, "What may stay: {\"members\": [...], \"words\": [...], \"hosts\": [...]}")
      ->option_text("FILE");
  add_hosts(command, options.hosts);
  command.footer(
      "Exit codes: 0 written; 1 something would still be readable, and nothing was written; 2 unreadable input or usage.\n");
}

void add_compare(CLI::App& command, CompareCommandOptions& options) {
  command.add_option("tape", options.tape, "A HAR file, of any tool")->required()->option_text("TAPE");
  command.add_option("--org", options.org, "A folder of fixtures/orgs (default: service-cloud)")->option_text("NAME");
  command.add_option("--fixtures", options.fixtures, "Folder with orgs/ (default: the nearest one named fixtures)")
      ->option_text("FOLDER");
  command.add_option("--seed", options.seed, "Of the first model; the second has the next (default: 1)")->option_text("NUMBER");
  auto* baseline = command.add_option("--baseline", options.baseline, "Drift that is known, and passes")->option_text("FILE");
  command.add_flag("--update-baseline", options.update_baseline, "Write into that file what differs now")
      ->needs(baseline)
      ->option_text(" ");
  add_hosts(command, options.hosts);
  add_reports(command, options.reports);
  command.footer(
      "Examples:\n"
      "  casewire compare customer.har --org service-cloud --junit out/drift.xml\n"
      "  casewire compare customer.har --baseline drift.json --update-baseline\n\n"
      "Exit codes: 0 no drift, or known drift alone; 1 new drift; 2 unreadable input or usage; 3 the harness is at fault;\n"
      "4 nothing was compared.\n");
}

void add_pack(CLI::App& command, PackOptions& options) {
  add_selection(command, options.run);
  add_bridge(command, options.run);
  command.add_option("--seed", options.run.seed, "Seed of all chance (default: 1)")->option_text("NUMBER");
  command.add_option("--out", options.out, "The zip (default: named after the first scenario's file, in this folder)")
      ->option_text("FILE");
  command.footer(
      "Examples:\n"
      "  casewire pack desk/4711/ticket-4711.feature --bridge ./their-bridge --out 4711.zip\n"
      "  casewire pack out/failures                    the folder of a run's --artifacts, as it is; casewire show opens the zip\n\n" +
      std::string(kExitCodes));
}

void add_import(CLI::App& command, ImportOptions& options) {
  command
      .add_option("bundle", options.bundle,
                  "A file, or the folder of the ticket: HAR of any tool, .eml, .mbox, tables and records\n"
                  "of Salesforce, histories of OpenCX")
      ->required()
      ->option_text("BUNDLE");
  command.add_option("--out", options.out, "Folder for the scenario and its fixtures")->required()->option_text("FOLDER");
  command
      .add_option("--symptom", options.symptom,
                  "What the ticket complains of: \"two cases\", \"reply twice\", \"reply lost\", \"AI spoke\",\n"
                  "\"internal comment\", \"file damaged\", \"case missing\", \"customer mail lost\",\n"
                  "\"wrong conversation\", \"wrong order\"")
      ->option_text("WORDS");
  command.add_option("--support", options.support_addresses, "Where OpenCX answers mail; may be repeated (default: guessed)")
      ->allow_extra_args(false)
      ->option_text("ADDRESS");
  add_hosts(command, options.hosts);
  command
      .add_option(
          "--time-zone", options.time_zone,
          "Of tables whose times do not say it: Europe/Berlin, +01:00 (default: by other material that has the same rows)")
      ->option_text("ZONE");
  command.add_option("--date-order", options.date_order, "Of such a table, where its dates leave it open: dmy or mdy")
      ->check(CLI::IsMember({"dmy", "mdy", "ymd"}))
      ->option_text("ORDER");
  command.add_flag("--run", options.run, "Play the scenario and say whether it shows the fault")->option_text(" ");
  command.add_option("--bridge", options.bridge, "Command line of the bridge to play it with (default: casewire-bridge)")
      ->option_text("COMMAND");
  command.footer(
      "Examples:\n"
      "  casewire import ticket-4711/ --out desk/4711 --symptom \"two cases\"\n"
      "  casewire import ticket-4711/ --out desk/4711 --symptom \"two cases\" --run --bridge ./their-bridge\n\n"
      "Exit codes: 0 written; with --run 1 reproduced, 4 not reproduced; 2 unreadable input or usage; 3 the harness failed.\n");
}

int print(const std::string& text) {
  std::cout << text;
  return 0;
}

/// CLI11 would take the path behind `--fail-fast` for its number.
std::vector<const char*> with_its_default(int argc, char** argv) {
  std::vector<const char*> words(argv, argv + argc);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool has_number = at + 1 < words.size() && whole_number(words[at + 1]).empty() && *words[at + 1] != '\0';
    if (std::string_view(words[at]) == "--fail-fast" && !has_number) words[at] = "--fail-fast=1";
  }
  return words;
}

/// Of each option that nobody knows, the one that was meant.
std::string likely_options(const CLI::App& app) {
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
  }
  std::string text;
  for (const std::string& word : app.remaining(true)) {
    const std::string near = word.starts_with("--") ? nearest(word.substr(0, word.find('=')), known) : std::string();
    if (!near.empty()) text += "did you mean \"" + near + "\"?\n";
  }
  return text;
}

/// What the commands are told.
struct Told {
  RunOptions run, check;
  MergeOptions merge;
  ShowOptions show;
  PromisesOptions promises;
  SalesforceOptions salesforce;
  OpenCxOptions opencx;
  WorldOptions world;
  RecordOptions record;
  RedactOptions redact;
  CompareCommandOptions compare;
  PackOptions pack;
  LintOptions lint;
  ImportOptions import;
  InitOptions init;
  std::string shell;  ///< that is to complete
  StepsOptions steps;
  bool check_as_json = false;
};

void add_merge(CLI::App& command, MergeOptions& options) {
  command.add_option("files", options.files, "What casewire run --json wrote")->required()->option_text("FILE...");
  add_reports(command, options.reports);
  command.footer(std::string(kMergeExamples) + kExitCodes);
}

void add_show(CLI::App& command, ShowOptions& options) {
  command
      .add_option("folder", options.folder,
                  "What casewire run --artifacts was given, one folder in it, or the zip that casewire pack made of it")
      ->required()
      ->option_text("FOLDER");
  command.footer("Exit codes: 0 shown; 2 there is nothing, or it cannot be read.\n");
}

void add_promises(CLI::App& command, PromisesOptions& options) {
  add_selection(command, options.run);
  command.add_option("--from", options.from, "What casewire run --json wrote (default: plays them in the simulated ring)")
      ->option_text("FILE");
  command.footer(kPromisesExamples);
}

void add_check(CLI::App& command, RunOptions& options, bool& as_json) {
  add_selection(command, options);
  command.add_flag("--json", as_json, "One JSON object for machines, with fixes that can be applied")->option_text(" ");
  command.footer(std::string(kCheckExamples) +
                 "\nExit codes: 0 all can be played; 2 unreadable input or usage; 4 there is none.\n");
}

void add_steps(CLI::App& command, StepsOptions& options) {
  auto* json =
      command.add_flag("--json", options.as_json, "As a JSON array, with the values each sentence takes")->option_text(" ");
  command.add_flag("--glue", options.as_glue, "As step definitions, by which editors that know Cucumber complete and check")
      ->excludes(json)
      ->option_text(" ");
}

void add_init(CLI::App& command, InitOptions& options) {
  command.add_option("folder", options.folder, "The project's folder (default: this one); what is there is left alone")
      ->option_text("FOLDER");
  command.add_option("--ci", options.ci, "For which CI server: github, gitlab, jenkins or none (default: github)")
      ->check(CLI::IsMember({"github", "gitlab", "jenkins", "none"}))
      ->option_text("SERVER");
  command.footer("Example:\n  casewire init && casewire run\n\nExit codes: 0 all is there; 2 something cannot be written.\n");
}

void add_lint(CLI::App& command, LintOptions& options) {
  command.add_option("paths", options.paths, "Files and folders (default: the suite and its fixtures)")->option_text("PATH...");
  command
      .add_option("--policy", options.policy_file,
                  "What may pass (default: lint.json beside the fixtures' folders, if it is there)")
      ->option_text("FILE");
  add_project_options(command, options.project);
  command.footer(
      "As a gate before a commit:\n  casewire lint casewire/ || exit 1\n\nExit codes: 0 clean; 1 something was found; 2 unreadable input or usage.\n");
}

void add_completion(CLI::App& command, std::string& shell) {
  command.add_option("shell", shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}))->option_text("SHELL");
  command.footer("Example:\n  source <(casewire completion bash)\n");
}

/// What can be said behind the program's name.
struct Command {
  const char *name, *meaning;
  std::function<void(CLI::App&)> add_options;
  std::function<int()> act;
  ProjectUse* settings = nullptr;  ///< it takes over those of casewire.yaml first
};

std::vector<Command> all_commands(const CLI::App& app, Told& told) {
  return {
      {"run", "Play scenarios against a bridge and report", [&told](CLI::App& command) { add_run(command, told.run); },
       [&told] { return told.run.watch ? watch_scenarios(told.run) : run_scenarios(told.run); }, &told.run.project},
      {"merge", "Make one report of what the shards of a run left with --json",
       [&told](CLI::App& command) { add_merge(command, told.merge); }, [&told] { return merge_runs(told.merge); }},
      {"show", "Say what failures are in a folder of --artifacts, and how to play them again",
       [&told](CLI::App& command) { add_show(command, told.show); }, [&told] { return show_artifacts(told.show); }},
      {"promises", "Print promises and failure modes with their scenarios and verdicts; fails on a hole",
       [&told](CLI::App& command) { add_promises(command, told.promises); }, [&told] { return show_promises(told.promises); },
       &told.promises.run.project},
      {"check", "Read scenarios and say what is wrong with them; play nothing",
       [&told](CLI::App& command) { add_check(command, told.check, told.check_as_json); },
       [&told] { return check_scenarios(told.check, told.check_as_json); }, &told.check.project},
      {"steps", "Print every sentence a scenario may use", [&told](CLI::App& command) { add_steps(command, told.steps); },
       [&told] { return list_sentences(told.steps); }},
      {"init", "Make a home for scenarios of your own: a first one, fixtures, settings, CI",
       [&told](CLI::App& command) { add_init(command, told.init); }, [&told] { return init_project(told.init); }},
      {"salesforce", "Run the fake Salesforce org alone",
       [&told](CLI::App& command) { add_salesforce(command, told.salesforce); },
       [&told] { return serve_salesforce(told.salesforce); }},
      {"opencx", "Run the fake OpenCX alone", [&told](CLI::App& command) { add_opencx(command, told.opencx); },
       [&told] { return serve_opencx(told.opencx); }},
      {"world", "Run both fakes, mail and a bridge together, and do in them what sentences say",
       [&told](CLI::App& command) { add_world(command, told.world); }, [&told] { return open_world(told.world); },
       &told.world.project},
      {"record", "Stand between a bridge and both systems, and keep what they say",
       [&told](CLI::App& command) { add_record(command, told.record); }, [&told] { return record_traffic(told.record); }},
      {"redact", "Take people and secrets out of a recording", [&told](CLI::App& command) { add_redact(command, told.redact); },
       [&told] { return redact_recording(told.redact); }},
      {"compare", "Say in what the models answer otherwise than a recording",
       [&told](CLI::App& command) { add_compare(command, told.compare); }, [&told] { return compare_recording(told.compare); }},
      {"pack", "Play scenarios and zip them with their fixtures and what the run left, or zip what --artifacts kept",
       [&told](CLI::App& command) { add_pack(command, told.pack); }, [&told] { return pack_scenarios(told.pack); },
       &told.pack.run.project},
      {"lint", "Say what should not be committed: secrets, people, old and unused recordings",
       [&told](CLI::App& command) { add_lint(command, told.lint); }, [&told] { return lint_files(told.lint); },
       &told.lint.project},
      {"import", "Turn what a customer sent into a scenario, and say what it shows",
       [&told](CLI::App& command) { add_import(command, told.import); }, [&told] { return import_bundle(told.import); }},
      {"completion", "Print what lets a shell complete commands and options",
       [&told](CLI::App& command) { add_completion(command, told.shell); },
       [&app, &told] { return print(told.shell == "zsh" ? zsh_completion(app) : bash_completion(app)); }},
      {"manual", "Print the manual page, for man: casewire manual | man -l -", [](CLI::App&) {},
       [&app] { return print(manual_page(app, kVersion)); }},
  };
}

/// Its result is the program's.
void add(CLI::App& app, const Command& row, int& exit_code) {
  CLI::App& command = *app.add_subcommand(row.name, row.meaning);
  row.add_options(command);
  command.callback([&command, &row, &exit_code] {
    const auto taken = row.settings == nullptr ? Result<void, std::string>{} : take_project_settings(command, *row.settings);
    if (!taken) std::cerr << taken.error();
    exit_code = taken ? row.act() : 2;
  });
}

/// CLI11 would only say that a subcommand is required.
std::string unknown_command(const std::vector<Command>& commands, const std::string& said) {
  std::vector<std::string> known;
  for (const Command& command : commands) known.emplace_back(command.name);
  const std::string near = nearest(said, known);
  return "casewire: there is no command \"" + said + "\"" +
         (near.empty() ? "; casewire --help lists them" : "; did you mean \"" + near + "\"?") + "\n";
}

bool speaks_of_others(std::string_view command) { return command == "completion" || command == "manual"; }

}  // namespace

int run_program(int argc, char** argv) {
  CLI::App app{"Rehearses, tests and runs the hand-over of customer email from OpenCX to Salesforce.", "casewire"};
  app.set_version_flag("--version", std::string("casewire ") + kVersion);
  app.require_subcommand(1);
  Told told;
  const std::vector<Command> commands = all_commands(app, told);
  int exit_code = 0;
  const bool is_said = argc > 1 && *argv[1] != '-';
  const std::string said = is_said ? argv[1] : "";
  const auto is_it = [&](const Command& command) { return command.name == said; };
  if (is_said && std::none_of(commands.begin(), commands.end(), is_it)) {
    std::cerr << unknown_command(commands, said);
    return 2;
  }
  // The options of all commands are a tenth of what starting a fake takes.
  for (const Command& command : commands) {
    if (!is_said || is_it(command) || speaks_of_others(said)) add(app, command, exit_code);
  }
  // Last, for a subcommand takes over what stands here when it is added.
  app.footer(std::string(kRunExamples) + kOtherExamples + kExitCodes);
  try {
    const std::vector<const char*> words = with_its_default(argc, argv);
    app.parse(argc, words.data());
  } catch (const CLI::Success& shown) {  // --help and --version
    return app.exit(shown);
  } catch (const CLI::ParseError& error) {
    app.exit(error, std::cout, std::cerr);
    std::cerr << likely_options(app);
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "casewire: the harness failed: " << error.what() << "\n";
    return 3;
  }
  return exit_code;
}

}  // namespace casewire::scenarios
