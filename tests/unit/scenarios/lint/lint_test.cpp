#include "scenarios/lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text/encoding.hpp"
#include "scenarios/tape/har_entries.hpp"

namespace casewire::scenarios {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> problems(const std::vector<Diagnostic>& found) {
  std::vector<std::string> all;
  for (const Diagnostic& one : found) all.push_back(std::to_string(one.where.position.line) + ": " + one.problem);
  return all;
}

std::vector<std::string> in_text(std::string_view text, const LintPolicy& policy = {}) {
  return problems(lint_text(text, "x", policy));
}

// Put together here, or this file would be found itself.
const std::string kKey = std::string("ocx_") + "live_" + "Zk3Jd81LqPw0";
const std::string kToken = std::string("eyJhbG") + "ciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln";
const std::string kSession = std::string("00DQx000000Abcd") + "!AQ4AQFkfj39fk.kfjf03kfKFJ93k";

TEST(LintText, FindsSecretsByTheirShapeAndSaysNoneOfThem) {
  EXPECT_THAT(in_text("key: " + kKey), ElementsAre("1: this looks like a key of OpenCX"));
  EXPECT_THAT(in_text("\nAuthorization: Bearer " + kToken), ElementsAre("2: this looks like a JSON Web Token"));
  EXPECT_THAT(in_text("\"sid\": \"" + kSession + "\""), ElementsAre("1: this looks like a session id of Salesforce"));
  EXPECT_THAT(in_text(std::string("-----BEGIN ") + "PRIVATE KEY-----"), ElementsAre("1: this looks like a private key"));
  for (const Diagnostic& found : lint_text(kKey + " " + kToken, "x", {})) {
    EXPECT_EQ(render(found).find(kKey.substr(9)), std::string::npos);
    EXPECT_EQ(render(found).find(kToken.substr(12)), std::string::npos);
  }
}

TEST(LintText, LetsPseudonymsAndWordsPass) {
  EXPECT_THAT(in_text("client_secret=casewire-masked-1&id=00DQx000000AbcdIAX ocx_live_casewire"), IsEmpty());
  EXPECT_THAT(in_text(kKey, {.strings = {kKey}}), IsEmpty());
}

TEST(LintText, FindsAddressesThatAreNotReservedForExamples) {
  EXPECT_THAT(in_text("from dana@example.test, eli@shop.example, a@b.example.com, <x@y.localhost>"), IsEmpty());
  EXPECT_THAT(in_text("<mira.l@lindholm.se>."), ElementsAre(HasSubstr("lindholm.se is not reserved for examples")));
  EXPECT_THAT(in_text("mira@lindholm.se", {.domains = {"lindholm.se"}}), IsEmpty());
  EXPECT_THAT(in_text("@promise:takeover user@host 3@4.5 x@y.z1"), IsEmpty()) << "tags, names without a domain, numbers";
}

TEST(LintText, R19ReadsWhatIsEscapedOrEncoded) {
  const std::string address = "mira@lindholm.se", se = "lindholm.se is not reserved for examples";
  for (const std::string& text :
       {std::string("mira%40lindholm.se"), std::string(R"({"a":"mira\u0040lindholm.se"})"),
        std::string(R"({"a":"to:\nmira@lindholm.se"})"), std::string("mira&#64;lindholm.se"), std::string("mira=40lindholm=2Ese"),
        base64("from " + address + " today"), base64(base64("from " + address + " today"))}) {
    EXPECT_THAT(in_text("x\n" + text), ElementsAre(AllOf(HasSubstr("2: "), HasSubstr(se)))) << text;
  }
  EXPECT_THAT(in_text("\"text\": \"" + base64("{\"key\":\"" + kKey + "\"}") + "\", \"encoding\": \"base64\""),
              ElementsAre(HasSubstr("this looks like a key of OpenCX, in base64")));
  EXPECT_THAT(in_text("eli@k\u00fcche.de, a@b.xn--p1ai"), testing::SizeIs(2)) << "domains of other alphabets";
  EXPECT_THAT(in_text("x@y.example, dana%40acme.test"), IsEmpty());
}

TEST(LintText, R19KnowsKeysOfOtherVendors) {
  const std::string more = "Zk3Jd81LqPw0Xv7Bn2Mt5Rc9Hy4Gf6Ds8Aw1";
  for (const std::string& secret :
       {"gh" + std::string("p_") + more, "xo" + std::string("xb-") + more, "sk_" + std::string("live_") + more,
        "AI" + std::string("za") + more, "sk" + std::string("-") + more, "Basic " + base64("dana:pw" + more),
        "https://dana:" + more + "@x.test/"}) {
    EXPECT_THAT(in_text("x " + secret + " y"), ElementsAre(HasSubstr("1: this looks like a"))) << secret;
  }
  EXPECT_THAT(in_text("task-force-of-twenty-people sk-some-long-name-of-a-css-class Basic knowledge https://x.test/a@b"),
              IsEmpty());
}

TEST(LintText, R19FindsWhatStandsBehindTheNameOfASecret) {
  // Put together here too.
  const std::string name =
                        "pass"
                        "word",
                    key =
                        "api"
                        "_key",
                    token =
                        "tok"
                        "en",
                    value = "Zk3Jd81LqPw0";
  for (const std::string& text :
       {name + "=" + value, name + ": " + value, "db." + name + " = '" + value + "'", "  \"" + key + "\": \"" + value + "\",",
        token + ": " + value, "export MY_" + key + "=" + value, "SF_" + token + "=\"" + value + "\"", name + "=wintermorning",
        "x[\"" + name + "\"] = \"" + value + "\"", name + " := `" + value + "`", R"({\")" + name + R"(\":\")" + value + R"(\"})",
        "?access_" + token + "=" + value + "&x=1", "client-" + name + "=" + value}) {
    EXPECT_THAT(in_text("x\n" + text), ElementsAre(HasSubstr("2: this looks like a"))) << text;
  }
  for (const std::string& text :
       {name + ": required when the user signs in", token + "=$TOKEN", name + ": ${{ secrets.X1y2z3 }}", name + "=changeme",
        key + ": <your key 1>", token + " == value12345", "the " + token + ": a word of 3 meanings", name + "=********",
        std::string("session_id: 741cb601-0f3d-429b-b549-b50ad2ce4e69"), name + ": {file: /run/x1}",
        "auto " + token + " = made_of(12345);", "next_page_" + token + "=" + value, token + "=casewire-masked-12",
        "code: " + value, name + ": short"}) {
    EXPECT_THAT(in_text(text), IsEmpty()) << text;
  }
  EXPECT_THAT(in_text(name + "=" + value, {.strings = {value}}), IsEmpty());
}

TEST(LintBytes, R19ReadsTextsInOtherCodingsAndWhatIsPacked) {
  const std::string latin =
      "Gr\xfc\xdf"
      "e " +
      kKey;
  std::string utf16 = "\xff\xfe";
  for (const char c : "x " + kKey) utf16 += {c, '\0'};
  for (const std::string& bytes : {latin, utf16})
    EXPECT_THAT(problems(lint_bytes(bytes, "x", {}, {}).found), ElementsAre("1: this looks like a key of OpenCX"));
  const LintedBytes picture = lint_bytes(std::string("\x89PNG\0\xff", 6), "x.png", {}, {});
  EXPECT_THAT(picture.unread, ElementsAre("x.png"));
  EXPECT_THAT(picture.found, IsEmpty());
  EXPECT_THAT(problems(lint_bytes("PK\x03\x04 and no more", "x.zip", {}, {}).found), testing::SizeIs(1)) << "damaged";
  // `key: KEY` as gzip writes it without compression.
  const std::string text = "k " + kKey;
  std::string gzip("\x1f\x8b\x08\0\0\0\0\0\0\x03\x01", 11);
  gzip += {static_cast<char>(text.size()), '\0', static_cast<char>(~text.size()), '\xff'};
  gzip += text + std::string("\0\0\0\0", 4) + std::string{static_cast<char>(text.size()), '\0', '\0', '\0'};
  EXPECT_THAT(lint_bytes(gzip, "x.txt.gz", {}, {}).unread, IsEmpty());
  EXPECT_THAT(lint_bytes(gzip, "x.txt.gz", {}, {}).found, testing::SizeIs(1));
}

TEST(LintFeature, R19FindsNamesThatStandTwiceAndFixturesThatAreNotThere) {
  const std::string text =
      "Feature: F\n\n  Scenario: One\n    Given the recording \"handoff.har\"\n\n  Scenario: One\n    Given the recording "
      "\"gone.har\"\n    And the org \"<org>\"\n    # the org \"none\"\n";
  EXPECT_THAT(problems(lint_feature(text, "x.feature", CASEWIRE_SOURCE_DIR "/fixtures")),
              ElementsAre("6: the scenario of line 3 has this name too", HasSubstr("7: there is no recordings/gone.har in ")));
  EXPECT_THAT(problems(lint_feature(text, "x.feature", "")), ElementsAre("6: the scenario of line 3 has this name too"));
}

std::string har(const std::string& entries) {
  return R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [)" + entries + "]}}";
}
const char* const kQuery = R"({"startedDateTime": "2026-01-05T09:00:00.000Z", "time": 1, "request": {"method": "GET",
  "url": "https://acme.my.salesforce.com/services/data/v52.0/query?q=x", "headers": []},
  "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", "text": "{}"}}})";
