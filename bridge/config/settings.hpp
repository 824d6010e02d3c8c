#pragma once
// The table of settings: one row each, from which the file reader, the environment, --check and the messages are made.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "bridge/config.hpp"

namespace casewire::bridge {

enum class Need { required, optional };
enum class Shown { openly, as_secret, without_password };
enum class Takes { one, several };
/// As many as a rotation needs: each is tried with each request.
inline constexpr std::size_t kSeveralMost = 4;

struct Setting {
  std::string key;       ///< "salesforce.login_url"
  std::string variable;  ///< "SALESFORCE_LOGIN_URL"; empty: the file only
  Need need;
  Shown shown;
  Takes takes;
  /// Returns what was expected instead, or an empty text when the values were taken.
  std::function<std::string(Config&, const std::vector<std::string>&)> set;
  std::function<std::vector<std::string>(const Config&)> values;  ///< none: not set
};

std::span<const Setting> all_settings();
/// One for all orgs of a process: listen, state_dir, log.
bool is_of_the_process(const Setting& setting);

}  // namespace casewire::bridge
