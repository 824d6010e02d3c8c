#include "bridge/operation/check_org.hpp"

#include <algorithm>
#include <array>

#include "bridge/operation/check.hpp"
#include "bridge/operation/no_answer.hpp"
#include "bridge/salesforce/token.hpp"

namespace casewire::bridge {
namespace {

/// What the package deploys (docs/bridge.md, "What the org needs"); the trigger on FeedItem only where posts are replies.
constexpr std::array<std::string_view, 3> kTriggered{"Case", "CaseComment", "EmailMessage"};
constexpr std::string_view kTriggeredByPosts = "FeedItem";
constexpr std::string_view kClass = "OpenCXNotifier";
constexpr std::string_view kCredential = "OpenCX_Integration";

std::string in_setup(const std::string& where) { return "in Setup: " + where; }

bool says(const Json& object, std::string_view property) { return member(object, property) == Json(true); }

class OrgChecks {
 public:
  OrgChecks(const Insight& insight, Checklist& list) : insight_(insight), list_(list) {}

  void all() {
    if (!answers()) return;
    case_and_its_fields();
    may("CaseComment", "createable", "write the transcript");
    may("EmailMessage", "queryable", "read reps' replies");
    may("ContentVersion", "createable", "copy customers' files");
    if (insight_.config.salesforce.public_posts_are_replies) posts_show_for_whom();
    triggers();
    notifier_class();
    named_credential();
    limits();
  }

 private:
  /// By a call of this moment: who the user is would be known from one of hours ago.
  bool answers() {
    const auto& vendor = insight_.vendors.salesforce;
    if (const auto pause = vendor.pause()) {
      tell_of_no_answer(list_, vendor, *pause);
      return false;
    }
    const auto user = insight_.salesforce.own_user_id({});
    const auto rows =
        user ? insight_.salesforce.query_all_of({{"organization", "SELECT Id, Name, IsSandbox FROM Organization"}}, {})
             : Outcome<salesforce::Bodies>(fail(user.error()));
    if (!rows) {
      tell_of_no_answer(list_, vendor, rows.error());
      return false;
    }
    const auto org = salesforce::bound_org(insight_.store).value_or("unknown");
    list_.ok("salesforce answers", "as user " + *user + " of org " + org);
    organization(salesforce::member_of(*rows, "organization"), org);
    return true;
  }

  /// A refreshed sandbox has an id of its own and never comes so far: the token is refused as that of another org (F28).
  void organization(const Json& rows, const std::string& bound) {
    const std::string what = "the bound org";
    if (rows.empty()) return list_.unknown(what, "the org does not show itself");
    const auto id = string_member(rows.front(), "Id");
    if (!salesforce::is_same_id(id, bound)) {
      return list_.wrong(what, "org " + id + " answers, and this store belongs to org " + bound,
                         "on this machine: give the other org a state_dir of its own");
    }
    list_.ok(what, string_member(rows.front(), "Name") + ", " +
                       (says(rows.front(), "IsSandbox") ? "a sandbox: whoever writes to it must be no real customer"
                                                        : "a production org"));
  }

  /// Null, and told of, when the type is not shown.
  Json described(const std::string& type) {
    auto described = insight_.salesforce.describe(type, {});
    if (described) return std::move(*described);
    const auto& why = described.error();
    if (is_silence(why)) {
      list_.unknown(type + " is there", text_of(why));
    } else {
      list_.wrong(type + " is there", text_of(why),
                  in_setup("give the integration user's profile or permission set the object " + type));
    }
    return nullptr;
  }

  void may(const std::string& type, const char* property, const std::string& what_for) {
    const auto description = described(type);
    if (description.is_null()) return;
    right("may " + what_for, says(description, property), type, property);
  }

  void right(const std::string& what, bool is_there, const std::string& type, const std::string& property) {
    if (is_there) return list_.ok(what, type + " is " + property);
    list_.wrong(what, type + " is not " + property, in_setup("Permission Sets, Object Settings, " + type));
  }

