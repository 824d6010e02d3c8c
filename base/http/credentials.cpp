#include "base/http/credentials.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"

namespace casewire::http {

std::string_view secret_part(std::string_view name, std::string_view value) {
  constexpr std::array<std::string_view, 2> kWithScheme{"authorization", "proxy-authorization"};
  constexpr std::array<std::string_view, 5> kWhole{"cookie", "set-cookie", "api-key", "apikey", "token"};
  // webhook-signature, x-hub-signature-256, x-csrf-token, x-sfdc-session, ...
  constexpr std::array<std::string_view, 14> kEndings{
      "-signature",  "-signature-256", "-token",  "-secret",     "-password",   "-auth",     "-session",
      "-session-id", "-api-key",       "-apikey", "-access-key", "-secret-key", "-auth-key", "-subscription-key"};
  const auto is_name = [&](std::string_view known) { return equals_ignoring_case(known, name); };
  if (std::any_of(kWithScheme.begin(), kWithScheme.end(), is_name)) return value.substr(value.find(' ') + 1);
  const bool ends_so = std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
    return name.size() > ending.size() && name[name.size() - ending.size()] == '-' &&
           equals_ignoring_case(name.substr(name.size() - ending.size()), ending);
  });
  return ends_so || std::any_of(kWhole.begin(), kWhole.end(), is_name) ? value : std::string_view();
}

}  // namespace casewire::http
