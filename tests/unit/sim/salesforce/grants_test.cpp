// Every way to a token but the web server flow and its refresh (login_test.cpp), and what becomes of tokens.

#include "base/text/crypto.hpp"
#include "base/text/rsa.hpp"
#include "org_fixture.hpp"
#include "sim/salesforce/api/jwt.hpp"
#include "sim/salesforce/api/versions.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

class Grants : public ServiceCloud {
 protected:
  http::Response ask(FormFields fields, http::Headers headers = {}) {
    headers.add("Content-Type", "application/x-www-form-urlencoded");
    return org_->handle({.method = "POST", .target = "/services/oauth2/token", .headers = headers, .body = form(fields)})
        .response;
  }
  Json asked(FormFields fields, int status = 200) {
    const auto response = ask(std::move(fields));
    EXPECT_EQ(response.status, status) << response.body;
    return parse_json(response.body).value();
  }
  FormFields with_client(FormFields fields) {
    fields.insert(fields.end(), {{"client_id", options_.client_id}, {"client_secret", options_.client_secret}});
    return fields;
  }
  http::Response get(const std::string& target, http::Headers headers = {}) {
    return org_->handle({.method = "GET", .target = target, .headers = headers}).response;
  }
  static std::vector<std::string> names(const Json& object) {
    std::vector<std::string> all;
    for (const auto& [name, value] : object.items()) all.push_back(name);
    return all;
  }
  std::int64_t now() { return std::chrono::duration_cast<std::chrono::seconds>(world_.now().time_since_epoch()).count(); }
  FormFields assertion(const Json& claims) {
    return {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"assertion", issue_jwt(claims)}};
  }
  Json claims(const Json& more = Json::object()) {
    Json all{
        {"iss", options_.client_id}, {"sub", "opencx@acme.test"}, {"aud", "https://login.salesforce.com"}, {"exp", now() + 180}};
    for (const auto& [name, value] : more.items()) all[name] = value;
    return all;
  }
  std::string error(const FormFields& fields) {
    const auto body = asked(fields, 400);
    EXPECT_THAT(names(body), testing::ElementsAre("error", "error_description"));
    return string_member(body, "error") + ": " + string_member(body, "error_description");
  }
  int status_with(const std::string& access_token) {
    return send("GET", "/services/data/v66.0/limits", "", {{"Authorization", "Bearer " + access_token}}).status;
  }
  Json introspected(const std::string& token, const std::string& secret) {
    const auto response = org_->handle({.method = "POST",
                                        .target = "/services/oauth2/introspect",
                                        .headers = {{"Authorization", "Basic " + base64(options_.client_id + ":" + secret)},
                                                    {"Content-Type", "application/x-www-form-urlencoded"}},
                                        .body = form({{"token", token}})})
                              .response;
    auto body = parse_json(response.body).value();
    body["status"] = response.status;
    return body;
  }
};

TEST_F(Grants, APasswordOpensASessionWithAndWithoutTheSecurityToken) {
  for (const auto* password : {"casewire-password", "casewire-passwordCasewireToken"}) {
    const auto body = asked(with_client({{"grant_type", "password"}, {"username", "opencx@acme.test"}, {"password", password}}));
    EXPECT_THAT(names(body), UnorderedElementsAre("access_token", "signature", "instance_url", "id", "token_type", "issued_at"));
    EXPECT_EQ(status_with(string_member(body, "access_token")), 200);
  }
  EXPECT_EQ(error(with_client({{"grant_type", "password"}, {"username", "opencx@acme.test"}, {"password", "x"}})),
            "invalid_grant: authentication failure");
  EXPECT_EQ(error(with_client({{"grant_type", "password"}, {"username", "opencx@acme.test"}})),
            "invalid_request: missing required parameter: password");
  EXPECT_EQ(error({{"grant_type", "password"},
                   {"username", "opencx@acme.test"},
                   {"password", "casewire-password"},
                   {"client_id", options_.client_id}}),
            "invalid_client: invalid client credentials");
}