  void case_and_its_fields() {
    const auto description = described("Case");
    if (description.is_null()) return;
    right("may open Cases", says(description, "createable") && says(description, "updateable") && says(description, "queryable"),
          "Case", "readable, createable and editable");
    field(description, "Case_From__c", {"createable", "updateable"}, 6);
    field(description, "OpenCX_Handoff__c", {"createable", "externalId", "unique", "caseSensitive"}, 80);
  }

  /// Without it every look at a Case is refused.
  void posts_show_for_whom() {
    const auto description = described(std::string(kTriggeredByPosts));
    if (description.is_null()) return;
    const auto& fields = member(description, "fields");
    const bool is_there =
        std::any_of(fields.begin(), fields.end(), [](const Json& one) { return string_member(one, "name") == "Visibility"; });
    if (is_there) return list_.ok("FeedItem.Visibility", "posts say for whom they are");
    list_.wrong(
        "FeedItem.Visibility", "the integration user does not see it, and no Case with posts can be read",
        in_setup(
            "Digital Experiences, Settings: Enable Digital Experiences; or set salesforce.public_posts_are_replies to false"));
  }

  void field(const Json& description, const std::string& name, const std::vector<std::string>& properties, int length_least) {
    const auto what = "Case." + name;
    const auto& fields = member(description, "fields");
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Json& one) { return string_member(one, "name") == name; });
    if (found == fields.end()) {
      return list_.wrong(
          what, "the integration user does not see it",
          in_setup("Object Manager, Case: make it if it is not there (docs/bridge.md, \"What the org needs\"); else Set "
                   "Field-Level Security"));
    }
    std::string lacks;
    for (const auto& property : properties) {
      if (!says(*found, property)) lacks += (lacks.empty() ? "not " : ", not ") + property;
    }
    const auto& length = member(*found, "length");
    if (length.is_number_integer() && length.get<int>() < length_least) {
      lacks += (lacks.empty() ? "" : ", ") + ("shorter than " + std::to_string(length_least));
    }
    if (lacks.empty()) return list_.ok(what, "it is there, and may be written");
    list_.wrong(
        what, lacks,
        in_setup("Object Manager, Case, Fields, " + name + ": Edit, or Set Field-Level Security where it is not createable"));
  }

  /// Nullopt, and told of, when the org does not show its setup to the integration user.
  std::optional<Json> setup_rows(const std::string& what, const std::string& soql, const std::string& look_there) {
    auto rows = insight_.salesforce.setup_rows(soql, {});
    if (rows) return std::move(*rows);
    list_.unknown(what, text_of(rows.error()),
                  (is_silence(rows.error()) ? std::string()
                                            : "the permission View Setup and Configuration lets the integration user tell. ") +
                      in_setup(look_there));
    return std::nullopt;
  }

  /// In one question: an inactive trigger is as silent as none (F27).
  void triggers() {
    const bool with_posts = insight_.config.salesforce.public_posts_are_replies;
    const std::string look_there = std::string("Apex Triggers: OpenCXCase, OpenCXCaseComment and OpenCXEmailMessage ") +
                                   (with_posts ? "and OpenCXFeedItem " : "") + "are Active";
    const auto rows =
        setup_rows("triggers", "SELECT Name, TableEnumOrId, Status FROM ApexTrigger WHERE Name LIKE 'OpenCX%'", look_there);
    if (!rows) return;
    for (const auto object : kTriggered) trigger(*rows, std::string(object));
    if (with_posts) trigger(*rows, std::string(kTriggeredByPosts));
  }