const char* const kEmptyPost = R"({"startedDateTime": "2026-01-05T09:00:00.000Z", "time": 1, "request": {"method": "POST",
  "url": "https://api.open.cx/chat/sessions/s/send", "headers": [{"name": "Content-Type", "value": "application/json"}]},
  "response": {"status": 201, "headers": [], "content": {"mimeType": "application/json", "text": "{}"}}})";

std::vector<std::string> in_recording(const std::string& text, const LintPolicy& policy, int day) {
  const WallTime today = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + std::chrono::days(day);
  return problems(lint_recording([&] { return stream_over(text); }, "x.har", policy, today));
}

TEST(LintRecording, KnowsItsAgeAndItsApi) {
  const LintPolicy policy{.days_max = 30, .api_version_min = 60};
  EXPECT_THAT(in_recording(har(kQuery), {}, 4000), IsEmpty());
  EXPECT_THAT(in_recording(har(kQuery), {.days_max = 30}, 30), IsEmpty());
  EXPECT_THAT(in_recording(har(kQuery), policy, 32), ElementsAre(HasSubstr("is 31 days old"), HasSubstr("speaks v52.0")));
}

// A credential of no known shape: a recording has its name and its value apart.
TEST(LintRecording, R19FindsSecretsByTheHeaderThatTheyStandIn) {
  const auto with = [](const std::string& name, const std::string& value) {
    std::string entry = kQuery;
    const std::string none = "\"headers\": []";
    entry.replace(entry.find(none), none.size(), R"("headers": [{"name": ")" + name + R"(", "value": ")" + value + R"("}])");
    return in_recording(har(entry), {}, 0);
  };
  const std::string opaque = "Zk3Jd81LqPw0Xv7Bn2";
  EXPECT_THAT(with("Authorization", "Bearer " + opaque),
              ElementsAre(HasSubstr("entry 1: the header Authorization holds a secret")));
  EXPECT_THAT(with("X-Api-Key", opaque), ElementsAre(HasSubstr("the header X-Api-Key holds a secret")));
  EXPECT_THAT(with("Cookie", "sid=" + opaque), ElementsAre(HasSubstr("the header Cookie holds a secret")));
  EXPECT_THAT(with("Authorization", "Bearer casewire-masked-3"), IsEmpty());
  EXPECT_THAT(with("X-Request-Id", opaque), IsEmpty());
}

