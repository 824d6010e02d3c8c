#include "scenarios/runner/bridge_environment.hpp"

#include <algorithm>
#include <array>

#include "scenarios/runner/world.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::array<std::string_view, 3> kPrefixes{"CASEWIRE_", "OPENCX_", "SALESFORCE_"};

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

EnvironmentVariables bridge_settings(const Urls& urls, const std::string& listen, const std::string& state_dir,
                                     const Credentials& credentials) {
  return {{"CASEWIRE_LISTEN", listen},
          {"CASEWIRE_STATE_DIR", state_dir},
          {"SALESFORCE_LOGIN_URL", urls.salesforce},
          {"SALESFORCE_CLIENT_ID", credentials.salesforce_client_id},
          {"SALESFORCE_CLIENT_SECRET", credentials.salesforce_client_secret},
          {"SALESFORCE_REFRESH_TOKEN", credentials.salesforce_refresh_token},
          {"OPENCX_URL", urls.opencx},
          {"OPENCX_API_KEY", credentials.opencx_api_key},
          {"OPENCX_WEBHOOK_SECRET", credentials.opencx_webhook_secret},
          {"SALESFORCE_WEBHOOK_SECRET", credentials.salesforce_webhook_secret}};
}

bool is_meant_for_a_bridge(std::string_view name) {
  return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](std::string_view prefix) { return name.starts_with(prefix); });
}

Result<EnvironmentVariables, std::string> read_bridge_environment(const std::vector<std::string>& texts) {
  const EnvironmentVariables settings = bridge_settings({}, {}, {}, {});
  EnvironmentVariables variables;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (equals == std::string::npos || !is_name(name)) return fail("expected NAME=VALUE, found \"" + text + "\"");
    if (settings.contains(name)) return fail(name + " names the bridge's world, and Casewire sets it itself");
    if (!variables.emplace(name, text.substr(equals + 1)).second) return fail(name + " is given twice");
  }
  return variables;
}

}  // namespace casewire::scenarios
