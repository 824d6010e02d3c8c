#pragma once
// Every setting of the bridge, for one org or for several. Read from one YAML file and from the environment; the environment wins. See docs/bridge.md.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.hpp"
#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "bridge/log.hpp"

namespace casewire::bridge {

/// Of one org and its bridge.
struct Config {
  std::string file{};  ///< as it was named; empty: the environment only
  std::string org{};   ///< its name among several; empty: the one org of the process

  struct Listen {
    std::string host;
    std::uint16_t port = 0;
  };
  Listen listen{};
  struct Tls {
    std::string certificate{}, key{};  ///< PEM files; empty: plain HTTP
  } tls{};
  std::string state_dir{};
  std::string store{};  ///< the connection URI of a PostgreSQL database; empty: SQLite in state_dir

  struct Salesforce {
    std::string login_url{};  ///< scheme and host, no path
    std::string client_id{};
    std::string client_secret{};
    std::string refresh_token{};
    std::vector<std::string> webhook_secrets{};  ///< all are accepted; the first is the current one
    bool public_comments_are_replies = false;
    bool public_posts_are_replies =
        false;  ///< those in a Case's feed; needs digital experiences in the org, which bring Visibility
  } salesforce{};

  struct OpenCx {
    std::string url{};
    std::string api_key{};
    std::vector<std::string> webhook_secrets{};
    bool require_signature = false;
    int calls_a_minute = 100;  ///< of all bridges of a shared store together; 0: they are not counted
  } opencx{};

  /// What secrets in the store are sealed with, as it was written; the first seals, all open. None: the client secret does.
  std::vector<std::string> encryption_keys{};

  int workers = 4;
  /// Of a store that several bridges share: who has not renewed it for so long has lost its work to the others.
  milliseconds lease{30'000};
  milliseconds call_timeout{10'000};
  milliseconds sweep_every{10 * 60'000};
  /// How often the preflight looks by itself; nullopt: only when somebody asks.
  std::optional<milliseconds> check_every{3'600'000};
  /// What a reply may carry, decoded, all files together. The rest is named in its text and stays on the Case.
  std::size_t reply_attachment_bytes_max = 10u << 20;
  /// How long a job may fail for a transient reason before it is parked.
  milliseconds give_up_after{24 * 3'600'000};
  /// How long the ledger remembers what was done; nullopt: for good. Longer than give_up_after: what is older is not done any more.
  std::optional<milliseconds> ledger_kept{730 * (24 * 3'600'000LL)};

  LogLevel log_level = LogLevel::info;
  LogFormat log_format = LogFormat::text;
};

/// Of a key as it may be written: 64 hexadecimal digits, or base64. nullopt: it is none of 32 bytes.
std::optional<std::string> encryption_key_bytes(std::string_view text);

using Environment = std::map<std::string, std::string, std::less<>>;

/// Of a process: one org, or several by name.
struct Configuration {
  Config shared{};                           ///< what stands at the top; several orgs begin with it
  std::vector<Config> orgs{};                ///< by name; one without a name where the file has no `orgs`
  std::map<std::string, Position> places{};  ///< where the names stand in the file
  bool has_names() const { return !places.empty(); }
};

/// The file's text (empty: none), and the environment, which wins; what is said of one org wins over what is said of all. Unknown and duplicate
/// keys and wrong types are errors with their position, or name the variable.
Result<Configuration> read_configuration(std::string_view text, std::string_view file, const Environment& environment);
/// Adds the variables that are set and not empty. The error names the variable.
Result<void> read_environment(Config& config, const Environment& environment);
/// "SALESFORCE_CLIENT_SECRET_ACME_EU": that variable for the org "acme-eu" alone.
std::string variable_of(std::string_view variable, std::string_view org);
/// One line for each setting that is missing or makes no sense together, with the variable and the key that sets it, or the place in the file.
std::vector<std::string> problems_of(const Configuration& configuration);
/// Keys of the settings that differ, apart: those that a running bridge can take up, and those that need a restart.
struct SettingsChanged {
  std::vector<std::string> at_once{};
  std::vector<std::string> at_restart{};
};
SettingsChanged changed_settings(const Config& before, const Config& after);
/// "sqlite", or the URI without its password.
std::string shown_store(const Config& config);
/// YAML of the whole configuration; secrets are shown as `(set)` or `(not set)`.
std::string without_secrets(const Configuration& configuration);

}  // namespace casewire::bridge
