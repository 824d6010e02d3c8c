#include "sim/opencx/contact_token.hpp"

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::chrono::hours kLife{24};

std::int64_t seconds(WallTime when) { return std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count(); }

std::string plain_base64(std::string_view url_text) {
  std::string text{url_text};
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace

std::string contact_token(const std::string& contact_id, std::string_view key, WallTime now) {
  const std::string head = base64url(R"({"alg":"HS256","typ":"JWT"})");
  const Json claims{{"sub", contact_id}, {"iat", seconds(now)}, {"exp", seconds(now + kLife)}};
  const std::string text = head + "." + base64url(dump_json(claims));
  return text + "." + base64url(hmac_sha256(key, text));
}

std::optional<std::string> contact_of_token(std::string_view token, std::string_view key, WallTime now) {
  const auto parts = split(token, '.');
  if (parts.size() != 3) return std::nullopt;
  const auto text = token.substr(0, parts[0].size() + 1 + parts[1].size());
  if (!equal_in_constant_time(base64url(hmac_sha256(key, text)), parts[2])) return std::nullopt;
  const auto decoded = decode_base64(plain_base64(parts[1]));
  const auto claims = decoded ? parse_json(*decoded) : parse_json("");
  if (!claims || !member(*claims, "exp").is_number() || member(*claims, "exp").get<std::int64_t>() <= seconds(now)) {
    return std::nullopt;
  }
  return string_member(*claims, "sub");
}

}  // namespace casewire::sim::opencx
