#include "sim/salesforce/api/identity.hpp"

#include "base/text/time.hpp"

namespace casewire::sim::salesforce {
namespace {

Json urls_of(const OrgState& org, const Row& user, const std::string& version) {
  const auto& host = org.options.instance_url;
  const std::string number = version.empty() ? "{version}" : version;
  const auto organization = org.organization_id.substr(0, 15);
  const auto soap = [&](const char* kind) { return host + "/services/Soap/" + kind + "/" + number + "/" + organization; };
  const auto rest = host + "/services/data/v" + number + "/";
  return {{"enterprise", soap("c")},
          {"metadata", soap("m")},
          {"partner", soap("u")},
          {"rest", rest},
          {"sobjects", rest + "sobjects/"},
          {"search", rest + "search/"},
          {"query", rest + "query/"},
          {"recent", rest + "recent/"},
          {"tooling_soap", soap("T")},
          {"tooling_rest", rest + "tooling/"},
          {"profile", host + "/" + user.id.substr(0, 15)},
          {"feeds", rest + "chatter/feeds"},
          {"groups", rest + "chatter/groups"},
          {"users", rest + "chatter/users"},
          {"feed_items", rest + "chatter/feed-items"},
          {"feed_elements", rest + "chatter/feed-elements"},
          {"custom_domain", host}};
}

// "2026-01-05T09:00:00Z": without the milliseconds that rows have.
std::string in_seconds(const Value& value) {
  const auto* when = std::get_if<WallTime>(&value);
  return when ? iso8601(*when).substr(0, 19) + "Z" : std::string{};
}

}  // namespace

Json identity_of(const OrgState& org, const Row& user, bool asked_by_user, const std::string& version) {
  const auto photo = org.options.instance_url + "/profilephoto/005/";
  return {{"id", org.options.instance_url + "/id/" + org.organization_id + "/" + user.id},
          {"asserted_user", asked_by_user},
          {"user_id", user.id},
          {"organization_id", org.organization_id},
          {"username", user.text("Username")},
          {"nick_name", user.text("CommunityNickname")},
          {"display_name", user.text("Name")},
          {"email", user.text("Email")},
          {"email_verified", true},
          {"first_name", to_json(user.at("FirstName"))},
          {"last_name", user.text("LastName")},
          {"timezone", user.text("TimeZoneSidKey")},
          {"photos", {{"picture", photo + "F"}, {"thumbnail", photo + "T"}}},
          {"addr_street", nullptr},
          {"addr_city", nullptr},
          {"addr_state", nullptr},
          {"addr_country", nullptr},
          {"addr_zip", nullptr},
          {"mobile_phone", nullptr},
          {"mobile_phone_verified", false},
          {"is_lightning_login_user", false},
          {"status", {{"created_date", nullptr}, {"body", nullptr}}},
          {"urls", urls_of(org, user, version)},
          {"active", to_json(user.at("IsActive"))},
          {"user_type", "STANDARD"},
          {"language", user.text("LanguageLocaleKey")},
          {"locale", user.text("LocaleSidKey")},
          {"utcOffset", 0},  // founded users live in UTC
          {"last_modified_date", in_seconds(user.at("LastModifiedDate"))},
          {"is_app_installed", true}};
}

}  // namespace casewire::sim::salesforce
