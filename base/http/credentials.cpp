#include "base/http/credentials.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"

namespace casewire::http {

std::string_view secret_part(std::string_view name, std::string_view value) {
  constexpr std::array<std::string_view, 2> kWithScheme{"authorization", "proxy-authorization"};
  constexpr std::array<std::string_view, 4> kWhole{"cookie", "set-cookie", "x-api-key", "x-auth-token"};
  constexpr std::string_view kSignature = "-signature";  // webhook-signature, x-hub-signature, ...
  const auto is_name = [&](std::string_view known) { return equals_ignoring_case(known, name); };
  if (std::any_of(kWithScheme.begin(), kWithScheme.end(), is_name)) return value.substr(value.find(' ') + 1);
  const bool is_signature =
      name.size() > kSignature.size() && equals_ignoring_case(name.substr(name.size() - kSignature.size()), kSignature);
  return is_signature || std::any_of(kWhole.begin(), kWhole.end(), is_name) ? value : std::string_view();
}

}  // namespace casewire::http
