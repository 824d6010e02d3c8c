#include "base/recording/secrets.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>

#include "base/text/ascii.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::recording {

namespace {

/// `clientSecret`, `client_secret` and `Client-Secret` are one name.
constexpr std::array<std::string_view, 22> kEndings{
    "token",     "secret",       "password",      "passwd",    "pwd",       "passphrase", "apikey",       "privatekey",
    "secretkey", "signingkey",   "encryptionkey", "accesskey", "sharedkey", "sessionid",  "codeverifier", "clientassertion",
    "assertion", "samlresponse", "samlassertion", "authkey",   "csrf",      "jsessionid"};
/// What ends so is none: where a list goes on.
constexpr std::array<std::string_view, 6> kOrdinaryEndings{"pagetoken",   "nexttoken",         "synctoken",
                                                           "cursortoken", "continuationtoken", "previoustoken"};
constexpr std::array<std::string_view, 8> kOfFields{"code", "token", "signature", "sid", "sig", "otp", "pw", "pass"};
constexpr std::array<std::string_view, 3> kOfNotes{"token", "pw", "pass"};

bool ends_in_one_of(std::string_view name, const auto& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    return !name.empty() && name.back() == ending.back() && name.ends_with(ending);
  });
}

/// Its letters and digits, the letters small.
struct Letters {
  static constexpr std::size_t kLongest = 64;
  explicit Letters(std::string_view name) {
    for (const char c : name.substr(0, kLongest)) {
      if (is_alphanumeric(c)) letters[count++] = is_letter(c) ? static_cast<char>(c | 0x20) : c;
    }
  }
  std::string_view text() const { return {letters.data(), count}; }

  std::array<char, kLongest> letters;
  std::size_t count = 0;
};

struct SecretKind {
  std::string_view begin;
  std::size_t more;  ///< so much follows at least, letters and digits among it
  std::string_view signs;
  std::string_view what;
};
constexpr std::array<SecretKind, 27> kKinds{
    {{"ocx_live_", 12, "_-", "a key of OpenCX"},     {"ocx_test_", 12, "_-", "a key of OpenCX"},
     {"whsec_", 16, "_-+/=", "a webhook secret"},    {"5Aep", 40, "._=-", "a refresh token of Salesforce"},
     {"eyJhbGciOi", 20, "._-=", "a JSON Web Token"}, {"3MVG9", 60, "._-", "a consumer key of Salesforce"},
     {"AKIA", 16, "", "an access key of AWS"},       {"ASIA", 16, "", "an access key of AWS"},
     {"ghp_", 30, "", "a token of GitHub"},          {"gho_", 30, "", "a token of GitHub"},
     {"ghu_", 30, "", "a token of GitHub"},          {"ghs_", 30, "", "a token of GitHub"},
     {"ghr_", 30, "", "a token of GitHub"},          {"github_pat_", 30, "_", "a token of GitHub"},
     {"glpat-", 20, "_-", "a token of GitLab"},      {"xoxb-", 20, "-", "a token of Slack"},
     {"xoxp-", 20, "-", "a token of Slack"},         {"xoxa-", 20, "-", "a token of Slack"},
     {"xoxs-", 20, "-", "a token of Slack"},         {"xapp-", 20, "-", "a token of Slack"},
     {"sk_live_", 16, "_", "a key of Stripe"},       {"sk_test_", 16, "_", "a key of Stripe"},
     {"rk_live_", 16, "_", "a key of Stripe"},       {"AIza", 35, "_-", "a key of Google"},
     {"ya29.", 20, "._-", "a token of Google"},      {"SG.", 40, "._-", "a key of SendGrid"},
     {"sk-", 20, "_-", "a key of an AI service"}}};

constexpr auto kStandsInOne = [] {
  std::array<bool, 256> stands{};
  for (int c = 0; c < 256; ++c) stands[static_cast<std::size_t>(c)] = is_alphanumeric(static_cast<char>(c));
  for (const char c : std::string_view("_-.!+")) stands[static_cast<unsigned char>(c)] = true;
  return stands;
}();
bool may_stand_in_one(char c) { return kStandsInOne[static_cast<unsigned char>(c)]; }

std::size_t end_of(std::string_view text, std::size_t begin, std::string_view signs) {
  while (begin < text.size() && (is_alphanumeric(text[begin]) || signs.find(text[begin]) != std::string_view::npos)) ++begin;
  return begin;
}