TEST_F(Grants, ClientCredentialsComeInTheFormOrByBasic) {
  const auto body = asked(with_client({{"grant_type", "client_credentials"}}));
  EXPECT_EQ(body["scope"], "api id") << "there is no refresh token to get";
  EXPECT_FALSE(body.contains("refresh_token"));
  EXPECT_THAT(body["id"].get<std::string>(), testing::EndsWith(org_->integration_user_id()));
  const auto basic = ask({{"grant_type", "client_credentials"}},
                         {{"Authorization", "Basic " + base64(options_.client_id + ":" + options_.client_secret)}});
  EXPECT_EQ(basic.status, 200) << basic.body;
}

TEST_F(Grants, ClientCredentialsAreAMatterOfTheOrgsOwnDomain) {
  for (const auto* host : {"login.salesforce.com", "test.salesforce.com:443"}) {
    const auto refused =
        ask({{"grant_type", "client_credentials"}},
            {{"Host", host}, {"Authorization", "Basic " + base64(options_.client_id + ":" + options_.client_secret)}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.body, R"({"error":"invalid_grant","error_description":"request not supported on this domain"})");
  }
}

TEST_F(Grants, AJwtIsTakenInTheFormsThatClientsSend) {
  const auto body = asked(assertion(claims()));
  EXPECT_THAT(names(body), UnorderedElementsAre("access_token", "scope", "instance_url", "id", "token_type"));
  EXPECT_EQ(status_with(string_member(body, "access_token")), 200);
  asked(assertion(claims({{"exp", std::to_string(now() + 300)}, {"aud", "login.salesforce.com"}})));
  asked(assertion(claims({{"exp", now() * 1000 + 300}, {"aud", "http://salesforce.test"}})));
}

TEST_F(Grants, AJwtIsRefusedForItsOwnReason) {
  EXPECT_EQ(error(assertion(claims({{"aud", "https://evil.test"}}))), "invalid_grant: Audience validation failed");
  EXPECT_EQ(error(assertion(claims({{"exp", now() - 1}}))), "invalid_grant: expired authorization code");
  EXPECT_EQ(error(assertion(claims({{"exp", now() + 3600}}))), "invalid_grant: expired authorization code");
  EXPECT_EQ(error(assertion(claims({{"sub", "nobody@acme.test"}}))), "invalid_grant: user hasn't approved this consumer");
  EXPECT_EQ(error(assertion(claims({{"iss", "x"}}))), "invalid_client_id: client identifier invalid");
  for (const auto* text : {"x", "a.b", "a.b.c", "a.b.c.d", "e30.e30.e30"})
    EXPECT_EQ(error({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"assertion", text}}),
              "invalid_grant: invalid assertion")
        << text;
}

TEST_F(Grants, AKnownCertificateIsAskedForTheSignature) {
  options_.jwt_certificate =
      "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\nKUpRKfFLfRYC9AIKjbJTWit+CqvjWYzvQwECAwEAAQ==\n-----END PUBLIC KEY-----\n";
  start(service_cloud_text());
  EXPECT_EQ(error(assertion(claims())), "invalid_grant: invalid assertion");
}

TEST_F(Grants, TheVendorsCommandLineClientNeedsNoSecret) {
  const auto page = "/services/oauth2/authorize?" + form({{"response_type", "code"},
                                                          {"client_id", "PlatformCLI"},
                                                          {"redirect_uri", "http://localhost:1717/OauthRedirect"},
                                                          {"scope", "refresh_token api web"},
                                                          {"prompt", "login"},
                                                          {"decision", "allow"}});
  const auto location = std::string{*get(page).headers.find("Location")};
  const auto code = form_value(*parse_form(location.substr(location.find('?') + 1)), "code").value_or("");
  const auto body = asked({{"grant_type", "authorization_code"},
                           {"client_id", "PlatformCLI"},
                           {"code", code},
                           {"redirect_uri", "http://localhost:1717/OauthRedirect"}});
  const auto refresh_token = string_member(body, "refresh_token");
  EXPECT_EQ(asked({{"grant_type", "refresh_token"}, {"client_id", "PlatformCLI"}, {"refresh_token", refresh_token}})["scope"],
            "refresh_token api web");
  EXPECT_EQ(ask_token(refresh_token).status, 400) << "another application's token";
}

