#include "base/recording/pseudonyms.hpp"

#include <gtest/gtest.h>

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