/// `00D` and 12 or 15 more, an exclamation mark, and the rest.
std::size_t session_id_at(std::string_view text) {
  constexpr std::size_t kShortestRest = 20;
  if (!text.starts_with("00D")) return 0;
  const std::size_t mark = end_of(text, 0, "");
  if ((mark != 15 && mark != 18) || mark == text.size() || text[mark] != '!') return 0;
  const std::size_t end = end_of(text, mark + 1, "._-");
  return end - mark > kShortestRest ? end : 0;
}

/// With all of it, as it is a secret as a whole; where its end is missing, as far as there is one.
std::size_t private_key_at(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ", kKind = "PRIVATE KEY", kEnd = "-----END ", kDashes = "-----";
  constexpr std::size_t kLongestKind = 32;
  if (!text.starts_with(kBegin)) return 0;
  const std::size_t kind = text.substr(0, kBegin.size() + kLongestKind).find(kKind);
  if (kind == std::string_view::npos) return 0;
  const std::size_t end = text.find(kEnd, kind);
  if (end == std::string_view::npos) return kind + kKind.size();
  const std::size_t dashes = text.find(kDashes, end + kEnd.size());
  return dashes == std::string_view::npos ? text.size() : dashes + kDashes.size();
}

/// The digits behind `Basic ` that say a name, a colon and a password.
ShapedSecret basic_at(std::string_view text) {
  constexpr std::string_view kScheme = "Basic ";
  constexpr std::size_t kShortest = 8;
  if (!equals_ignoring_case(text.substr(0, kScheme.size()), kScheme)) return {};
  const std::size_t end = end_of(text, kScheme.size(), "+/=");
  if (end - kScheme.size() < kShortest) return {};
  const auto said = decode_base64(text.substr(kScheme.size(), end - kScheme.size()));
  if (!said || !is_valid_utf8(*said) || said->find(':') == std::string::npos) return {};
  return {kScheme.size(), end - kScheme.size(), "a name and a password"};
}

/// `://dana:PASSWORD@`
ShapedSecret password_in_url_at(std::string_view text) {
  constexpr std::string_view kScheme = "://";
  if (!text.starts_with(kScheme)) return {};
  const std::size_t end = text.find_first_of("@/?# \t\r\n\"'<>\\", kScheme.size());
  if (end == std::string_view::npos || text[end] != '@') return {};
  const std::size_t colon = text.find(':', kScheme.size());
  if (colon >= end || colon + 1 == end) return {};
  return {colon + 1, end - colon - 1, "a password in a URL"};
}

/// Bit i of what a character has: kind i begins with it.
constexpr auto kKindsByBeginning = [] {
  static_assert(kKinds.size() <= 32);
  std::array<std::uint32_t, 256> kinds{};
  for (std::size_t i = 0; i < kKinds.size(); ++i) kinds[static_cast<unsigned char>(kKinds[i].begin[0])] |= 1u << i;
  return kinds;
}();

ShapedSecret secret_at(std::string_view text) {
  for (std::uint32_t kinds = kKindsByBeginning[static_cast<unsigned char>(text[0])]; kinds != 0; kinds &= kinds - 1) {
    const SecretKind& kind = kKinds[static_cast<std::size_t>(std::countr_zero(kinds))];
    if (!text.starts_with(kind.begin)) continue;
    const std::size_t end = end_of(text, kind.begin.size(), kind.signs);
    const std::string_view more = text.substr(kind.begin.size(), end - kind.begin.size());
    const bool is_mixed = std::any_of(more.begin(), more.end(), is_digit) && std::any_of(more.begin(), more.end(), is_letter);
    if (more.size() >= kind.more && is_mixed) return {0, end, kind.what};
  }
  if (const std::size_t length = session_id_at(text); length != 0) return {0, length, "a session id of Salesforce"};
  if (const std::size_t length = private_key_at(text); length != 0) return {0, length, "a private key"};
  return basic_at(text);
}

/// Most places of a text begin none.
constexpr auto kMayBegin = [] {
  std::array<bool, 256> may{};
  for (const SecretKind& kind : kKinds) may[static_cast<unsigned char>(kind.begin[0])] = true;
  for (const char c : std::string_view("0-Bb:")) may[static_cast<unsigned char>(c)] = true;
  return may;
}();

