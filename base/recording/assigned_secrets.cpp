#include "base/recording/assigned_secrets.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/recording/pseudonyms.hpp"
#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "base/text/uuid.hpp"

namespace casewire::recording {
namespace {

bool is_of_a_name(char c) { return is_alphanumeric(c) || c == '_' || c == '-'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

/// What stands before the sign at `sign`, without its quotes; empty: no name.
std::string_view name_before(std::string_view text, std::size_t sign) {
  std::size_t end = sign;
  while (end > 0 && is_blank(text[end - 1])) --end;
  if (end > 0 && (is_quote(text[end - 1]) || text[end - 1] == ']')) --end;  // settings["password"] = ...
  if (end > 0 && is_quote(text[end - 1])) --end;
  while (end > 0 && text[end - 1] == '\\') --end;  // JSON within JSON
  std::size_t begin = end;
  while (begin > 0 && is_of_a_name(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

/// Behind `=`, `:`, `:=` and `=>`; npos: it is another sign, as in `a == b`, `a::b` and `http://`.
std::size_t behind_sign(std::string_view text, std::size_t sign) {
  constexpr std::string_view kOtherBefore = "=!<>+-*/|&^~:";
  const char before = sign == 0 ? '\0' : text[sign - 1];
  const bool is_walrus = text[sign] == '=' && before == ':';
  if (!is_walrus && kOtherBefore.find(before) != std::string_view::npos) return std::string_view::npos;
  std::size_t at = sign + 1;
  const char after = at < text.size() ? text[at] : '\0';
  if (text[sign] == '=' && after == '>') ++at;
  if (after == '=' || (text[sign] == ':' && (after == ':' || after == '/'))) return std::string_view::npos;
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

struct Value {
  std::size_t at = 0, length = 0;
  bool is_in_quotes = false;
  bool ends_its_line = false;
};

Value value_at(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin < text.size() && text[begin] == '\\') ++begin;
  Value value;
  value.is_in_quotes = begin < text.size() && is_quote(text[begin]);
  value.at = value.is_in_quotes ? begin + 1 : at;
  const std::string ends = value.is_in_quotes ? std::string{text[begin], '\\', '\n', '\r'} : std::string(" \t\r\n,;&\"'`<>)}]\\");
  const std::size_t end = std::min(text.find_first_of(ends, value.at), text.size());
  value.length = end - value.at;
  std::size_t next = end;
  while (next < text.size() && is_blank(text[next])) ++next;
  value.ends_its_line = next == text.size() || text[next] == '\n' || text[next] == '\r';
  return value;
}

/// What stands there until somebody puts the secret in, or names where it is.
bool is_placeholder(std::string_view value) {
  constexpr std::string_view kBeginsOther = "$<{%[(*#@/~.&|?";
  constexpr std::array<std::string_view, 22> kWords{"example",   "changeme", "change-me", "change_me", "placeholder", "redacted",
                                                    "your",      "dummy",    "secret",    "password",  "passwd",      "token",
                                                    "xxxx",      "sample",   "hidden",    "masked",    "removed",     "invented",
                                                    "undefined", "apikey",   "api_key",   "api-key"};
  if (kBeginsOther.find(value.front()) != std::string_view::npos || is_pseudonym(value)) return true;
  if (value.find("${") != std::string_view::npos || value.find("{{") != std::string_view::npos) return true;
  if (std::all_of(value.begin(), value.end(), [&](char c) { return c == value.front(); })) return true;
  const std::string lower = lowercase(value);
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// Letters and digits in it, as no word has them.
bool is_mixed(std::string_view value) {
  return std::any_of(value.begin(), value.end(), is_digit) && std::any_of(value.begin(), value.end(), is_letter);
}

/// People choose passwords that are words; what a program gives out has letters and digits.
bool is_password_name(std::string_view name) {
  const std::string lower = lowercase(name);
  return lower.ends_with("password") || lower.ends_with("passwd") || lower.ends_with("passphrase") || lower.ends_with("pwd");
}

bool is_secret(std::string_view name, std::string_view text, const Value& value) {
  constexpr std::size_t kFewest = 6, kMost = 4096;
  const std::string_view said = text.substr(value.at, value.length);
  if (said.size() < kFewest || said.size() > kMost || is_placeholder(said)) return false;
  if (is_uuid(said)) return false;  // of a conversation, which is called a session too
  const bool is_code = !value.is_in_quotes && said.find('(') != std::string_view::npos;
  const bool is_of_words = value.is_in_quotes && std::any_of(said.begin(), said.end(), is_blank);
  if (is_code || (is_of_words && !is_password_name(name))) return false;
  if (is_mixed(said)) return true;
  const bool stands_alone = value.is_in_quotes || value.ends_its_line;
  return is_password_name(name) && stands_alone && !is_of_words;
}

}  // namespace

std::vector<ShapedSecret> assigned_secrets(std::string_view text) {
  std::vector<ShapedSecret> found;
  for (std::size_t sign = text.find_first_of("=:"); sign != std::string_view::npos; sign = text.find_first_of("=:", sign + 1)) {
    const std::size_t behind = behind_sign(text, sign);
    if (behind == std::string_view::npos) continue;
    const bool is_walrus = text[sign] == '=' && sign > 0 && text[sign - 1] == ':';
    const std::string_view name = name_before(text, is_walrus ? sign - 1 : sign);
    if (!is_secret_name(name, SecretPlace::note)) continue;
    const Value value = value_at(text, behind);
    if (value.length != 0 && is_secret(name, text, value))
      found.push_back({value.at, value.length, is_password_name(name) ? "a password" : "a secret, by its name"});
  }
  return found;
}

}  // namespace casewire::recording
