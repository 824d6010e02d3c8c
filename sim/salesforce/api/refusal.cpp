#include "sim/salesforce/api/refusal.hpp"

#include <algorithm>
#include <array>

#include "sim/salesforce/api/call.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/records/refusals.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::string_view kMaintenancePage = "MAINTENANCE_PAGE";

struct LoginRefusal {
  std::string_view error, description;
};

constexpr std::array kLoginRefusals{
    LoginRefusal{"inactive_org", "organization is inactive"},
    LoginRefusal{"inactive_user", "user is inactive"},
    LoginRefusal{"invalid_app_access", "user is not admin approved to access this app"},
    LoginRefusal{"invalid_client", "invalid client credentials"},
    LoginRefusal{"invalid_client_id", "client identifier invalid"},
    LoginRefusal{"invalid_grant", "expired access/refresh token"},
};

http::Response maintenance_page() {
  return {.status = 503,
          .headers = {{"Content-Type", "text/html"}},
          .body =
              "<html><body><center><table><tr><td><span>We are down for maintenance.</span><br><br>\n"
              "Sorry for the inconvenience. We'll be back shortly.</td></tr></table></center></body></html>\n"};
}

}  // namespace

std::optional<http::Response> refusal(std::string_view code) {
  if (code == kMaintenancePage) return maintenance_page();
  for (const auto& one : kLoginRefusals)
    if (one.error == code) return refuse(one.error, one.description).response;
  const auto error = refusal_error(code);
  if (!error) return std::nullopt;
  return http::Response{
      .status = error->status,
      .headers = {{"Content-Type", kJsonType}, {"Cache-Control", "no-cache,must-revalidate,max-age=0,no-store,private"}},
      .body = dump_json(*error_answer(*error).body)};
}

std::vector<std::string> refusal_codes() {
  auto codes = refusal_error_codes(true);
  const auto more = refusal_error_codes(false);
  codes.insert(codes.end(), more.begin(), more.end());
  for (const auto& one : kLoginRefusals) codes.emplace_back(one.error);
  codes.emplace_back(kMaintenancePage);
  std::sort(codes.begin(), codes.end());
  return codes;
}

}  // namespace casewire::sim::salesforce
