#include "scenarios/tape/masking.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/http/credentials.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

constexpr std::string_view kPseudonym = "casewire-masked-";
constexpr std::array<std::string_view, 16> kSecretNames{
    "access_token", "refresh_token", "id_token", "client_secret", "password",         "assertion",  "code",      "code_verifier",
    "token",        "api_key",       "apikey",   "secret",        "client_assertion", "session_id", "signature", "sid"};

bool is_secret_name(std::string_view name) {
  const std::string lower = lowercase(name);
  return std::find(kSecretNames.begin(), kSecretNames.end(), lower) != kSecretNames.end();
}

bool is_json(std::string_view body) {
  const std::string_view text = trimmed(body);
  return text.starts_with('{') || text.starts_with('[');
}

class Masker {
 public:
  void learn(const Exchange& exchange) {
    learn_headers(exchange.request.headers);
    learn_headers(exchange.response.headers);
    learn_fields(exchange.request.query());
    const auto type = exchange.request.headers.find("content-type");
    if (type && lowercase(*type).starts_with("application/x-www-form-urlencoded")) {
      learn_fields(exchange.request.body);
    }
    // A token is a field of the token route's answers; elsewhere "token" or "code" are ordinary words (an order code).
    const bool login = exchange.request.path().find("/oauth2/") != std::string_view::npos;
    learn_json(exchange.request.body, login);
    learn_json(exchange.response.body, login);
    learn_webhook_path(exchange);
    learn_origin(exchange);
  }

  /// Those that stand there already are of an earlier masking, and stay others than ours.
  void learn_pseudonyms(std::string_view text) {
    for (std::size_t at = text.find(kPseudonym); at != std::string_view::npos; at = text.find(kPseudonym, at + 1)) {
      std::size_t number = 0;
      for (const char digit : text.substr(at + kPseudonym.size(), 9)) {
        if (digit < '0' || digit > '9') break;
        number = number * 10 + static_cast<std::size_t>(digit - '0');
      }
      secrets_ = std::max(secrets_, number);
    }
  }

  std::string mask(std::string text) const {
    for (const std::string& secret : longest_first_) {
      text = replaced(std::move(text), secret, replacements_.at(secret));
    }
    return text;
  }

  void finish() {
    for (const auto& entry : replacements_) {
      longest_first_.push_back(entry.first);
    }
    // A secret that is part of another one must not break it up; ties are in the map's order, so that the text is stable.
    std::stable_sort(longest_first_.begin(), longest_first_.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  }

  void mask(http::Headers& headers) const {
    http::Headers result;
    for (const http::Header& header : headers) {
      result.add(header.name, mask(header.value));
    }
    headers = std::move(result);
  }

 private:
  void secret(std::string_view value) {
    constexpr std::size_t kShortestSecret = 6;  // replacing a shorter value everywhere would garble the text
    if (value.size() >= kShortestSecret && !is_pseudonym(value)) {
      const std::string pseudonym = std::string(kPseudonym) + std::to_string(secrets_ + 1);
      const auto [entry, is_new] = replacements_.try_emplace(std::string(value), pseudonym);
      secrets_ += is_new ? 1 : 0;
      if (is_new) {
        replacements_.try_emplace(percent_encoded(value), pseudonym);
      }
    }
  }

  void learn_headers(const http::Headers& headers) {
    for (const http::Header& header : headers) secret(http::secret_part(header.name, header.value));
  }

  void learn_fields(std::string_view form_text) {
    if (const auto fields = parse_form(form_text)) {
      for (const auto& [name, value] : *fields) {
        if (is_secret_name(name)) {
          secret(value);
        }
      }
    }
  }

  void learn_json(std::string_view body, bool login) {
    if (is_json(body)) {
      if (const auto json = parse_json(body)) {
        learn_members(*json, login);
      }
    }
  }

  void learn_members(const Json& value, bool login) {  // parse_json bounds the depth
    for (const auto& [name, child] : value.items()) {
      if (child.is_structured()) {
        learn_members(child, login);
      } else if (value.is_object() && child.is_string() && is_secret_name(name)) {
        const bool ordinary = name == "token" || name == "code" || name == "signature" || name == "sid";
        if (login || !ordinary) {
          secret(child.get_ref<const std::string&>());
        }
      }
    }
  }

  void learn_webhook_path(const Exchange& exchange) {
    const std::string_view path = exchange.request.path();
    if (exchange.to == "bridge" && path.starts_with("/hooks/")) {
      secret(path.substr(path.rfind('/') + 1));
    }
  }

  void learn_origin(const Exchange& exchange) {
    std::string host(exchange.request.origin());
    host.erase(0, host.empty() ? 0 : host.find("//") + 2);
    if (const auto header = exchange.request.headers.find("host"); host.empty() && header) {
      host = *header;
    }
    if (!host.empty()) {
      replacements_.try_emplace("http://" + host, recorded_origin(exchange.to));
      replacements_.try_emplace("https://" + host, recorded_origin(exchange.to));
    }
  }

  std::map<std::string, std::string> replacements_;
  std::vector<std::string> longest_first_;
  std::size_t secrets_ = 0;
};

}  // namespace

std::vector<Exchange> masked(std::vector<Exchange> exchanges) {
  Masker masker;
  for (const Exchange& exchange : exchanges) {
    for (const http::Headers* headers : {&exchange.request.headers, &exchange.response.headers})
      for (const http::Header& header : *headers) masker.learn_pseudonyms(header.value);
    for (const std::string* text : {&exchange.request.target, &exchange.request.body, &exchange.response.body})
      masker.learn_pseudonyms(*text);
  }
  for (const Exchange& exchange : exchanges) {
    masker.learn(exchange);
  }
  masker.finish();
  for (Exchange& exchange : exchanges) {
    const std::string_view origin = exchange.request.origin();
    exchange.request.target = masker.mask(exchange.request.target.substr(origin.size()));
    exchange.request.headers.remove("host");
    masker.mask(exchange.request.headers);
    masker.mask(exchange.response.headers);
    exchange.request.body = masker.mask(std::move(exchange.request.body));
    exchange.response.body = masker.mask(std::move(exchange.response.body));
  }
  return exchanges;
}

bool is_pseudonym(std::string_view value) {
  return value.starts_with(kPseudonym) && value.size() > kPseudonym.size() &&
         value.find_first_not_of("0123456789", kPseudonym.size()) == std::string_view::npos;
}

std::string recorded_origin(std::string_view system) { return "http://" + std::string(system) + ".test"; }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  std::size_t found = text.find(from);
  if (found == std::string::npos) {
    return text;
  }
  std::string result;
  std::size_t copied = 0;
  for (; found != std::string::npos; found = text.find(from, copied)) {
    result.append(text, copied, found - copied).append(to);
    copied = found + from.size();
  }
  return result.append(text, copied);
}

}  // namespace casewire::scenarios
