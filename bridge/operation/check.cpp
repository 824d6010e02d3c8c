#include "bridge/operation/check.hpp"

#include <algorithm>
#include <cstdlib>

#include "bridge/salesforce/token.hpp"

namespace casewire::bridge {
namespace {

/// Signatures are believed for five minutes.
constexpr milliseconds kSkewMost{120'000};
constexpr milliseconds kLookBackForACheck{60'000};

constexpr const char* kNotReached =
    "on this machine: is the address of the settings right, and does a proxy or firewall let the bridge reach it?";

class Checks {
 public:
  explicit Checks(const Insight& insight) : insight_(insight) {}

  Json all() {
    if (salesforce_answers()) {
      case_and_its_fields();
      may("CaseComment", "createable", "write the transcript");
      may("EmailMessage", "queryable", "read reps' replies");
      may("ContentVersion", "createable", "copy customers' files");
    }
    requests_of_the_day();
    opencx_answers();
    for (const auto* vendor : {&insight_.vendors.salesforce, &insight_.vendors.opencx}) clock(*vendor);
    webhooks(
        "opencx",
        "in OpenCX: Settings, Integrations, Salesforce: the webhook's URL ends with the secret of these settings; hand a test conversation off");
    webhooks(
        "salesforce",
        "in Setup: Apex Triggers: those on Case, EmailMessage and CaseComment are active; Named Credentials: the URL is this bridge's; then write on a test Case");
    look("email deliverability", "in Setup: Deliverability: the access level is All email");
    look("auto-response rules",
         "in Setup: Case Auto-Response Rules: none answers Cases of this channel, or customers get two greetings");
    return std::move(list_);
  }

 private:
  void add(std::string what, std::string_view verdict, std::string found, std::string to_do = {}) {
    list_.push_back({{"check", std::move(what)}, {"verdict", verdict}, {"found", std::move(found)}, {"do", std::move(to_do)}});
  }
  void look(std::string what, std::string where) { add(std::move(what), "look", "no API tells", std::move(where)); }

  bool salesforce_answers() {
    const auto user = insight_.salesforce.own_user_id({});
    if (!user) {
      add("salesforce answers", "wrong", text_of(user.error()),
          user.error().is_transport
              ? kNotReached
              : "in Setup: the connected app is there and its policies allow the integration user; the refresh token of the settings is the app's");
      return false;
    }
    add("salesforce answers", "ok", "as user " + *user + " of org " + salesforce::bound_org(insight_.store).value_or("unknown"));
    return true;
  }

  /// Null, and told of, when the type is not shown.
  Json described(const std::string& type) {
    auto described = insight_.salesforce.describe(type, {});
    if (described) return std::move(*described);
    add(type + " is there", "wrong", text_of(described.error()),
        "in Setup: give the integration user's profile or permission set the object " + type);
    return nullptr;
  }

  static bool says(const Json& object, std::string_view property) { return member(object, property) == Json(true); }

  void may(const std::string& type, const char* property, const std::string& what_for) {
    const auto description = described(type);
    if (description.is_null()) return;
    const bool is_right = says(description, property);
    add("may " + what_for, is_right ? "ok" : "wrong", type + " is " + (is_right ? "" : "not ") + property,
        is_right ? "" : "in Setup: Permission Sets, Object Settings, " + type);
  }

  void case_and_its_fields() {
    const auto description = described("Case");
    if (description.is_null()) return;
    const bool is_right = says(description, "createable") && says(description, "updateable") && says(description, "queryable");
    add("may open Cases", is_right ? "ok" : "wrong",
        std::string("Case is ") + (is_right ? "" : "not ") + "readable, createable and editable",
        is_right ? "" : "in Setup: Permission Sets, Object Settings, Case");
    field(description, "Case_From__c", {"createable", "updateable"}, 6);
    field(description, "OpenCX_Handoff__c", {"createable", "externalId", "unique", "caseSensitive"}, 80);
  }

  void field(const Json& description, const std::string& name, const std::vector<std::string>& properties, int length_least) {
    const auto what = "Case." + name;
    const auto& fields = member(description, "fields");
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Json& one) { return string_member(one, "name") == name; });
    if (found == fields.end()) {
      return add(
          what, "wrong", "the integration user does not see it",
          "in Setup: Object Manager, Case: make it if it is not there (docs/bridge.md, \"What the org needs\"); else Set Field-Level Security");
    }
    std::string lacks;
    for (const auto& property : properties) {
      if (!says(*found, property)) lacks += (lacks.empty() ? "not " : ", not ") + property;
    }
    const auto& length = member(*found, "length");
    if (length.is_number_integer() && length.get<int>() < length_least) {
      lacks += (lacks.empty() ? "" : ", ") + ("shorter than " + std::to_string(length_least));
    }
    if (lacks.empty()) return add(what, "ok", "it is there, and may be written");
    add(what, "wrong", lacks,
        "in Setup: Object Manager, Case, Fields, " + name + ": Edit, or Set Field-Level Security where it is not createable");
  }

  void requests_of_the_day() {
    const auto calls = insight_.vendors.salesforce.calls();
    if (!calls.day_limit) return add("requests of the day", "unknown", "no answer of the org has told");
    const bool is_right = *calls.day_used * 10 < *calls.day_limit * 9;
    add("requests of the day", is_right ? "ok" : "wrong",
        std::to_string(*calls.day_used) + " of " + std::to_string(*calls.day_limit) + " are used",
        is_right ? "" : "in Setup: System Overview, API Usage: who uses them?");
  }

  void opencx_answers() {
    const auto now = insight_.runtime.now();
    const auto sessions = insight_.opencx.email_sessions_changed(now - kLookBackForACheck, now);
    if (sessions) return add("opencx answers", "ok", "to this API key");
    add("opencx answers", "wrong", text_of(sessions.error()),
        sessions.error().is_transport ? kNotReached : "in OpenCX: Settings, API keys: a key with the scope for chat sessions");
  }

  void clock(const Vendor& vendor) {
    const auto ahead = vendor.clock_ahead();
    const auto what = "clock of " + vendor.name();
    if (!ahead) return add(what, "unknown", "no answer told the time");
    const bool is_right = *ahead <= kSkewMost && *ahead >= -kSkewMost;
    const auto seconds = ahead->count() / 1000;
    const auto found = std::to_string(std::abs(seconds)) + " s " + (seconds < 0 ? "behind" : "ahead of") + " ours";
    add(what, is_right ? "ok" : "wrong", found, is_right ? "" : "on this machine: timedatectl");
  }

  void webhooks(const std::string& sender, std::string to_do) {
    const auto last = insight_.events.last(happening::webhook_taken, sender);
    if (last) return add("webhooks of " + sender, "ok", "the last was taken at " + iso8601(*last));
    add("webhooks of " + sender, "unknown", "none was taken since " + iso8601(insight_.started_at), std::move(to_do));
  }

  const Insight& insight_;
  Json list_ = Json::array();
};

}  // namespace

Json check_json(const Insight& insight) { return {{"checks", Checks(insight).all()}}; }

}  // namespace casewire::bridge