TEST_F(Grants, TheUserAgentFlowAnswersInTheFragment) {
  const auto page = "/services/oauth2/authorize?" + form({{"response_type", "token"},
                                                          {"client_id", options_.client_id},
                                                          {"redirect_uri", "http://localhost:3000/cb"},
                                                          {"state", "s"},
                                                          {"decision", "allow"}});
  const auto location = std::string{*get(page).headers.find("Location")};
  ASSERT_THAT(location, testing::StartsWith("http://localhost:3000/cb#access_token=00D"));
  const auto fields = *parse_form(location.substr(location.find('#') + 1));
  EXPECT_EQ(form_value(fields, "state"), "s");
  EXPECT_EQ(status_with(*form_value(fields, "access_token")), 200);
}

TEST_F(Grants, ADeviceWaitsForAPerson) {
  const auto begun = asked({{"response_type", "device_code"}, {"client_id", options_.client_id}, {"scope", "api refresh_token"}});
  EXPECT_EQ(begun["verification_uri"], "http://salesforce.test/setup/connect");
  EXPECT_EQ(begun["user_code"].get<std::string>().size(), 8u);
  const FormFields poll{
      {"grant_type", "device"}, {"client_id", options_.client_id}, {"code", string_member(begun, "device_code")}};
  EXPECT_THAT(error(poll), HasSubstr("authorization_pending"));
  EXPECT_THAT(error(poll), HasSubstr("slow_down"));
  world_.advance_to(world_.now() + std::chrono::seconds{5});
  EXPECT_EQ(get("/setup/connect?user_code=" + string_member(begun, "user_code") + "&decision=allow").status, 200);
  const auto body = asked(poll);
  EXPECT_EQ(body["scope"], "refresh_token api");
  EXPECT_TRUE(body.contains("refresh_token"));
  EXPECT_THAT(error(poll), HasSubstr("invalid_grant")) << "used up";
  EXPECT_EQ(get("/setup/connect?user_code=AAAAAAAA").status, 400);
  const auto denied = asked({{"response_type", "device_code"}, {"client_id", options_.client_id}});
  get("/setup/connect?user_code=" + string_member(denied, "user_code") + "&decision=deny");
  EXPECT_THAT(
      error({{"grant_type", "device"}, {"client_id", options_.client_id}, {"code", string_member(denied, "device_code")}}),
      HasSubstr("access_denied"));
}

TEST_F(Grants, TokensInAnotherFormThanJsonAreNotModelled) {
  const FormFields fields{{"grant_type", "refresh_token"}, {"refresh_token", options_.refresh_token}};
  for (const std::string format : {"xml", "urlencoded"}) {
    auto wanted = with_client(fields);
    wanted.push_back({"format", format});
    EXPECT_EQ(asked(wanted, 501)["error"], "not_modelled") << format;
  }
  EXPECT_EQ(ask(with_client(fields), {{"Accept", "application/xml"}}).status, 501);
  EXPECT_EQ(ask(with_client(fields), {{"Accept", "application/json, text/plain, */*"}}).status, 200);
}

TEST_F(Grants, IntrospectionTellsAnApplicationOfItsOwnTokens) {
  const auto access = introspected(token(), options_.client_secret);
  EXPECT_EQ(access["active"], true);
  EXPECT_EQ(access["username"], "opencx@acme.test");
  EXPECT_EQ(access["exp"].get<std::int64_t>() - access["iat"].get<std::int64_t>(), 7200);
  EXPECT_EQ(introspected(options_.refresh_token, options_.client_secret)["token_type"], "refresh_token");
  EXPECT_EQ(introspected("unknown", options_.client_secret), Json({{"active", false}, {"status", 200}}));
  EXPECT_EQ(introspected(token(), "wrong")["status"], 401);
  world_.advance_to(world_.now() + std::chrono::hours{2});
  EXPECT_EQ(introspected(token(), options_.client_secret)["active"], false);
}