TEST(LintRecording, FindsWhatReplayWouldTakeForAnything) {
  EXPECT_THAT(in_recording(har(kEmptyPost), {}, 0),
              ElementsAre(HasSubstr("entry 1: this POST says what its body is and has none")));
  EXPECT_THAT(in_recording(har(""), {}, 0), ElementsAre(HasSubstr("the recording is empty")));
  EXPECT_THAT(in_recording("{", {}, 0), testing::SizeIs(1));
}

TEST(LintFixtures, FindsThoseThatNobodyNames) {
  const std::string root = std::string(CASEWIRE_SOURCE_DIR) + "/fixtures";
  std::string all;
  for (const Diagnostic& found : lint_fixtures(root, "with the file \"invoice.pdf\" | plain.eml |", {}))
    all += found.where.file + "\n";
  EXPECT_THAT(all, HasSubstr("fixtures/files/label.png\n"));
  EXPECT_EQ(all.find("invoice.pdf"), std::string::npos);
  EXPECT_EQ(all.find("plain.eml"), std::string::npos);
  EXPECT_EQ(all.find("orgs/service-cloud"), std::string::npos) << "the org of a scenario that names none";
  all.clear();
  for (const Diagnostic& found : lint_fixtures(root, "", {.unused = {"files/label.png"}})) all += found.where.file + "\n";
  EXPECT_EQ(all.find("label.png"), std::string::npos);
}

TEST(LintPolicy, SaysWhatItDoesNotKnow) {
  EXPECT_TRUE(read_lint_policy(R"({"domains": ["acme.se"], "days_max": 30})", "p"));
  EXPECT_THAT(render(read_lint_policy(R"({"domain": []})", "p").error()), HasSubstr("a policy has no member \"domain\""));
  EXPECT_THAT(render(read_lint_policy(R"({"days_max": "x"})", "p").error()), HasSubstr("\"days_max\" is a number"));
  EXPECT_THAT(render(read_lint_policy("[]", "p").error()), HasSubstr("a policy is an object"));
}

}  // namespace
}  // namespace casewire::scenarios