void by_name_in_urls(std::string_view text, std::vector<std::string_view>& found) {
  for (std::size_t equals = text.find('='); equals != std::string_view::npos; equals = text.find('=', equals + 1)) {
    std::size_t begin = equals;
    while (begin > 0 &&
           (is_alphanumeric(text[begin - 1]) || text[begin - 1] == '_' || text[begin - 1] == '-' || text[begin - 1] == '.'))
      --begin;
    const bool is_parameter = begin > 0 && std::string_view("?&#;").find(text[begin - 1]) != std::string_view::npos;
    if (!is_parameter || !is_secret_name(text.substr(begin, equals - begin), SecretPlace::field)) continue;
    const std::size_t end = std::min(text.find_first_of("&#;\"'<>\\ \t\r\n,", equals + 1), text.size());
    found.push_back(text.substr(equals + 1, end - equals - 1));
  }
}

void by_name_in_elements(std::string_view text, std::vector<std::string_view>& found) {
  for (std::size_t close = text.find("</"); close != std::string_view::npos; close = text.find("</", close + 2)) {
    const std::size_t open = text.rfind('>', close);
    if (open == std::string_view::npos) continue;
    std::string_view name = text.substr(close + 2, text.find('>', close) - close - 2);
    name.remove_prefix(std::min(name.find(':') + 1, name.size()));  // npos + 1 is 0
    if (is_secret_name(trimmed(name), SecretPlace::body)) found.push_back(trimmed(text.substr(open + 1, close - open - 1)));
  }
}

/// What stands in quotes behind `name=`; empty: nothing does.
std::string_view attribute_of(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    std::string_view rest = tag.substr(at + name.size());
    while (rest.starts_with('\\')) rest.remove_prefix(1);  // of a page within JSON
    if (rest.size() < 2 || (rest[0] != '"' && rest[0] != '\'')) continue;
    return rest.substr(1, rest.find_first_of("\"'\\", 1) - 1);
  }
  return {};
}

void by_name_in_fields(std::string_view text, std::vector<std::string_view>& found) {
  for (const auto& [element, holder] :
       {std::pair<std::string_view, std::string_view>{"<input", " value="}, {"<meta", " content="}}) {
    for (std::size_t at = text.find(element); at != std::string_view::npos; at = text.find(element, at + 1)) {
      const std::string_view tag = text.substr(at, text.find('>', at) - at);
      if (is_secret_name(attribute_of(tag, " name="), SecretPlace::field)) found.push_back(attribute_of(tag, holder));
    }
  }
}

}  // namespace

bool is_secret_name(std::string_view name, SecretPlace place) {
  constexpr std::size_t kShortest = 2;
  if (name.size() < kShortest || name.size() > Letters::kLongest) return false;
  const Letters folded(name);
  const std::string_view letters = folded.text();
  const bool is_ordinary = std::find(kOfFields.begin(), kOfFields.end(), letters) != kOfFields.end();
  if (is_ordinary && place == SecretPlace::note) return std::find(kOfNotes.begin(), kOfNotes.end(), letters) != kOfNotes.end();
  if (is_ordinary) return place != SecretPlace::body;
  if (place == SecretPlace::field && letters.ends_with("signature")) return true;
  return ends_in_one_of(letters, kEndings) && !ends_in_one_of(letters, kOrdinaryEndings);
}

std::vector<ShapedSecret> secrets_by_shape(std::string_view text) {
  std::vector<ShapedSecret> found;
  for (std::size_t at = 0; at < text.size();) {
    if (!kMayBegin[static_cast<unsigned char>(text[at])]) {
      ++at;
      continue;
    }
    const bool begins = at == 0 || !may_stand_in_one(text[at - 1]);
    ShapedSecret secret;
    if (text[at] == ':') {
      secret = password_in_url_at(text.substr(at));
    } else if (begins) {
      secret = secret_at(text.substr(at));
    }
    if (secret.length != 0) found.push_back({at + secret.at, secret.length, secret.what});
    at += std::max<std::size_t>(secret.at + secret.length, 1);
  }
  return found;
}

std::vector<std::string_view> secrets_by_name(std::string_view text) {
  std::vector<std::string_view> found;
  by_name_in_urls(text, found);
  if (text.find('<') != std::string_view::npos) {
    by_name_in_elements(text, found);
    by_name_in_fields(text, found);
  }
  return found;
}

}  // namespace casewire::recording