TEST_F(Grants, RevokingAnAccessTokenEndsThatSessionAlone) {
  const auto other = string_member(parse_json(ask_token(options_.refresh_token).body).value(), "access_token");
  EXPECT_EQ(get("/services/oauth2/revoke?token=" + token()).status, 200) << "by GET, as nforce does";
  EXPECT_EQ(status_with(token()), 401);
  EXPECT_EQ(status_with(other), 200);
  EXPECT_EQ(get("/services/oauth2/revoke?token=x&callback=done").body,
            R"(done({"error":"invalid_token","error_description":"invalid token: x"});)");
}

TEST_F(Grants, UserinfoDiscoveryAndKeysAreThere) {
  const auto user = parse_json(get("/services/oauth2/userinfo", {{"Authorization", "Bearer " + token()}}).body).value();
  EXPECT_EQ(user["preferred_username"], "opencx@acme.test");
  EXPECT_EQ(user["organization_id"], "00DCw0000000001MAA");
  EXPECT_EQ(get("/services/oauth2/userinfo").body, "Missing_OAuth_Token");
  const auto found = parse_json(get("/.well-known/openid-configuration").body).value();
  EXPECT_EQ(found["token_endpoint"], "http://salesforce.test/services/oauth2/token");
  EXPECT_EQ(found["jwks_uri"], "http://salesforce.test/id/keys");
  EXPECT_EQ(parse_json(get("/id/keys").body).value()["keys"][0]["kty"], "RSA");
}

TEST_F(Grants, WhoAsksForOpenidGetsAnIdToken) {
  options_.more_scope = "openid";
  start(service_cloud_text());
  const auto page = "/services/oauth2/authorize?" + form({{"response_type", "code"},
                                                          {"client_id", options_.client_id},
                                                          {"redirect_uri", "http://localhost/callback"},
                                                          {"scope", "api openid"},
                                                          {"nonce", "n1"},
                                                          {"decision", "allow"}});
  const auto location = std::string{*get(page).headers.find("Location")};
  const auto code = form_value(*parse_form(location.substr(location.find('?') + 1)), "code").value_or("");
  const auto body =
      asked(with_client({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", "http://localhost/callback"}}));
  const auto jwt = read_jwt(string_member(body, "id_token"));
  ASSERT_TRUE(jwt);
  EXPECT_EQ(jwt->claims["nonce"], "n1");
  EXPECT_EQ(jwt->claims["sub"], body["id"]);
  EXPECT_EQ(body["scope"], "api openid");
}

TEST_F(Grants, OfTwoRefreshesAtOnceUnderRotationOneLosesEverything) {
  auto text = service_cloud_text();
  const std::string off = "\"rotateRefreshTokens\": false";
  text.replace(text.find(off), off.size(), "\"rotateRefreshTokens\": true");
  start(text);
  const auto first = parse_json(ask_token(options_.refresh_token).body).value();
  EXPECT_EQ(ask_token(options_.refresh_token).status, 400);
  EXPECT_EQ(status_with(string_member(first, "access_token")), 401) << "the family is revoked";
}

TEST(ApiVersions, AreThoseOfTheVendorsList) {
  EXPECT_EQ(version_list().front(), Json({{"label",
                                           "Summer \xE2\x80\x99"
                                           "14"},
                                          {"url", "/services/data/v31.0"},
                                          {"version", "31.0"}}));
  EXPECT_EQ(version_list().back(), Json({{"label",
                                          "Summer \xE2\x80\x99"
                                          "26"},
                                         {"url", "/services/data/v67.0"},
                                         {"version", "67.0"}}));
  for (std::size_t i = 0; i < api_versions().size(); ++i) EXPECT_EQ(api_versions()[i].number, 31 + static_cast<int>(i));
}

TEST_F(Grants, AGuessedVersionIsAnsweredAndMarked) {
  const auto answer = send("GET", "/services/data/v68.0/limits");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.find("Warning"), "299 - \"API version 68.0 is a guess of casewire\"");
  EXPECT_EQ(send("GET", "/services/data/v67.0/limits").headers.find("Warning"), std::nullopt);
  EXPECT_EQ(send("GET", "/services/data/v69.0/limits").status, 404);
}

}  // namespace
}  // namespace casewire::sim::salesforce
