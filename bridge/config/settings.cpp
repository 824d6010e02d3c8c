#include "bridge/config/settings.hpp"

#include <charconv>
#include <optional>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "bridge/config/units.hpp"

namespace casewire::bridge {
namespace {

using Values = std::vector<std::string>;

Values shown(const std::string& text) { return text.empty() ? Values{} : Values{text}; }

/// A setting that is a member of text; `path` says where in the Config it stands.
template <class Path>
Setting text_setting(std::string key, std::string variable, Need need, Shown secrecy, Path path) {
  return {std::move(key),
          std::move(variable),
          need,
          secrecy,
          Takes::one,
          [path](Config& config, const Values& values) -> std::string {
            // A stray blank is the documented cause of credentials that "won't save" (OpenCX, Salesforce troubleshooting).
            path(config) = std::string(trimmed(values.front()));
            return {};
          },
          [path](const Config& config) { return shown(path(config)); }};
}

enum class UrlPath { allowed, refused };

template <class Path>
Setting url_setting(std::string key, std::string variable, UrlPath url_path, Path path) {
  auto setting = text_setting(std::move(key), std::move(variable), Need::required, Shown::openly, path);
  setting.set = [path, url_path](Config& config, const Values& values) -> std::string {
    auto text = std::string(trimmed(values.front()));
    while (text.ends_with('/')) text.pop_back();
    const auto scheme_end = text.find("://");
    const bool is_web = text.starts_with("https://") || text.starts_with("http://");
    if (!is_web || scheme_end + 3 == text.size()) return "a URL such as https://host";
    const bool has_path = text.find_first_of("/?#", scheme_end + 3) != std::string::npos;
    if (has_path && url_path == UrlPath::refused) return "a URL without a path, such as https://login.salesforce.com";
    path(config) = std::move(text);
    return {};
  };
  return setting;
}

template <class Path>
Setting list_setting(std::string key, std::string variable, Path path) {
  return {std::move(key),
          std::move(variable),
          Need::required,
          Shown::as_secret,
          Takes::several,
          [path](Config& config, const Values& values) -> std::string {
            for (const auto& value : values) {
              if (value.size() < 8) return "secrets of at least 8 characters";
              if (value.starts_with("whsec_")) {
                if (!decode_base64(std::string_view(value).substr(6))) return "base64 behind \"whsec_\"";
                continue;
              }
              if (value.find('/') != std::string::npos) return "secrets without a slash, for they stand in a URL";
            }
            path(config) = values;
            return {};
          },
          [path](const Config& config) { return path(config); }};
}

template <class Path>
Setting flag_setting(std::string key, std::string variable, Path path) {
  return {std::move(key),
          std::move(variable),
          Need::optional,
          Shown::openly,
          Takes::one,
          [path](Config& config, const Values& values) -> std::string {
            if (values.front() != "true" && values.front() != "false") return "true or false";
            path(config) = values.front() == "true";
            return {};
          },
          [path](const Config& config) { return Values{path(config) ? "true" : "false"}; }};
}

template <class Path>
Setting duration_setting(std::string key, std::string variable, milliseconds least, milliseconds most, Path path) {
  return {std::move(key),
          std::move(variable),
          Need::optional,
          Shown::openly,
          Takes::one,
          [path, least, most](Config& config, const Values& values) -> std::string {
            const auto duration = parse_duration(values.front());
            if (!duration) return "a duration such as \"10 s\" or \"10 min\"";
            if (*duration < least || *duration > most) {
              return "a duration from " + duration_text(least) + " to " + duration_text(most);
            }
            path(config) = *duration;
            return {};
          },
          [path](const Config& config) { return Values{duration_text(path(config))}; }};
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string set_listen(Config& config, const Values& values) {
  const std::string_view text = values.front();
  const auto colon = text.rfind(':');
  const auto port = colon == std::string_view::npos ? std::nullopt : whole_number(text.substr(colon + 1));
  if (!port || *port < 0 || *port > 65'535 || colon == 0) return "host:port such as 127.0.0.1:8080";
  config.listen = {std::string(text.substr(0, colon)), static_cast<std::uint16_t>(*port)};
  return {};
}

Values listen_values(const Config& config) {
  if (config.listen.host.empty()) return {};
  return {config.listen.host + ":" + std::to_string(config.listen.port)};
}

constexpr const char* kSqlite = "sqlite";

std::string set_store(Config& config, const Values& values) {
  const auto text = std::string(trimmed(values.front()));
  const bool is_database = text.starts_with("postgres://") || text.starts_with("postgresql://");
  if (!is_database && text != kSqlite) return "sqlite, or a URI such as postgres://bridge@db.example.com/casewire";
  if (is_database && text.find("password=") != std::string::npos) {
    return "a URI with its password as in postgres://USER:PASSWORD@HOST/DATABASE, or in PGPASSWORD or a passfile";
  }
  config.store = is_database ? text : "";
  return {};
}

Values store_values(const Config& config) { return {config.store.empty() ? kSqlite : config.store}; }

std::string set_encryption_keys(Config& config, const Values& values) {
  for (const auto& value : values) {
    if (!encryption_key_bytes(value)) return "keys of 32 bytes, such as openssl rand -hex 32 makes";
  }
  config.encryption_keys = values;
  return {};
}

std::string set_workers(Config& config, const Values& values) {
  const auto number = whole_number(values.front());
  if (!number || *number < 1 || *number > 64) return "a number from 1 to 64";
  config.workers = *number;
  return {};
}

std::string set_calls_a_minute(Config& config, const Values& values) {
  const auto number = whole_number(values.front());
  if (!number || (*number != 0 && *number < 20) || *number > 100'000) return "a number from 20 to 100000, or 0";
  config.opencx.calls_a_minute = *number;
  return {};
}

constexpr milliseconds kCheckLeast{60'000}, kCheckMost{24 * 3'600'000};

/// Of a setting that also knows a word for none.
std::string set_duration_or(std::string_view none, milliseconds least, milliseconds most, std::optional<milliseconds>& setting,
                            const std::string& value) {
  if (value == none) {
    setting.reset();
    return {};
  }
  const auto duration = parse_duration(value);
  if (!duration || *duration < least || *duration > most) {
    return "\"" + std::string(none) + "\", or a duration from " + duration_text(least) + " to " + duration_text(most);
  }
  setting = *duration;
  return {};
}

Values duration_or(std::string_view none, const std::optional<milliseconds>& setting) {
  return {setting ? duration_text(*setting) : std::string(none)};
}

std::string set_check_every(Config& config, const Values& values) {
  return set_duration_or("never", kCheckLeast, kCheckMost, config.check_every, values.front());
}

Values check_every_values(const Config& config) { return duration_or("never", config.check_every); }

constexpr milliseconds kLedgerLeast{90 * (24 * 3'600'000LL)}, kLedgerMost{3'650 * (24 * 3'600'000LL)};

std::string set_ledger_kept(Config& config, const Values& values) {
  return set_duration_or("for good", kLedgerLeast, kLedgerMost, config.ledger_kept, values.front());
}

Values ledger_kept_values(const Config& config) { return duration_or("for good", config.ledger_kept); }

std::string set_log_level(Config& config, const Values& values) {
  for (const auto level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
    if (values.front() == name_of(level)) {
      config.log_level = level;
      return {};
    }
  }
  return "debug, info, warning or error";
}

std::string set_log_format(Config& config, const Values& values) {
  if (values.front() != "text" && values.front() != "json") return "text or json";
  config.log_format = values.front() == "json" ? LogFormat::json : LogFormat::text;
  return {};
}

std::string set_attachments(Config& config, const Values& values) {
  const auto size = parse_size(values.front());
  if (!size || *size > (25u << 20)) return "a size up to 25 MB such as \"10 MB\"";
  config.reply_attachment_bytes_max = *size;
  return {};
}

std::vector<Setting> make_settings() {
  using namespace std::chrono_literals;
  constexpr auto kRequired = Need::required;
  constexpr auto kOptional = Need::optional;
  constexpr auto kOpenly = Shown::openly;
  constexpr auto kSecret = Shown::as_secret;
  std::vector<Setting> table;
  // clang-format off
  table.push_back({"listen", "CASEWIRE_LISTEN", kRequired, kOpenly, Takes::one, set_listen, listen_values});
  table.push_back(text_setting("tls.certificate", "CASEWIRE_TLS_CERTIFICATE", kOptional, kOpenly,
                               [](auto& c) -> auto& { return c.tls.certificate; }));
  table.push_back(text_setting("tls.key", "CASEWIRE_TLS_KEY", kOptional, kOpenly, [](auto& c) -> auto& { return c.tls.key; }));
  table.push_back(text_setting("state_dir", "CASEWIRE_STATE_DIR", kRequired, kOpenly,
                               [](auto& c) -> auto& { return c.state_dir; }));
  table.push_back({"store", "CASEWIRE_STORE", kOptional, Shown::without_password, Takes::one, set_store, store_values});
  table.push_back({"encryption_key", "CASEWIRE_ENCRYPTION_KEY", kOptional, kSecret, Takes::several, set_encryption_keys,
                   [](const Config& c) { return c.encryption_keys; }});
  table.push_back(url_setting("salesforce.login_url", "SALESFORCE_LOGIN_URL", UrlPath::refused,
                              [](auto& c) -> auto& { return c.salesforce.login_url; }));
  table.push_back(text_setting("salesforce.client_id", "SALESFORCE_CLIENT_ID", kRequired, kOpenly,
                               [](auto& c) -> auto& { return c.salesforce.client_id; }));
  table.push_back(text_setting("salesforce.client_secret", "SALESFORCE_CLIENT_SECRET", kRequired, kSecret,
                               [](auto& c) -> auto& { return c.salesforce.client_secret; }));
  // Or somebody signs in: casewire-bridge connect.
  table.push_back(text_setting("salesforce.refresh_token", "SALESFORCE_REFRESH_TOKEN", kOptional, kSecret,
                               [](auto& c) -> auto& { return c.salesforce.refresh_token; }));
  table.push_back(list_setting("salesforce.webhook_secret", "SALESFORCE_WEBHOOK_SECRET",
                               [](auto& c) -> auto& { return c.salesforce.webhook_secrets; }));
  table.push_back(flag_setting("salesforce.public_comments_are_replies", "SALESFORCE_PUBLIC_COMMENTS_ARE_REPLIES",
                               [](auto& c) -> auto& { return c.salesforce.public_comments_are_replies; }));
  table.push_back(flag_setting("salesforce.public_posts_are_replies", "SALESFORCE_PUBLIC_POSTS_ARE_REPLIES",
                               [](auto& c) -> auto& { return c.salesforce.public_posts_are_replies; }));
  table.push_back(url_setting("opencx.url", "OPENCX_URL", UrlPath::allowed, [](auto& c) -> auto& { return c.opencx.url; }));
  table.push_back(text_setting("opencx.api_key", "OPENCX_API_KEY", kRequired, kSecret,
                               [](auto& c) -> auto& { return c.opencx.api_key; }));
  table.push_back(list_setting("opencx.webhook_secret", "OPENCX_WEBHOOK_SECRET",
                               [](auto& c) -> auto& { return c.opencx.webhook_secrets; }));
  table.push_back(flag_setting("opencx.require_signature", "OPENCX_REQUIRE_SIGNATURE",
                               [](auto& c) -> auto& { return c.opencx.require_signature; }));
  table.push_back({"opencx.calls_a_minute", "OPENCX_CALLS_A_MINUTE", kOptional, kOpenly, Takes::one, set_calls_a_minute,
                   [](const Config& c) { return Values{std::to_string(c.opencx.calls_a_minute)}; }});
  table.push_back({"workers", "CASEWIRE_WORKERS", kOptional, kOpenly, Takes::one, set_workers,
                   [](const Config& c) { return Values{std::to_string(c.workers)}; }});
  table.push_back(duration_setting("lease", "CASEWIRE_LEASE", 8s, 10min, [](auto& c) -> auto& { return c.lease; }));
  table.push_back(duration_setting("call_timeout", "CASEWIRE_CALL_TIMEOUT", 100ms, 10min, [](auto& c) -> auto& { return c.call_timeout; }));
  table.push_back(duration_setting("sweep_every", "CASEWIRE_SWEEP_EVERY", 1s, 24h, [](auto& c) -> auto& { return c.sweep_every; }));
  table.push_back({"check_every", "CASEWIRE_CHECK_EVERY", kOptional, kOpenly, Takes::one, set_check_every, check_every_values});
  table.push_back(duration_setting("give_up_after", "CASEWIRE_GIVE_UP_AFTER", 1min, 24h * 365, [](auto& c) -> auto& { return c.give_up_after; }));
  table.push_back({"ledger_kept", "CASEWIRE_LEDGER_KEPT", kOptional, kOpenly, Takes::one, set_ledger_kept, ledger_kept_values});
  // clang-format on
  table.push_back({"reply_attachments_max", "CASEWIRE_REPLY_ATTACHMENTS_MAX", kOptional, kOpenly, Takes::one, set_attachments,
                   [](const Config& c) { return Values{size_text(c.reply_attachment_bytes_max)}; }});
  table.push_back({"log.level", "CASEWIRE_LOG_LEVEL", kOptional, kOpenly, Takes::one, set_log_level,
                   [](const Config& c) { return Values{std::string(name_of(c.log_level))}; }});
  table.push_back({"log.format", "CASEWIRE_LOG_FORMAT", kOptional, kOpenly, Takes::one, set_log_format,
                   [](const Config& c) { return Values{c.log_format == LogFormat::json ? "json" : "text"}; }});
  return table;
}

}  // namespace

std::optional<std::string> encryption_key_bytes(std::string_view text) {
  constexpr std::size_t kHexDigits = 2 * kAesKeyBytes;
  std::optional<std::string> bytes;
  if (text.size() == kHexDigits) {
    bytes.emplace();
    for (std::size_t i = 0; i < text.size(); i += 2) {
      unsigned int byte = 0;
      const auto pair = text.substr(i, 2);
      const auto [end, error] = std::from_chars(pair.data(), pair.data() + pair.size(), byte, 16);
      if (error != std::errc{} || end != pair.data() + pair.size()) return std::nullopt;
      *bytes += static_cast<char>(byte);
    }
  } else {
    bytes = decode_base64(text);
  }
  return bytes && bytes->size() == kAesKeyBytes ? bytes : std::nullopt;
}

std::span<const Setting> all_settings() {
  static const std::vector<Setting> table = make_settings();
  return table;
}

bool is_of_the_process(const Setting& setting) {
  return setting.key == "listen" || setting.key == "state_dir" || setting.key.starts_with("tls.") ||
         setting.key.starts_with("log.");
}

}  // namespace casewire::bridge
