#include "sim/salesforce/api/identity.hpp"

#include "base/text/strings.hpp"
#include "base/text/time.hpp"
#include "sim/salesforce/api/jwt.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/versions.hpp"
#include "sim/salesforce/records/ids.hpp"

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

Json userinfo_of(const OrgState& org, const Row& user) {
  const auto photo = org.options.instance_url + "/profilephoto/005/";
  return {{"sub", org.options.instance_url + "/id/" + org.organization_id + "/" + user.id},
          {"user_id", user.id},
          {"organization_id", org.organization_id},
          {"preferred_username", user.text("Username")},
          {"nickname", user.text("CommunityNickname")},
          {"name", user.text("Name")},
          {"email", user.text("Email")},
          {"email_verified", true},
          {"given_name", to_json(user.at("FirstName"))},
          {"family_name", user.text("LastName")},
          {"zoneinfo", user.text("TimeZoneSidKey")},
          {"photos", {{"picture", photo + "F"}, {"thumbnail", photo + "T"}}},
          {"profile", org.options.instance_url + "/" + user.id.substr(0, 15)},
          {"picture", photo + "F"},
          {"address", Json::object()},
          {"is_salesforce_integration_user", false},
          {"urls", urls_of(org, user, {})},
          {"active", to_json(user.at("IsActive"))},
          {"user_type", "STANDARD"},
          {"language", user.text("LanguageLocaleKey")},
          {"locale", user.text("LocaleSidKey")},
          {"utcOffset", 0},
          {"updated_at", in_seconds(user.at("LastModifiedDate"))}};
}

namespace {

LoginAnswer in_a_word(int status, const char* word) { return text_answer(status, "text/html;charset=UTF-8", word); }

// The user of the request's session, whose token stands in a header or in the query; else the refusal, which is plain text.
Result<const Row*, LoginAnswer> caller(LoginCall& call) {
  auto token = bearer_token(call.request).value_or("");
  if (token.empty()) token = call.value("oauth_token");
  if (token.empty()) token = call.value("access_token");
  if (token.empty()) return fail(in_a_word(403, "Missing_OAuth_Token"));
  const auto user_id = call.org.sessions.use(token, call.now);
  if (!user_id) return fail(in_a_word(403, "Bad_OAuth_Token"));
  if (!call.org.is_active(*user_id)) return fail(in_a_word(403, "Inactive"));
  return call.org.store.find(*user_id);
}

std::string version_asked_for(const LoginCall& call) {
  const auto version = call.value("version");
  return version == "latest" ? std::to_string(newest_version()) + ".0" : version;
}

}  // namespace

LoginAnswer answer_identity(LoginCall& call) {
  const auto user = caller(call);
  if (!user) return user.error();
  if (!wants_json(call)) return not_offered("not_modelled", "identities in another form than JSON");
  const auto organization = canonical_id(call.segments[1]), id = canonical_id(call.segments[2]);
  if (organization != call.org.organization_id) return in_a_word(403, "Wrong_Org");
  const Row* asked = id ? call.org.store.find(*id) : nullptr;
  if (!asked || asked->type->name != "User") return in_a_word(403, "Bad_Id");
  const auto identity = identity_of(call.org, *asked, asked == *user, version_asked_for(call));
  // "Identity URLs": the name of a function to wrap the JSON in, for pages of another origin. The media type is guessed.
  const auto callback = call.value("callback");
  if (!callback.empty()) return text_answer(200, "application/javascript", callback + "(" + dump_json(identity) + ");");
  return json_answer(200, identity);
}

LoginAnswer answer_userinfo(LoginCall& call) {
  const auto user = caller(call);
  if (!user) return user.error();
  return json_answer(200, userinfo_of(call.org, **user));
}

LoginAnswer answer_discovery(LoginCall& call) {
  const auto& host = call.org.options.instance_url;
  const auto at = [&](const char* path) { return host + path; };
  return json_answer(
      200,
      {{"issuer", host},
       {"authorization_endpoint", at("/services/oauth2/authorize")},
       {"token_endpoint", at("/services/oauth2/token")},
       {"revocation_endpoint", at("/services/oauth2/revoke")},
       {"userinfo_endpoint", at("/services/oauth2/userinfo")},
       {"introspection_endpoint", at("/services/oauth2/introspect")},
       {"jwks_uri", at("/id/keys")},
       {"scopes_supported",
        {"cdp_ingest_api",
         "custom_permissions",
         "cdp_segment_api",
         "content",
         "cdp_api",
         "chatbot_api",
         "cdp_identityresolution_api",
         "interaction_api",
         "wave_api",
         "web",
         "cdp_calculated_insight_api",
         "einstein_gpt_api",
         "offline_access",
         "id",
         "api",
         "eclair_api",
         "email",
         "pardot_api",
         "lightning",
         "visualforce",
         "cdp_query_api",
         "sfap_api",
         "openid",
         "cdp_profile_api",
         "refresh_token",
         "pwdless_login_api",
         "user_registration_api",
         "profile",
         "forgot_password",
         "full"}},
       {"response_types_supported", {"code", "token"}},
       {"subject_types_supported", {"public"}},
       {"id_token_signing_alg_values_supported", {"RS256"}},
       {"display_values_supported", {"page", "popup", "touch"}},
       {"token_endpoint_auth_methods_supported", {"client_secret_post", "client_secret_basic"}},
       {"claims_supported",
        {"active",     "address",  "email",           "email_verified", "family_name", "given_name",         "language", "locale",
         "name",       "nickname", "organization_id", "photos",         "picture",     "preferred_username", "profile",  "sub",
         "updated_at", "urls",     "user_id",         "user_type",      "zoneinfo"}},
       {"code_challenge_methods_supported", {"S256"}},
       {"grant_types_supported",
        {"authorization_code", "refresh_token", "client_credentials", "password", "device",
         "urn:ietf:params:oauth:grant-type:jwt-bearer"}}});
}

LoginAnswer answer_keys(LoginCall&) { return json_answer(200, issuer_keys()); }

}  // namespace casewire::sim::salesforce
