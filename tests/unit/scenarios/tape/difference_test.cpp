#include "scenarios/tape/difference.hpp"

#include <ostream>

#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

http::Request post(const std::string& body, const std::string& target = "/x?a=1&b=2") {
  return {.method = "POST", .target = target, .headers = {{"Content-Type", "application/json"}}, .body = body};
}

std::string all_of(const http::Request& recorded, const http::Request& made, Bindings&& bindings = Bindings()) {
  std::string text;
  for (const Difference& difference : differences(recorded, made, bindings)) {
    text += difference.pointer + " " + difference.recorded + " " + difference.made + "\n";
  }
  return text;
}

TEST(Difference, MembersAndParametersMayComeInAnyOrder) {
  EXPECT_EQ(all_of(post(R"({"a":1,"b":[true,null]})"), post(R"({ "b": [true, null], "a": 1 })", "/x?b=2&a=1")), "");
}

TEST(Difference, NamesEachFieldByItsPointer) {
  EXPECT_EQ(all_of(post(R"({"a":{"b/c":[1,2]},"d":"x","e":1})"), post(R"({"a":{"b/c":[1,3,4]},"d":5,"f":2})", "/x?a=2")),
            "/query/a \"1\" \"2\"\n/query/b \"2\" nothing\n/body/a/b~1c/1 2 3\n/body/a/b~1c/2 nothing 4\n/body/d \"x\" 5\n"
            "/body/e 1 nothing\n/body/f nothing 2\n");
}

TEST(Difference, R16ANameThatIsNoVendorsIsDisguisedInARedactedTapeToo) {
  http::Request recorded = post(R"({"Qpxabc":{"Rty":true,"Sfg":1},"Subject":"Zxc"})", "/x?Lmn=1&b=2");
  http::Request made = post(R"({"Maiden":{"Hut":1,"Bar":true},"Subject":"Foo"})", "/x?Pet=1&b=2");
  recorded.headers.add("X-Qpxabc", "1");
  made.headers.add("X-Maiden", "1");
  Bindings redacted;
  redacted.expect_disguises();
  EXPECT_EQ(all_of(recorded, made, std::move(redacted)), "");
  EXPECT_NE(all_of(recorded, made), "");
  Bindings other;
  other.expect_disguises();
  made.body = R"({"Maiden":{"Hut":1,"Bar":true},"Subject":"Foo","More":1})";
  EXPECT_EQ(all_of(recorded, made, std::move(other)), "/body/More nothing 1\n");
}

TEST(Difference, AnUnknownHeaderIsADifference) {
  http::Request made = post("{}");
  made.headers.add("Sforce-Query-Options", "batchSize=200");
  EXPECT_EQ(all_of(post("{}"), made), "/headers/sforce-query-options nothing \"batchSize=200\"\n");
}

/// R10, R12: what is only spelled otherwise, and what is said otherwise.
struct Pair {
  const char* name;
  const char* type;
  const char* recorded;
  const char* made;
  const char* differences;  ///< empty: they mean the same
  const char* made_type = nullptr;
};
void PrintTo(const Pair& row, std::ostream* out) { *out << row.name; }

class Meaning : public testing::TestWithParam<Pair> {};

TEST_P(Meaning, R10IsComparedAndNotItsSpelling) {
  http::Request recorded = post(GetParam().recorded), made = post(GetParam().made);
  recorded.headers.set("Content-Type", GetParam().type);
  made.headers.set("Content-Type", GetParam().made_type != nullptr ? GetParam().made_type : GetParam().type);
  EXPECT_EQ(all_of(recorded, made), GetParam().differences);
}

