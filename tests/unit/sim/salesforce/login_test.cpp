#include "base/text/crypto.hpp"
#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class Login : public ServiceCloud {
 protected:
  http::Response get(std::string target) { return org_->handle({.method = "GET", .target = std::move(target)}).response; }
  std::string authorize(const FormFields& more) {
    FormFields fields{{"response_type", "code"},
                      {"client_id", options_.client_id},
                      {"redirect_uri", "http://localhost:1717/callback"},
                      {"state", "s t"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return "/services/oauth2/authorize?" + form(fields);
  }
  std::string code_for(const std::string& challenge) {
    const auto response = get(authorize({{"decision", "allow"}, {"code_challenge", challenge}}));
    EXPECT_EQ(response.status, 302);
    const auto location = std::string{*response.headers.find("Location")};
    return form_value(*parse_form(location.substr(location.find('?') + 1)), "code").value_or("");
  }
  http::Response exchange(const std::string& code, const std::string& verifier) {
    return form_post("/services/oauth2/token", {{"grant_type", "authorization_code"},
                                                {"code", code},
                                                {"client_id", options_.client_id},
                                                {"client_secret", options_.client_secret},
                                                {"redirect_uri", "http://localhost:1717/callback"},
                                                {"code_verifier", verifier}});
  }
};

TEST_F(Login, ARefreshAnswersWithASignedIdentityAndNoExpiry) {
  const auto response = ask_token(options_.refresh_token);
  ASSERT_EQ(response.status, 200) << response.body;
  const auto body = parse_json(response.body).value();
  EXPECT_EQ(response.headers.find("Cache-Control"), "no-store");
  EXPECT_THAT(body["access_token"].get<std::string>(), MatchesRegex("00D[0-9A-Za-z]{12}![0-9A-Za-z._]+"));
  EXPECT_EQ(body["instance_url"], "http://salesforce.test");
  EXPECT_EQ(body["id"], "http://salesforce.test/id/00DCw0000000001MAA/" + org_->integration_user_id());
  EXPECT_EQ(body["issued_at"], "1767603600000");
  EXPECT_EQ(body["signature"],
            base64(hmac_sha256(options_.client_secret, body["id"].get<std::string>() + body["issued_at"].get<std::string>())));
  EXPECT_FALSE(body.contains("expires_in"));
  EXPECT_FALSE(body.contains("refresh_token"));
}

TEST_F(Login, RefusalsAreObjectsWithTwoMembers) {
  EXPECT_EQ(ask_token("other").body, R"({"error":"invalid_grant","error_description":"expired access/refresh token"})");
  EXPECT_EQ(form_post("/services/oauth2/token", {{"grant_type", "refresh_token"}, {"client_id", "x"}}).body,
            R"({"error":"invalid_client_id","error_description":"client identifier invalid"})");
  EXPECT_EQ(form_post("/services/oauth2/token",
                      {{"grant_type", "refresh_token"}, {"client_id", options_.client_id}, {"client_secret", "x"}})
                .body,
            R"({"error":"invalid_client","error_description":"invalid client credentials"})");
  EXPECT_EQ(form_post("/services/oauth2/token", {{"grant_type", "magic"}}).body,
            R"({"error":"unsupported_grant_type","error_description":"grant type not supported"})");
  EXPECT_EQ(get("/services/oauth2/token").body, R"({"error":"invalid_request","error_description":"must use HTTP POST"})");
}

// Captured: jsforce, issue 706; forrest, issue 145; ts-force, issue 17: what is no form by its header has no parameters.
TEST_F(Login, ABodyThatIsNotSaidToBeAFormIsNotRead) {
  const auto body = form({{"grant_type", "refresh_token"},
                          {"client_id", options_.client_id},
                          {"client_secret", options_.client_secret},
                          {"refresh_token", options_.refresh_token}});
  const auto ask = [&](http::Headers headers, const std::string& text) {
    return org_->handle({.method = "POST", .target = "/services/oauth2/token", .headers = std::move(headers), .body = text})
        .response;
  };
  const std::string refused = R"({"error":"unsupported_grant_type","error_description":"grant type not supported"})";
  EXPECT_EQ(ask({}, body).body, refused);
  EXPECT_EQ(ask({{"Content-Type", "text/plain"}}, body).body, refused);
  EXPECT_EQ(ask({{"Content-Type", "application/json"}}, R"({"grant_type":"refresh_token"})").body, refused);
  EXPECT_EQ(form_post("/services/oauth2/token", {{"client_id", options_.client_id}}).body, refused);
  EXPECT_EQ(ask({{"Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}}, body).status, 200);
}

TEST_F(Login, ASessionSlidesWhenUsedAfterHalfItsLife) {
  token();
  const auto status = [&] { return send("GET", "/services/data/v66.0/limits").status; };
  world_.advance_to(world_.now() + std::chrono::minutes{61});
  EXPECT_EQ(status(), 200);
  world_.advance_to(world_.now() + std::chrono::minutes{119});
  EXPECT_EQ(status(), 200);
  world_.advance_to(world_.now() + std::chrono::minutes{120});
  EXPECT_EQ(status(), 401);
}

TEST_F(Login, AnExpiredTokenAndABadHeaderHaveDifferentTexts) {
  token();
  org_->expire_access_tokens();
  const auto expired = send("GET", "/services/data/v66.0/limits");
  EXPECT_EQ(expired.status, 401);
  EXPECT_EQ(expired.body, R"([{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}])");
  const auto bad = send("GET", "/services/data/v66.0/limits", "", {{"Authorization", "Token x"}});
  EXPECT_EQ(bad.body, R"([{"errorCode":"INVALID_AUTH_HEADER","message":"INVALID_HEADER_TYPE"}])");
  EXPECT_EQ(get("/services/data/v66.0/limits").status, 401);
}

TEST_F(Login, AuthenticationComesBeforeTheRoute) { EXPECT_EQ(get("/services/data/v99.0/nothing").status, 401); }

TEST_F(Login, TheWebServerFlowWithPkceGivesARefreshToken) {
  const std::string verifier(64, 'v');
  const auto code = code_for(base64url(sha256(verifier)));
  const auto response = exchange(code, verifier);
  ASSERT_EQ(response.status, 200) << response.body;
  const auto refresh_token = string_member(parse_json(response.body).value(), "refresh_token");
  EXPECT_EQ(ask_token(refresh_token).status, 200);
  EXPECT_THAT(exchange(code, verifier).body, HasSubstr("invalid authorization code"));
}

TEST_F(Login, AWrongVerifierAndAStaleCodeAreRefused) {
  EXPECT_THAT(exchange(code_for(base64url(sha256("a"))), "b").body, HasSubstr("invalid_request"));
  const auto code = code_for("");
  world_.advance_to(world_.now() + std::chrono::minutes{15});
  EXPECT_THAT(exchange(code, "").body, HasSubstr("expired authorization code"));
}

TEST_F(Login, TheUserSeesAPageAndMayDeny) {
  const auto page = get(authorize({}));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("decision=allow"));
  const auto denied = get(authorize({{"decision", "deny"}}));
  EXPECT_THAT(std::string{*denied.headers.find("Location")}, HasSubstr("error=access_denied&error_description=end-user"));
  const auto stranger = get("/services/oauth2/authorize?response_type=code&client_id=" + percent_encoded(options_.client_id) +
                            "&redirect_uri=https%3A%2F%2Fevil.test");
  EXPECT_EQ(stranger.headers.find("Location"), std::nullopt);
  EXPECT_THAT(stranger.body, HasSubstr("redirect_uri_mismatch"));
}

TEST_F(Login, RevokingTheRefreshTokenEndsItsSessions) {
  token();
  EXPECT_EQ(form_post("/services/oauth2/revoke", {{"token", options_.refresh_token}}).status, 200);
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits").status, 401);
  EXPECT_EQ(ask_token(options_.refresh_token).status, 400);
  EXPECT_THAT(form_post("/services/oauth2/revoke", {{"token", "x"}}).body, HasSubstr("invalid_token"));
}

TEST_F(Login, AUsedRotatedTokenKillsTheFamily) {
  auto text = service_cloud_text();
  const std::string off = "\"rotateRefreshTokens\": false";
  text.replace(text.find(off), off.size(), "\"rotateRefreshTokens\": true");
  start(text);
  const auto second = string_member(parse_json(ask_token(options_.refresh_token).body).value(), "refresh_token");
  ASSERT_FALSE(second.empty());
  EXPECT_EQ(ask_token(options_.refresh_token).status, 400);
  EXPECT_EQ(ask_token(second).status, 400) << "reuse counts as theft";
}

TEST_F(Login, TheIdentityUrlSaysWhoThisIs) {
  const auto id = parse_json(ask_token(options_.refresh_token).body).value()["id"].get<std::string>();
  const auto path = id.substr(id.find("/id/"));
  const auto response = send("GET", path);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(parse_json(response.body).value()["user_id"], org_->integration_user_id());
  const auto bad = send("GET", path, "", {{"Authorization", "Bearer x"}});
  EXPECT_EQ(bad.status, 403);
  EXPECT_EQ(bad.body, "Bad_OAuth_Token");
}

TEST_F(Login, OnlyTheScopeThatWasAskedForIsGranted) {
  const auto answer = [&](const char* scope) {
    const auto response = get(authorize({{"decision", "allow"}, {"scope", scope}}));
    const auto location = std::string{*response.headers.find("Location")};
    const auto code = form_value(*parse_form(location.substr(location.find('?') + 1)), "code").value_or("");
    return code.empty() ? Json(location) : parse_json(exchange(code, "").body).value();
  };
  const auto api = answer("api");
  EXPECT_EQ(api["scope"], "api");
  EXPECT_FALSE(api.contains("refresh_token")) << "nobody asked for one";
  const auto both = answer("id offline_access api");
  EXPECT_EQ(both["scope"], "refresh_token api id");
  EXPECT_EQ(parse_json(ask_token(string_member(both, "refresh_token")).body).value()["scope"], "refresh_token api id");
  EXPECT_THAT(answer("api web").get<std::string>(), HasSubstr("error=invalid_scope"));
}

TEST_F(Login, TheAuthorizationPageMayBePostedTo) {
  const auto page =
      form_post("/services/oauth2/authorize",
                {{"response_type", "code"}, {"client_id", options_.client_id}, {"redirect_uri", "http://localhost/callback"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("redirect_uri=http%3A%2F%2Flocalhost%2Fcallback&amp;decision=allow"));
}

TEST_F(Login, WhatTheAuthorizationPageCannotDoIsSaid) {
  EXPECT_THAT(std::string{*get(authorize({{"immediate", "true"}})).headers.find("Location")},
              HasSubstr("error=immediate_unsuccessful"));
  const auto plain = get(authorize({{"decision", "allow"}, {"code_challenge", "x"}, {"code_challenge_method", "plain"}}));
  EXPECT_THAT(std::string{*plain.headers.find("Location")}, HasSubstr("error=invalid_request"));
  const auto page = "/services/oauth2/authorize?client_id=" + percent_encoded(options_.client_id);
  EXPECT_THAT(get(page + "&response_type=code").body, HasSubstr("redirect_uri_missing"));
  const auto hybrid = get(page + "&response_type=code%20id_token&redirect_uri=http%3A%2F%2Flocalhost%2Fcallback");
  EXPECT_EQ(hybrid.status, 501);
  EXPECT_THAT(org_->not_modelled(), testing::ElementsAre("the response type code id_token"));
}

TEST_F(Login, AMissingCodeOrTokenIsAMissingParameter) {
  EXPECT_EQ(exchange("", "").body, R"({"error":"invalid_request","error_description":"missing required parameter: code"})");
  EXPECT_EQ(form_post("/services/oauth2/revoke", {}).body,
            R"({"error":"invalid_request","error_description":"missing required parameter: token"})");
}

TEST_F(Login, AVerifierHasAtLeast43CharactersAndMayBeLong) {
  const std::string as_jsforce_sends(171, 'v');
  EXPECT_EQ(exchange(code_for(base64url(sha256(as_jsforce_sends))), as_jsforce_sends).status, 200);
  EXPECT_EQ(exchange(code_for(base64url(sha256("short"))), "short").status, 400);
}

TEST_F(Login, AnInactiveUserGetsNoToken) {
  call("PATCH", "/sobjects/User/" + org_->integration_user_id(), {{"IsActive", false}}, 204);
  EXPECT_EQ(ask_token(options_.refresh_token).body, R"({"error":"inactive_user","error_description":"user is inactive"})");
}

TEST_F(Login, TheIdentityTakesBothSchemesAndFillsInTheVersion) {
  const auto path = "/id/00DCw0000000001MAA/" + org_->integration_user_id();
  const auto body = parse_json(send("GET", path + "?version=latest", "", {{"Authorization", "OAuth " + token()}}).body).value();
  EXPECT_EQ(body["urls"]["rest"], "http://salesforce.test/services/data/v67.0/");
  EXPECT_EQ(body["urls"]["partner"], "http://salesforce.test/services/Soap/u/67.0/00DCw0000000001");
  EXPECT_EQ(body["mobile_phone"], nullptr);
  EXPECT_EQ(body["last_modified_date"], "2026-01-05T09:00:00Z");
}

TEST_F(Login, TheIdentityIsWrappedForAPageOfAnotherOrigin) {
  const auto path = "/id/00DCw0000000001MAA/" + org_->integration_user_id();
  const auto plain = send("GET", path);
  const auto wrapped = send("GET", path + "?callback=baz");
  EXPECT_EQ(wrapped.body, "baz(" + plain.body + ");");
  EXPECT_EQ(wrapped.headers.find("Content-Type"), "application/javascript");
}

TEST_F(Login, TheIdentityIsJsonAlone) {
  const auto path = "/id/00DCw0000000001MAA/" + org_->integration_user_id();
  const auto status = [&](const std::string& query, const std::string& accept) {
    return send("GET", path + query, "", {{"Authorization", "Bearer " + token()}, {"Accept", accept}}).status;
  };
  for (const auto* accept : {"*/*", "application/json", "application/json, application/xml", "text/html, */*"})
    EXPECT_EQ(status("", accept), 200) << accept;
  EXPECT_EQ(status("?format=json", "*/*"), 200);
  for (const auto* accept : {"application/xml", "application/xml, application/json", "application/x-www-form-urlencoded"})
    EXPECT_EQ(status("", accept), 501) << accept;
  for (const auto* format : {"xml", "jsonp", "urlencoded"})
    EXPECT_EQ(status(std::string{"?format="} + format, "*/*"), 501) << format;
}

}  // namespace
}  // namespace casewire::sim::salesforce
