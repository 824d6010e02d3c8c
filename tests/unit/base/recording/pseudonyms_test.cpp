#include "base/recording/pseudonyms.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/text/encoding.hpp"

namespace casewire::recording {
namespace {

Exchange shown(const std::string& secret) {
  return {.from = "bridge",
          .to = "opencx",
          .request = {.method = "GET", .target = "https://api.acme.test/x", .headers = {{"Authorization", "Bearer " + secret}}}};
}

TEST(Pseudonyms, OfOneSecretAreOneInEverySpelling) {
  const std::string secret = "a+key/with \"signs\"";
  Pseudonyms pseudonyms;
  pseudonyms.learn(shown(secret));
  for (const std::string& text : {secret, percent_encoded(secret), std::string("a+key/with \\\"signs\\\"")})
    EXPECT_EQ(pseudonyms.masked("<" + text + ">"), "<casewire-masked-1>") << text;
  const Exchange masked = pseudonyms.masked(shown(secret));
  EXPECT_EQ(masked.request.headers.find("authorization"), "Bearer casewire-masked-1");
  EXPECT_EQ(masked.request.target, "/x");
  EXPECT_EQ(pseudonyms.masked("see https://api.acme.test/y"), "see http://opencx.test/y");
}

Exchange endpoint(const std::string& url) {
  return {.from = "bridge",
          .to = "salesforce",
          .request = {.method = "GET", .target = "/services/data/v66.0/tooling/query"},
          .response = {.status = 200, .body = R"({"records":[{"Endpoint":")" + url + R"("}]})"}};
}

TEST(Pseudonyms, CoverTheSecretOfAWebhooksUrlWhereverItIsToldFirst) {
  for (const char* url :
       {"https://casewire.acme.test/hooks/salesforce/a-secret-1182", R"(https:\/\/x.test\/hooks\/salesforce\/a-secret-1182)",
        "https://x.test/?to=%2Fhooks%2Fopencx%2Fa-secret-1182"}) {
    Pseudonyms pseudonyms;
    pseudonyms.learn(endpoint(url));
    EXPECT_EQ(pseudonyms.masked("a-secret-1182"), "casewire-masked-1") << url;
  }
}

TEST(Pseudonyms, TakeNoNameOfASystemForASecret) {
  Pseudonyms pseudonyms;
  pseudonyms.learn({.from = "opencx", .to = "bridge", .request = {.method = "POST", .target = "/hooks/opencx"}});
  EXPECT_EQ(pseudonyms.masked("Case_From__c=opencx"), "Case_From__c=opencx");
  pseudonyms.learn({.from = "opencx", .to = "bridge", .request = {.method = "POST", .target = "/hooks/another/secret-of-it"}});
  EXPECT_EQ(pseudonyms.masked("secret-of-it"), "casewire-masked-1");
}

const std::string kPlanted = "Tq7vB2mXw9LkR4dYz6HnC3pJ";

struct Planted {
  const char* name;
  Exchange exchange;
};
Exchange asked(const std::string& target, http::Headers headers = {}, const std::string& body = {}) {
  return {.from = "x",
          .to = "salesforce",
          .request = {.method = "POST", .target = target, .headers = std::move(headers), .body = body}};
}
Exchange answered(const std::string& body, http::Headers headers = {}) {
  return {.from = "x",
          .to = "opencx",
          .request = {.method = "GET", .target = "/x"},
          .response = {.status = 200, .headers = std::move(headers), .body = body}};
}
std::vector<Planted> all_planted() {
  const http::Headers form{{"Content-Type", "application/x-www-form-urlencoded"}};
  const std::string& s = kPlanted;
  return {
      {"a referer", asked("/x", {{"Referer", "https://acme.my.salesforce.com/x?sid=" + s}})},
      {"a redirect", answered("", {{"Location", "https://acme.my.salesforce.com/secur/frontdoor.jsp?sid=" + s + "&retURL=/x"}})},
      {"a one-time password", asked("/secur/frontdoor.jsp?otp=" + s)},
      {"a fragment", asked("/x#access_token=" + s)},
      {"a signed URL of AWS", asked("/files/1?X-Amz-Signature=" + s)},
      {"a signed URL of Azure", asked("/files/1?sv=2020&sig=" + s)},
      {"a link in a text", answered(R"({"text":"see https://x.test/a?b=1\u0026c=2&token=)" + s + R"( now"})")},
      {"X-CSRF-Token", asked("/x", {{"X-CSRF-Token", s}})},
      {"X-Auth", asked("/x", {{"X-Auth", s}})},
      {"X-SFDC-Session", asked("/x", {{"X-SFDC-Session", s}})},
      {"a login page's password", asked("/x", form, "un=a&pw=" + s)},
      {"SAML", asked("/x", form, "SAMLResponse=" + s)},
      {"Aura", asked("/x", form, "message=x&aura.token=" + s)},
      {"camel case, nested", asked("/x", {}, R"({"a":[{"clientSecret":")" + s + R"("}]})")},
      {"a private key", asked("/x", {}, R"({"private_key": ")" + s + R"("})")},
      {"a signing key", asked("/x", {}, R"({"signingKey": ")" + s + R"("})")},
      {"a webhook's secret", answered(R"({"webhook_secret": ")" + s + R"("})")},
      {"a session", answered(R"({"sessionId": ")" + s + R"("})")},
      {"JSON in JSON", asked("/x", {}, R"({"x": "{\"access_token\": \")" + s + R"(\"}"})")},
      {"SOAP", answered("<soap><sessionId>" + s + "</sessionId></soap>")},
      {"SOAP with a prefix", asked("/x", {}, "<s:Header><urn:sessionId>" + s + "</urn:sessionId></s:Header>")},
      {"a password in SOAP", asked("/x", {}, "<n1:login><n1:password>" + s + "</n1:password></n1:login>")},
      {"a hidden field", answered("<input type=\"hidden\" name=\"_CONFIRMATIONTOKEN\" value=\"" + s + "\">")},
      {"a session id in a script", answered("window.a=\"00D5g000004pQxZ!" + s + "\";")},
      {"by its shape", answered(R"({"x": "whsec_)" + s + R"("})")},
      {"by another shape", answered(R"({"x": "sk-)" + s + R"("})")},
      {"a password in a URL", answered("see https://dana:" + s + "@x.test/")}};
}

TEST(Pseudonyms, StandForWhateverIsCalledASecretOrLooksLikeOne) {
  for (const auto& [name, exchange] : all_planted()) {
    Pseudonyms pseudonyms;
    pseudonyms.learn(exchange);
    const Exchange masked = pseudonyms.masked(exchange);
    std::string all = masked.request.target + masked.request.body + masked.response.body;
    for (const http::Headers* headers : {&masked.request.headers, &masked.response.headers})
      for (const http::Header& header : *headers) all += header.value;
    EXPECT_EQ(all.find(kPlanted), std::string::npos) << name << ": " << all;
    EXPECT_NE(all.find("casewire-masked-1"), std::string::npos) << name << ": " << all;
  }
}

TEST(Pseudonyms, StandForNothingThatOnlySoundsSo) {
  Pseudonyms pseudonyms;
  const std::string body =
      R"({"session_id":"741cb601-0f3d-429b-b549-b50ad2ce4e69","nextPageToken":"page-token-2","code":"ORDER-1182","emailSignature":"Best regards","tokens":"11820"})";
  pseudonyms.learn(answered(body));
  EXPECT_EQ(pseudonyms.masked(body), body);
}

TEST(Pseudonyms, AreWrittenInTheSpellingOfTheSecret) {
  Pseudonyms pseudonyms;
  pseudonyms.learn_secret("key 1182!");
  const auto each = [](std::string_view text, const char* mark) {
    std::string all;
    for (const char c : text) all += mark + hex(std::string(1, c));
    return all;
  };
  const std::string by = "casewire-masked-1";
  EXPECT_EQ(pseudonyms.masked("?k=" + each("key 1182!", "%") + "&x=1"), "?k=" + each(by, "%") + "&x=1");
  EXPECT_EQ(pseudonyms.masked(each("key 1182!", "\\u00")), each(by, "\\u00"));
  EXPECT_EQ(pseudonyms.masked("?k=key%201182%21"), "?k=" + by) << "what needs no escape has none";
  EXPECT_EQ(pseudonyms.masked("see " + base64("my key 1182! is it")), "see " + base64("my " + by + " is it"));
  EXPECT_EQ(pseudonyms.masked(base64(base64("a key 1182! twice"))), base64(base64("a " + by + " twice")));
  EXPECT_EQ(pseudonyms.masked("?s=" + percent_encoded(base64("a key 1182!?>?>"))),
            "?s=" + percent_encoded(base64("a " + by + "?>?>")));
  EXPECT_EQ(pseudonyms.masked(hex("the key 1182! here")), hex("the " + by + " here"));
}

TEST(Pseudonyms, OfTheHostsOfARunAreInTheirSpellingToo) {
  Pseudonyms pseudonyms;
  pseudonyms.learn(shown("secret"));
  EXPECT_EQ(pseudonyms.masked("?back=https%3A%2F%2Fapi.acme.test%2Fx"), "?back=http%3A%2F%2Fopencx.test%2Fx");
  EXPECT_EQ(pseudonyms.masked(R"("https:\/\/api.acme.test\/x")"), R"("http:\/\/opencx.test\/x")");
}

TEST(Pseudonyms, ASecretThatLooksEscapedIsFoundAsItIs) {
  Pseudonyms pseudonyms;
  pseudonyms.learn_secret("a%41b&amp;c");
  EXPECT_EQ(pseudonyms.masked("<a%41b&amp;c>"), "<casewire-masked-1>");
}

TEST(Pseudonyms, ASecretThatIsPartOfAnotherDoesNotBreakItUp) {
  Pseudonyms pseudonyms;
  for (const char* secret : {"secret-1", "secret-1-and-more", "short"}) pseudonyms.learn_secret(secret);
  EXPECT_EQ(pseudonyms.masked("secret-1-and-more secret-1 secret- short"), "casewire-masked-2 casewire-masked-1 secret- short");
}

Exchange answered(Exchange exchange, std::string body) {
  exchange.response = {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
  return exchange;
}

TEST(Pseudonyms, ARequestThatWasMaskedWhenItBeganStandsAsItIs) {
  Pseudonyms pseudonyms;
  const Exchange begins = shown("secret-key");
  Masked begun = pseudonyms.learned_and_masked(begins, nullptr);
  EXPECT_EQ(begun.exchange.request.headers.find("authorization"), "Bearer casewire-masked-1");
  begun.exchange.request.body = "what was made of it beside that";
  const Masked ended = pseudonyms.learned_and_masked(answered(begins, R"({"key":"secret-key"})"), &begun);
  EXPECT_EQ(ended.exchange.request.body, begun.exchange.request.body);
  EXPECT_EQ(ended.exchange.response.body, R"({"key":"casewire-masked-1"})");
  EXPECT_EQ(ended.known, begun.known);
}

TEST(Pseudonyms, ARequestIsMaskedAnewWhenMoreIsKnownAtItsEnd) {
  Pseudonyms pseudonyms;
  Exchange begins = shown("secret-key");
  begins.request.body = "told-too-early";
  const Masked begun = pseudonyms.learned_and_masked(begins, nullptr);
  const Masked ended = pseudonyms.learned_and_masked(answered(begins, R"({"Access_Token" : "told-too-early"})"), &begun);
  EXPECT_GT(ended.known, begun.known);
  EXPECT_EQ(ended.exchange.request.body, "casewire-masked-2");
  EXPECT_EQ(ended.exchange.request.target, "/x");
}

TEST(Pseudonyms, ASecretIsKnownByAMemberThatIsEscapedToo) {
  Pseudonyms pseudonyms;
  pseudonyms.learn(answered(shown("secret-key"), R"({"access\u005ftoken":"hidden-one"})"));
  EXPECT_EQ(pseudonyms.masked("hidden-one"), "casewire-masked-2");
}

TEST(Pseudonyms, ThousandsOfSecretsCostNoMoreThanOne) {
  Pseudonyms pseudonyms;
  for (int i = 0; i < 3'000; ++i) pseudonyms.learn_secret("v1,signature-" + std::to_string(i));
  EXPECT_EQ(pseudonyms.masked("v1,signature-2999 v1,signature"), "casewire-masked-3000 v1,signature");
}

}  // namespace
}  // namespace casewire::recording