INSTANTIATE_TEST_SUITE_P(
    , Meaning,
    testing::ValuesIn(std::vector<Pair>{
        {"Iso8601", "application/json", R"({"at":"2026-01-05T09:00:00.000Z"})", R"({"at":"2027-02-03T04:05:06+01:00"})", ""},
        {"Rfc5322", "application/json", R"({"at":"Mon, 05 Jan 2026 09:00:00 +0000"})", R"({"at":"Tue, 6 Jan 2026 10:00:00 GMT"})",
         ""},
        {"BlankForT", "application/json", R"({"at":"2026-01-05 09:00:00"})", R"({"at":"2026-01-05 09:00:01"})", ""},
        {"EpochSeconds", "application/json", R"({"at":1767603600})", R"({"at":1767603601})", ""},
        {"EpochMillisecondsAsText", "application/json", R"({"at":"1767603600000"})", R"({"at":"1767603601000"})", ""},
        {"ATimeIsNoWord", "application/json", R"({"at":"2026-01-05T09:00:00Z"})", R"({"at":"today"})",
         "/body/at \"2026-01-05T09:00:00Z\" \"today\"\n"},
        {"ADayIsMeant", "application/json", R"({"at":"2026-01-05"})", R"({"at":"2026-01-06"})",
         "/body/at \"2026-01-05\" \"2026-01-06\"\n"},
        {"ATelephoneNumberIsMeant", "application/json", R"({"p":"2125550123"})", R"({"p":"2125550124"})",
         "/body/p \"2125550123\" \"2125550124\"\n"},
        {"Uuid", "application/json", R"({"s":"741cb601-0f3d-429b-b549-b50ad2ce4e69#1"})",
         R"({"s":"a53c983a-c0b3-4303-a8f6-37939d413790#1"})", ""},
        {"UuidWithinAWordThatIsMeant", "application/json", R"({"s":"741cb601-0f3d-429b-b549-b50ad2ce4e69#1"})",
         R"({"s":"a53c983a-c0b3-4303-a8f6-37939d413790#2"})",
         "/body/s \"741cb601-0f3d-429b-b549-b50ad2ce4e69#1\" \"a53c983a-c0b3-4303-a8f6-37939d413790#2\"\n"},
        {"RecordIdsAgreeEverywhere", "application/json", R"({"a":"500Cw0000000001IAA","b":"500Cw0000000001IAA"})",
         R"({"a":"500Cw0000000002IAA","b":"500Cw0000000003IAA"})", "/body/b \"500Cw0000000001IAA\" \"500Cw0000000003IAA\"\n"},
        {"TwoRecordsDoNotBecomeOne", "application/json", R"({"a":"500Cw0000000001IAA","b":"500Cw0000000004IAA"})",
         R"({"a":"500Cw0000000002IAA","b":"500Cw0000000002IAA"})", "/body/b \"500Cw0000000004IAA\" \"500Cw0000000002IAA\"\n"},
        {"WordsAreMeant", "application/json", R"({"a":"We will refund it"})", R"({"a":"We will refund It"})",
         "/body/a \"We will refund it\" \"We will refund It\"\n"},
        {"BytesOfAFileAreMeant", "application/json", R"({"VersionData":"aGVsbG8gd29ybGQxMjM0"})",
         R"({"VersionData":"aGVsbG8gd29ybGQxMjM1"})", "/body/VersionData \"aGVsbG8gd29ybGQxMjM0\" \"aGVsbG8gd29ybGQxMjM1\"\n"},
        {"CharsetUtf8GoesWithoutSaying", "application/json", "{}", "{}", "", "Application/JSON; charset=UTF-8"},
        {"AnotherCharsetDoesNot", "text/plain", "x", "x", "/headers/content-type \"text/plain\" \"text/plain; charset=latin1\"\n",
         "text/plain; charset=latin1"},
        {"AnotherMediaType", "application/json", "{}", "{}", "/headers/content-type \"application/json\" \"text/json\"\n",
         "text/json"},
        {"FormFieldsInAnyOrder", "application/x-www-form-urlencoded", "a=1&b=x%20y", "b=x+y&a=1", ""},
        {"FormFieldIsMeant", "application/x-www-form-urlencoded", "a=1", "a=2", "/body/a \"1\" \"2\"\n"},
        {"MultipartWithAnotherBoundary", "multipart/form-data; boundary=one",
         "--one\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n"
         "--two\r\n\r\n--one--\r\n",
         "--x--\r\nContent-Type: application/octet-stream\r\ncontent-disposition: form-data; filename=a.bin; name=f\r\n\r\n"
         "--two\r\n\r\n--x----\r\n",
         "", "multipart/form-data; boundary=\"x--\""},
        {"BytesOfAPartAreMeant", "multipart/form-data; boundary=one",
         "--one\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nabc\r\n--one--\r\n",
         "--one\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nabd\r\n--one--\r\n", "/body/f/body \"abc\" \"abd\"\n"},
        {"JsonWithinAPart", "multipart/form-data; boundary=one",
         "--one\r\nContent-Disposition: form-data; name=\"e\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1,\"b\":2}\r\n--one--\r\n",
         "--one\r\nContent-Disposition: form-data; name=\"e\"\r\nContent-Type: application/json\r\n\r\n{\"b\":2, \"a\":3}\r\n--one--\r\n",
         "/body/e/body/a 1 3\n"},
        {"SoqlByTokens", "application/json", R"({"url":"/services/data/v66.0/query?q=SELECT+Id,Subject+FROM+Case+WHERE+Id='x'"})",
         R"({"url":"/services/data/v66.0/query?q=select%20Id%2C%0A%20subject%20FROM%20Case%20where%20Id%20%3D%20'x'"})", ""},
        {"SoqlLiteralIsMeant", "application/json", R"({"url":"/query?q=SELECT+Id+FROM+Case+WHERE+Subject='a++b'"})",
         R"({"url":"/query?q=SELECT+Id+FROM+Case+WHERE+Subject='a+b'"})", "/body/url/query/q \"'a  b'\" \"'a b'\"\n"},
        {"SoqlOperatorIsMeant", "application/json", R"({"url":"/query?q=SELECT+Id+FROM+Case+WHERE+A>=2026-01-05T09:00:00Z"})",
         R"({"url":"/query?q=SELECT+Id+FROM+Case+WHERE+A>2026-01-06T09:00:00Z"})",
         "/body/url/query/q \">= 2026-01-05T09:00:00Z\" \"> 2026-01-06T09:00:00Z\"\n"},
        {"XmlByElements", "text/xml", "<?xml version='1.0'?><a x='1' y=\"2\"><b>t &amp; u</b><c/></a>",
         "<a y='2'  x='1'>\n  <b>t &#38; u</b>\n  <!-- c --><c></c>\n</a>", ""},
        {"XmlTextIsMeant", "text/xml", "<a><b>1</b></a>", "<a><b>2</b></a>", "/body/a/b \"1 </> </>\" \"2 </> </>\"\n"},
        {"TextIsMeantToTheByte", "text/plain", "plain", "plane", "/body \"plain\" \"plane\"\n"},
        {"NoBody", "application/json", "{}", "", "/body \"{}\" \"\"\n"}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Difference, TracesOfForeignBridgesAreNotCompared) {
  http::Request recorded = post("{}");
  http::Request made = post("{}");
  recorded.headers.add("Authorization", "Bearer casewire-masked-1");
  made.headers.add("Authorization", "bearer other");
  for (const char* name :
       {"traceparent", "Host", "X-B3-TraceId", "X-Amzn-Trace-Id", "sentry-trace", "baggage", "X-Request-Id", "X-Correlation-ID",
        ":authority", "sec-fetch-mode", "uber-trace-id", "x-datadog-parent-id", "newrelic"}) {
    made.headers.add(name, "1");
  }
  EXPECT_EQ(all_of(recorded, made), "");
}

TEST(Difference, PresenceAndKindOfCredentialsAreCompared) {
  http::Request recorded = post("{}");
  recorded.headers.add("Authorization", "Bearer casewire-masked-1");
  http::Request made = post("{}");
  EXPECT_EQ(all_of(recorded, made), "/headers/authorization credentials of the kind \"bearer\" nothing\n");
  made.headers.add("Authorization", "Basic eA==");
  EXPECT_EQ(all_of(recorded, made),
            "/headers/authorization credentials of the kind \"bearer\" credentials of the kind \"basic\"\n");
  EXPECT_EQ(all_of(post("{}"), made), "") << "a browser's recording is without them";
}

TEST(Difference, AMaskedSecretMatchesAnyValue) {
  http::Request recorded = login();
  recorded.body = "grant_type=refresh_token&refresh_token=casewire-masked-3";
  http::Request made = login();
  made.body = "refresh_token=live&grant_type=refresh_token";
  EXPECT_EQ(all_of(recorded, made), "");
  made.body = "refresh_token=live&grant_type=password";
  EXPECT_EQ(all_of(recorded, made), "/body/grant_type \"refresh_token\" \"password\"\n");
}

TEST(Difference, WhatAnAnswerNamedIsToBeNamedLikewise) {
  Bindings bindings;
  EXPECT_EQ(bindings.told(R"({"id":"500Cw0000000001IAA"})"), R"({"id":"500Cw0000000001IAA"})");
  EXPECT_EQ(all_of(post(R"({"c":"500Cw0000000001IAA"})"), post(R"({"c":"500Cw0000000002IAA"})"), bindings.trial()),
            "/body/c \"500Cw0000000001IAA\" \"500Cw0000000002IAA\"\n");
}

TEST(Difference, IsBounded) {
  std::string many = "[0";
  for (int i = 0; i < 500; ++i) {
    many += ",0";
  }
  Bindings bindings;
  EXPECT_EQ(differences(post("[]"), post(many + "]"), bindings).size(), kDifferencesMax);
}

}  // namespace
}  // namespace casewire::scenarios
