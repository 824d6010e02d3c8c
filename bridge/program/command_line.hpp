#pragma once
// The command line of casewire-bridge.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/program/backup.hpp"
#include "bridge/program/connect.hpp"
#include "bridge/program/move.hpp"
#include "bridge/program/reconcile.hpp"
#include "bridge/program/replay.hpp"
#include "bridge/program/store_schema.hpp"

namespace casewire::bridge {

struct CommandLine {
  std::vector<std::string> words{};  ///< a question or an order to the running bridge; empty: be the bridge
  std::string state_dir;             ///< where that one runs; empty: as the settings say
  std::string org;                   ///< of several, by name; empty: all, where that makes sense
  bool as_json = false;
  std::string config_file;  ///< empty: the environment only
  bool check = false;
  std::string control_url;                   ///< empty: no control connection
  std::string record_to;                     ///< folder of recordings; empty: none
  std::optional<ConnectOptions> connect{};   ///< sign in to Salesforce, and end
  std::optional<MoveOptions> move{};         ///< take an org's memory elsewhere, and end
  std::optional<ReconcileWish> reconcile{};  ///< compare both sides by the running bridge, and end
  std::optional<BackupWish> backup{};        ///< write an org's memory into a file, and end
  std::optional<BackupWish> restore{};       ///< put it back, and end
  std::optional<ReplayWish> replay{};        ///< say what would be done over an older memory, and end
  bool show_schema = false;                  ///< say of which schema an org's memory is, and end
  std::optional<DowngradeWish> downgrade{};  ///< take it back to an older schema, and end
};

/// Or the exit code, when the command line said it all (--help) or was wrong.
std::variant<CommandLine, int> parse_command_line(int argc, char** argv);

}  // namespace casewire::bridge
