#include "bridge/program/command_line.hpp"

#include <CLI/CLI.hpp>

#include "bridge/program/control.hpp"

namespace casewire::bridge {
namespace {

constexpr const char* kFooter = R"(
Examples:
  casewire-bridge --config /etc/casewire/bridge.yaml
  casewire-bridge --config bridge.yaml --check
  CASEWIRE_LISTEN=127.0.0.1:8080 CASEWIRE_STATE_DIR=/var/lib/casewire ... casewire-bridge

Of a bridge that runs, on the same machine and as its user or root:
  casewire-bridge status --state-dir /var/lib/casewire
  casewire-bridge trace 500WL00000abcDeYAI --config /etc/casewire/bridge.yaml
  casewire-bridge parked list
  casewire-bridge parked retry all

Once for each org, whether the bridge runs or not:
  casewire-bridge connect --config /etc/casewire/bridge.yaml
Every night:
  casewire-bridge backup --to /var/backups/casewire-$(date +%F).sqlite --config /etc/casewire/bridge.yaml
Before an upgrade: what the new program would do over the memory of the old one, and of which schema that is:
  casewire-bridge replay /var/backups/casewire-2026-01-05.sqlite
  casewire-bridge store show --config /etc/casewire/bridge.yaml
After an accident: put the memory back while no bridge works on it, start the bridge, and look whether both sides have all:
  casewire-bridge restore --from /var/backups/casewire-2026-01-05.sqlite --config /etc/casewire/bridge.yaml
  casewire-bridge reconcile --since '2 d'

Where the settings name several orgs, --org NAME says which one is meant: casewire-bridge parked list --org acme

Every setting can stand in the file or in the environment; the environment wins. See docs/bridge.md.
)";

constexpr const char* kExitCodes =
    "Exit codes: 0 ended by a signal, or answered; 1 answered, and something is wrong (not ready, jobs are parked, nothing of that name);\n"
    "2 usage or configuration; 3 the machine refused something, or no bridge runs there.";

/// Instead of the program's own, which name every command.
void show_examples(CLI::App& command, const std::string& lines) { command.footer("\nExamples:\n" + lines + "\n" + kExitCodes); }

/// The commands that a running bridge answers. Each leaves its words in `line`.
void add_questions(CLI::App& app, CommandLine& line, std::string& subject) {
  app.add_option("--state-dir", line.state_dir, "Commands: the folder of the bridge that runs")->type_name("FOLDER");
  app.add_option("--org", line.org, "Commands: of several orgs the one that is meant; without it all answer")->type_name("NAME");
  app.add_flag("--json", line.as_json, "Commands: answer as JSON");
  const auto add = [&](CLI::App& parent, std::vector<std::string> words, const char* help, const char* takes) {
    auto* command = parent.add_subcommand(words.back(), help)->fallthrough();
    if (takes != nullptr) command->add_option(takes, subject)->required();
    command->callback([&line, &subject, words, takes] {
      line.words = words;
      if (takes != nullptr) line.words.push_back(subject);
    });
    return command;
  };
  app.require_subcommand(0, 1);
  auto* status = add(app, {"status"}, "How the running bridge is", nullptr);
  show_examples(*status, "  casewire-bridge status\n  casewire-bridge status acme --json\n");
  auto* check =
      add(app, {"check"}, "Whether all that it needs of both vendors is there, and what to click where it is not", nullptr);
  show_examples(*check, "  casewire-bridge check\n  casewire-bridge check acme\n");
  for (auto* command : {status, check}) command->add_option("ORG", line.org, "Of several orgs the one that is meant");
  auto* trace = add(app, {"trace"}, "Where a session, Case, message or file is, what happened to it, what comes next", "ID");
  show_examples(*trace, "  casewire-bridge trace 500WL00000abcDeYAI\n  casewire-bridge trace 02sWL00000abcDeYAI --json\n");
  auto* links = add(app, {"links"}, "The Cases of a session, or the sessions of a Case", "ID");
  show_examples(*links, "  casewire-bridge links 500WL00000abcDeYAI\n");
  auto* parked = app.add_subcommand("parked", "Jobs that wait for a person")->require_subcommand(1)->fallthrough();
  show_examples(
      *parked,
      "  casewire-bridge parked list\n  casewire-bridge parked show case:500WL00000abcDeYAI\n  casewire-bridge parked retry all\n"
      "  casewire-bridge parked drop case:500WL00000abcDeYAI\n");
  add(*parked, {"parked", "list"}, "Which, since when and why", nullptr);
  add(*parked, {"parked", "show"}, "One with all that is known of it", "JOB");
  add(*parked, {"parked", "retry"}, "Try it again now; \"all\" tries every one", "JOB");
  add(*parked, {"parked", "drop"}, "Give it up, until something new comes", "JOB");
}

/// By its id in Salesforce, or by its name in the settings.
std::string take_org(ConnectOptions& options, const std::string& org) {
  const bool is_id = org.starts_with("00D") && (org.size() == 15 || org.size() == 18);
  const bool is_name = org.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (!is_id && !is_name) {
    return "expected the name of an org in the settings, or an org's id of 15 or 18 characters (Setup, Company Information), found \"" +
           org + "\"";
  }
  (is_id ? options.salesforce_org : options.org) = org;
  return {};
}

void add_connect(CLI::App& app, CommandLine& line, ConnectOptions& options) {
  auto* connect = app.add_subcommand("connect", "Sign in to Salesforce in a browser, once for each org")->fallthrough();
  connect
      ->add_option_function<std::vector<std::string>>(
          "ORG",
          [&options](const std::vector<std::string>& orgs) {
            for (const auto& org : orgs) {
              if (const auto problem = take_org(options, org); !problem.empty()) throw CLI::ValidationError("ORG", problem);
            }
          },
          "Of several orgs the one that is meant, and the org's id (00D...), so that another one is refused")
      ->expected(0, 2);
  connect
      ->add_option("--callback-port", options.callback_port, "Where the browser comes back to; the app's callback URL names it")
      ->check(CLI::Range(0, 65'535))
      ->capture_default_str();
  show_examples(
      *connect,
      "  casewire-bridge connect --config /etc/casewire/bridge.yaml\n  casewire-bridge connect acme 00DWL00000abcDeYAI\n");
  connect->callback([&line, &options] { line.connect = options; });
}

void add_move(CLI::App& app, CommandLine& line, MoveOptions& options) {
  auto* move = app.add_subcommand("move", "Take an org's memory to another place, while no bridge works on it")->fallthrough();
  move->add_option("ORG", line.org, "Of several orgs the one that is meant");
  move->add_option("--to", options.to, "As the setting store: sqlite, or postgres://USER@HOST/DATABASE")
      ->required()
      ->type_name("STORE");
  show_examples(*move,
                "  casewire-bridge move --to postgres://casewire@db/casewire --config /etc/casewire/bridge.yaml\n"
                "  casewire-bridge move acme --to sqlite\n");
  move->callback([&line, &options] { line.move = options; });
}

void add_backup(CLI::App& app, CommandLine& line, BackupWish& wish) {
  auto* backup = app.add_subcommand("backup", "Write an org's memory into a file, whether the bridge runs or not")->fallthrough();
  auto* restore = app.add_subcommand("restore", "Put it back, while no bridge works on it")->fallthrough();
  for (auto* command : {backup, restore}) command->add_option("ORG", line.org, "Of several orgs the one that is meant");
  backup->add_option("--to", wish.file, "A file that is not there yet")->required()->type_name("FILE");
  restore->add_option("--from", wish.file, "What backup has made")->required()->type_name("FILE");
  show_examples(*backup,
                "  casewire-bridge backup --to /var/backups/casewire-$(date +%F).sqlite --config /etc/casewire/bridge.yaml\n");
  show_examples(*restore,
                "  casewire-bridge restore --from /var/backups/casewire-2026-01-05.sqlite --config /etc/casewire/bridge.yaml\n");
  backup->callback([&line, &wish] { line.backup = wish; });
  restore->callback([&line, &wish] { line.restore = wish; });
}

void add_store(CLI::App& app, CommandLine& line, DowngradeWish& wish) {
  auto* store = app.add_subcommand("store", "Of which schema an org's memory is, and back to an older one")->fallthrough();
  store->require_subcommand(1);
  auto* show = store->add_subcommand("show", "Which programs work on it: changes nothing")->fallthrough();
  auto* downgrade =
      store->add_subcommand("downgrade", "Take it back, with all it holds, for an older program; while no bridge works on it")
          ->fallthrough();
  for (auto* command : {show, downgrade}) command->add_option("ORG", line.org, "Of several orgs the one that is meant");
  downgrade->add_option("--to", wish.to, "The older schema version; without it: one step")->type_name("VERSION");
  show_examples(*store,
                "  casewire-bridge store show --config /etc/casewire/bridge.yaml\n"
                "  casewire-bridge store downgrade acme --to 2 --config /etc/casewire/bridge.yaml\n");
  show->callback([&line] { line.show_schema = true; });
  downgrade->callback([&line, &wish] { line.downgrade = wish; });
}

void add_replay(CLI::App& app, CommandLine& line, ReplayWish& wish) {
  auto* replay =
      app.add_subcommand("replay", "What this program would do over a memory, of an older one too: calls nobody, changes nothing")
          ->fallthrough();
  replay->add_option("STORE", wish.store, "What backup has made, or the file bridge.sqlite itself")
      ->required()
      ->type_name("FILE");
  show_examples(*replay, "  casewire-bridge replay /var/backups/casewire-2026-01-05.sqlite\n");
  replay->callback([&line, &wish] { line.replay = wish; });
}

void add_reconcile(CLI::App& app, CommandLine& line, ReconcileWish& wish) {
  auto* reconcile =
      app.add_subcommand("reconcile", "Whether both sides have all that was carried, each once: writes nothing")->fallthrough();
  reconcile->add_option("ORG", line.org, "Of several orgs the one that is meant");
  reconcile->add_option("--since", wish.since, "An instant, a day (UTC), or how long ago: \"2026-01-05\", \"2 d\"")
      ->required()
      ->type_name("TIME");
  show_examples(*reconcile, "  casewire-bridge reconcile --since '2 d'\n  casewire-bridge reconcile acme --since 2026-01-05\n");
  reconcile->callback([&line, &wish] { line.reconcile = wish; });
}

}  // namespace

std::variant<CommandLine, int> parse_command_line(int argc, char** argv) {
  CommandLine line;
  CLI::App app{"Carries email conversations that OpenCX hands off into Salesforce Cases, and the replies back.",
               "casewire-bridge"};
  app.footer(std::string(kFooter) + kExitCodes);
  std::string subject;
  add_questions(app, line, subject);
  ConnectOptions connect;
  add_connect(app, line, connect);
  MoveOptions move;
  add_move(app, line, move);
  BackupWish backup;
  add_backup(app, line, backup);
  ReplayWish replay;
  add_replay(app, line, replay);
  DowngradeWish downgrade;
  add_store(app, line, downgrade);
  ReconcileWish reconcile;
  add_reconcile(app, line, reconcile);
  app.add_option("--config", line.config_file, "Settings as YAML")->type_name("FILE");
  app.add_flag("--check", line.check, "Print the effective configuration without secrets, and exit");
  app.add_option("--control", line.control_url,
                 "For test harnesses: let http://127.0.0.1:PORT read the state and drive the clock")
      ->type_name("URL")
      ->check([](const std::string& url) {
        return control_port(url) ? std::string{} : "expected http://127.0.0.1:PORT, found \"" + url + "\"";
      });
  app.add_option("--record", line.record_to,
                 "Keep what the bridge and both systems say in this folder, as HAR files: the last 128 MB, secrets masked")
      ->type_name("FOLDER");
  app.set_version_flag("--version", std::string("casewire-bridge ") + CASEWIRE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return line;
}

}  // namespace casewire::bridge
