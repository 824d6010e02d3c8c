#include "bridge/config.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "bridge/config/settings.hpp"
#include "bridge/config/units.hpp"

namespace casewire::bridge {
namespace {

/// A job that was given up may be tried again by a person.
constexpr milliseconds kLedgerOutlives{30 * (24 * 3'600'000LL)};

bool is_of_an_org(const Setting& setting) { return !is_of_the_process(setting); }
bool is_any(const Setting&) { return true; }

std::vector<std::string> missing_in(const Config& config, bool (*is_wanted)(const Setting&)) {
  const auto section = config.org.empty() ? std::string() : "orgs." + config.org + ".";
  std::vector<std::string> missing;
  for (const auto& setting : all_settings()) {
    if (setting.need != Need::required || !is_wanted(setting) || !setting.values(config).empty()) continue;
    missing.push_back(variable_of(setting.variable, config.org) + " is not set (in the file: " + section + setting.key + ")");
  }
  return missing;
}

std::vector<std::string> problems_in(const Config& config, bool (*is_wanted)(const Setting&)) {
  auto problems = missing_in(config, is_wanted);
  const auto& mine = config.salesforce.webhook_secrets;
  const auto& other = config.opencx.webhook_secrets;
  if (std::find_first_of(mine.begin(), mine.end(), other.begin(), other.end()) != mine.end()) {
    problems.push_back(variable_of("SALESFORCE_WEBHOOK_SECRET", config.org) + " and " +
                       variable_of("OPENCX_WEBHOOK_SECRET", config.org) + " are equal; each sender needs its own");
  }
  if (config.ledger_kept && *config.ledger_kept < config.give_up_after + kLedgerOutlives) {
    problems.push_back("ledger_kept (" + duration_text(*config.ledger_kept) + ") must be at least " +
                       duration_text(kLedgerOutlives) + " longer than give_up_after (" + duration_text(config.give_up_after) +
                       "): what is older than the ledger is not done any more");
  }
  return problems;
}

/// What tells whose a webhook is, whose the mail, whose the Cases: two orgs that had it in common would do each other's work.
struct Own {
  const char* what;
  std::vector<std::string> values;
  const char* why;
};

std::vector<Own> own_of(const Config& config) {
  auto secrets = config.salesforce.webhook_secrets;
  secrets.insert(secrets.end(), config.opencx.webhook_secrets.begin(), config.opencx.webhook_secrets.end());
  const auto& login = config.salesforce.login_url;
  const bool is_of_all = login == "https://login.salesforce.com" || login == "https://test.salesforce.com";
  const auto at = [](const std::string& host, const std::string& key) { return key.empty() ? key : host + " " + key; };
  return {{"a webhook secret", std::move(secrets), "by its secret a webhook finds its org; openssl rand -hex 24 makes one"},
          {"the opencx.api_key", {at(config.opencx.url, config.opencx.api_key)}, "both would hand over the same conversations"},
          {"the salesforce.refresh_token", {at(login, config.salesforce.refresh_token)}, "it leads to one Salesforce org"},
          {"the salesforce.login_url", {is_of_all ? "" : login}, "a My Domain is one Salesforce org"}};
}

std::vector<std::string> in_common(const Config& one, const Config& other, const Configuration& configuration) {
  std::vector<std::string> problems;
  const auto mine = own_of(one), theirs = own_of(other);
  for (std::size_t i = 0; i < mine.size(); ++i) {
    const auto& values = mine[i].values;
    const auto found = std::find_first_of(values.begin(), values.end(), theirs[i].values.begin(), theirs[i].values.end());
    if (found == values.end() || found->empty()) continue;
    auto line =
        render({.where = {other.file, configuration.places.at(other.org)},
                .problem = "org \"" + other.org + "\" has " + mine[i].what + " of org \"" + one.org + "\": " + mine[i].why});
    line.pop_back();
    problems.push_back(std::move(line));
  }
  return problems;
}

std::string in_yaml(const Config& config, bool (*is_wanted)(const Setting&), const std::string& indent) {
  std::string yaml;
  std::string section;
  for (const auto& setting : all_settings()) {
    if (!is_wanted(setting)) continue;
    const auto dot = setting.key.find('.');
    const auto in = dot == std::string::npos ? std::string{} : setting.key.substr(0, dot);
    if (in != section && !in.empty()) yaml += indent + in + ":\n";
    section = in;
    const auto values = setting.values(config);
    std::string shown = values.empty() ? "(not set)" : values.front();
    if (setting.shown == Shown::as_secret && !values.empty()) {
      shown = values.size() == 1 ? "(set)" : "(" + std::to_string(values.size()) + " set)";
    }
    if (setting.shown == Shown::without_password) shown = shown_store(config);
    yaml += indent + (in.empty() ? "" : "  ") + setting.key.substr(in.empty() ? 0 : dot + 1) + ": " + shown + "\n";
  }
  return yaml;
}

}  // namespace

std::string variable_of(std::string_view variable, std::string_view org) {
  std::string name(variable);
  if (!org.empty()) name += '_';
  for (const char c : org) name += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

Result<void> read_environment(Config& config, const Environment& environment) {
  for (const auto& setting : all_settings()) {
    if (setting.variable.empty() || (!config.org.empty() && is_of_the_process(setting))) continue;
    const auto variable = variable_of(setting.variable, config.org);
    const auto found = environment.find(variable);
    if (found == environment.end() || found->second.empty()) continue;
    // During a rotation both secrets stand in one variable: "new,old".
    std::vector<std::string> values{found->second};
    if (setting.takes == Takes::several) {
      values.clear();
      for (const auto part : split(found->second, ',')) values.emplace_back(trimmed(part));
    }
    const auto expected = values.size() > kSeveralMost ? "one to four texts" : setting.set(config, values);
    if (!expected.empty()) {
      // Not the value itself: it may be a secret in the wrong variable.
      return fail(Diagnostic{.where = {"environment", {}}, .problem = variable + ": expected " + expected});
    }
  }
  return {};
}

std::vector<std::string> problems_of(const Configuration& configuration) {
  std::vector<std::string> problems;
  const auto add = [&](const std::vector<std::string>& more) { problems.insert(problems.end(), more.begin(), more.end()); };
  const auto& orgs = configuration.orgs;
  const auto& tls = configuration.shared.tls;
  if (tls.certificate.empty() != tls.key.empty()) {
    problems.push_back("CASEWIRE_TLS_CERTIFICATE and CASEWIRE_TLS_KEY belong together (in the file: tls.certificate, tls.key)");
  }
  if (configuration.has_names()) add(missing_in(configuration.shared, is_of_the_process));
  for (const auto& config : orgs) add(problems_in(config, configuration.has_names() ? is_of_an_org : is_any));
  for (std::size_t other = 1; other < orgs.size(); ++other) {
    for (std::size_t one = 0; one < other; ++one) add(in_common(orgs[one], orgs[other], configuration));
  }
  return problems;
}

SettingsChanged changed_settings(const Config& before, const Config& after) {
  constexpr std::array<std::string_view, 8> kAtOnce{"tls.certificate",
                                                    "tls.key",
                                                    "salesforce.webhook_secret",
                                                    "opencx.webhook_secret",
                                                    "opencx.require_signature",
                                                    "opencx.api_key",
                                                    "give_up_after",
                                                    "log.level"};
  SettingsChanged changed;
  for (const auto& setting : all_settings()) {
    if (setting.values(before) == setting.values(after)) continue;
    const bool is_live = std::find(kAtOnce.begin(), kAtOnce.end(), setting.key) != kAtOnce.end();
    (is_live ? changed.at_once : changed.at_restart).push_back(setting.key);
  }
  return changed;
}

std::string shown_store(const Config& config) {
  if (config.store.empty()) return "sqlite";
  const auto host = config.store.find("://") + 3;
  const auto end = std::min(config.store.find_first_of("/?", host), config.store.size());
  const auto at = config.store.rfind('@', end);
  const auto colon = config.store.find(':', host);
  if (at == std::string::npos || at < host || colon > at) return config.store;
  return config.store.substr(0, colon) + ":(set)" + config.store.substr(at);
}

std::string without_secrets(const Configuration& configuration) {
  if (!configuration.has_names()) return in_yaml(configuration.shared, is_any, "");
  auto yaml = in_yaml(configuration.shared, is_of_the_process, "") + "orgs:\n";
  for (const auto& config : configuration.orgs) yaml += "  " + config.org + ":\n" + in_yaml(config, is_of_an_org, "    ");
  return yaml;
}

}  // namespace casewire::bridge
