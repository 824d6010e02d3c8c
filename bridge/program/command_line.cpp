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

Every setting can stand in the file or in the environment; the environment wins. See docs/bridge.md.
Exit codes: 0 ended by a signal, 2 usage or configuration, 3 the machine refused something.)";

}  // namespace

std::variant<CommandLine, int> parse_command_line(int argc, char** argv) {
  CommandLine line;
  CLI::App app{"Carries email conversations that OpenCX hands off into Salesforce Cases, and the replies back.",
               "casewire-bridge"};
  app.footer(kFooter);
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