  void trigger(const Json& rows, const std::string& object) {
    const auto what = "trigger on " + object;
    const auto name = "OpenCX" + object;
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Json& row) { return string_member(row, "Name") == name; });
    if (found == rows.end()) {
      return list_.wrong(what, name + " is not deployed: the sweep alone finds what happens there",
                         "deploy the package (docs/bridge.md, \"What the org needs\"), then " +
                             in_setup("Apex Triggers shows " + name + " as Active"));
    }
    const auto status = string_member(*found, "Status");
    if (status == "Active") return list_.ok(what, name + " is active");
    list_.wrong(
        what, name + " is " + status + ": the sweep alone finds what happens there",
        in_setup("Apex Triggers, " + name + ": Edit, Is Active; in production by a deployment with <status>Active</status>"));
  }

  void notifier_class() {
    const auto name = std::string(kClass);
    const auto what = "class " + name;
    const auto rows = setup_rows(what, "SELECT Status, IsValid FROM ApexClass WHERE Name = '" + name + "'",
                                 "Apex Classes: " + name + " is there and valid");
    if (!rows) return;
    if (rows->empty())
      return list_.wrong(what, "it is not deployed", "deploy the package (docs/bridge.md, \"What the org needs\")");
    const auto status = string_member(rows->front(), "Status");
    if (status == "Active") return list_.ok(what, "it is active");
    list_.wrong(what, "it is " + status, in_setup("Apex Classes, " + name + ": Edit, Save"));
  }

  /// A stale URL is the vendor's own first suspect (OpenCX, Salesforce troubleshooting; F26). Its last part is a secret: it is compared and
  /// never shown.
  void named_credential() {
    const auto name = std::string(kCredential);
    const auto what = "named credential";
    const auto look_there =
        "Named Credentials, " + name + ": the URL is this bridge's, /hooks/salesforce/ and the secret of the settings";
    const auto rows = setup_rows(what, "SELECT Endpoint FROM NamedCredential WHERE DeveloperName = '" + name + "'", look_there);
    if (!rows) return;
    if (rows->empty()) return list_.wrong(what, "there is no " + name, in_setup(look_there));
    const auto url = string_member(rows->front(), "Endpoint");
    if (url.empty())
      return list_.unknown(what, name + " does not show its URL (it is of the newer kind, or empty)", in_setup(look_there));
    constexpr std::string_view kPath = "/hooks/salesforce/";
    const auto at = url.rfind(kPath);
    if (at == std::string::npos) {
      return list_.wrong(what, name + " points to another place than a bridge's /hooks/salesforce/", in_setup(look_there));
    }
    auto secret = url.substr(at + kPath.size());
    while (secret.ends_with('/')) secret.pop_back();
    if (!insight_.is_salesforce_secret(secret)) {
      return list_.wrong(what, name + " holds an old URL: its secret is none of the settings", in_setup(look_there));
    }
    list_.ok(what, name + " points to " + url.substr(0, at + kPath.size()) + "... with a secret of the settings");
  }

  void limits() {
    const auto limits = insight_.salesforce.limits({});
    if (!limits) return list_.unknown("limits", text_of(limits.error()), in_setup("System Overview"));
    allotment(*limits, "DailyApiRequests", "requests of the day", "System Overview, API Usage: who uses them?");
    allotment(*limits, "DataStorageMB", "data storage", "Storage Usage: what fills it?");
    allotment(*limits, "FileStorageMB", "file storage", "Storage Usage: what fills it?");
  }

  /// Wrong when less than a tenth is left.
  void allotment(const Json& limits, std::string_view name, const std::string& what, const std::string& where) {
    const auto& most = member(member(limits, name), "Max");
    const auto& left = member(member(limits, name), "Remaining");
    if (!most.is_number_integer() || !left.is_number_integer())
      return list_.unknown(what, "the org does not tell", in_setup(where));
    const auto found = dump_json(left) + " of " + dump_json(most) + " are left";
    if (left.get<std::int64_t>() * 10 >= most.get<std::int64_t>()) return list_.ok(what, found);
    list_.wrong(what, found, in_setup(where));
  }

  const Insight& insight_;
  Checklist& list_;
};

}  // namespace

void check_org(const Insight& insight, Checklist& list) { OrgChecks(insight, list).all(); }

}  // namespace casewire::bridge
