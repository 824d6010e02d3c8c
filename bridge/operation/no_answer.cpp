#include "bridge/operation/no_answer.hpp"

#include <algorithm>
#include <array>

namespace casewire::bridge {
namespace {

struct Remedy {
  std::string_view code;
  std::string_view to_do;
};

constexpr std::string_view kNotReached =
    "on this machine: is the address of the settings right, and does a proxy or firewall let the bridge reach it?";
constexpr std::string_view kWait = "wait: it goes on by itself when the vendor does";
constexpr std::string_view kAppOfTheSettings =
    "on this machine: salesforce.client_id and salesforce.client_secret are those of the app (in Setup: App Manager, Manage Consumer "
    "Details), and restart";
constexpr std::string_view kSignIn =
    "in Setup: the connected app is there and its policies allow the integration user, who is active. Then: casewire-bridge connect, or "
    "its refresh token in the settings";

constexpr std::array<Remedy, 7> kOfSalesforce{{
    {"OTHER_ORG",
     "on this machine: do the settings name the org that is meant? A refreshed sandbox, or another org, gets a state_dir of its own"},
    {"ORG_TAKEN", "on this machine: two names under orgs have one Salesforce org; one of them is to be taken away"},
    {"SEALED", "on this machine: put back what it names, and restart; or sign in anew: casewire-bridge connect"},
    {"invalid_client", kAppOfTheSettings},
    {"invalid_client_id", kAppOfTheSettings},
    {"REQUEST_LIMIT_EXCEEDED",
     "in Setup: System Overview, API Usage: who uses them? It goes on by itself when the org has calls again"},
    {"INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", kWait},
}};

std::string_view remedy_of_salesforce(const Failure& why) {
  const auto* const known =
      std::find_if(kOfSalesforce.begin(), kOfSalesforce.end(), [&](const Remedy& one) { return one.code == why.code; });
  return known == kOfSalesforce.end() ? kSignIn : known->to_do;
}

std::string_view remedy_of_opencx(const Failure& why) {
  if (why.status == 401 || why.status == 403)
    return "in OpenCX: Settings, API keys: a key with the scope for chat sessions. Then into opencx.api_key, and reload";
  return "on this machine: is opencx.url the address of OpenCX's API?";
}

std::string_view remedy_of(const Failure& why) {
  if (why.is_transport) return kNotReached;
  if (why.status >= 500 || why.status == 408 || why.status == 429) return kWait;
  return why.system == "opencx" ? remedy_of_opencx(why) : remedy_of_salesforce(why);
}

}  // namespace

void tell_of_no_answer(Checklist& list, const Vendor& vendor, const Failure& failure) {
  const auto what = vendor.name() + " answers";
  const auto rest = vendor.rest();
  const bool was_asked = failure.code != Vendor::kPaused;
  // The bridges' own bound, which says nothing of the vendor.
  if (!rest && !was_asked) return list.unknown(what, failure.message, "ask again in a minute");
  const auto& why = was_asked ? failure : rest->why;
  list.wrong(what, (rest ? "no calls since " + iso8601(rest->since) + ": " : std::string()) + text_of(why),
             std::string(remedy_of(why)));
}

}  // namespace casewire::bridge
