// Recordings as other tools write them (R26): each is a HAR of one exchange, with what that tool is known to do.

#include <ostream>

#include "base/text/encoding.hpp"
#include "scenarios/tape/har_entries.hpp"
#include "scenarios/tape/tape_reader.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

Result<Tape> read(const std::string& entries, const std::string& log_members = {}) {
  return read_har(
      R"({"log":{"version":"1.2","creator":{"name":"x","version":"1"},)" + log_members + R"("entries":[)" + entries + "]}}",
      "foreign.har");
}

std::string entry(const std::string& request,
                  const std::string& response = R"("content":{"text":"{}","mimeType":"application/json"})",
                  const std::string& more = {}) {
  return R"({"startedDateTime":"2026-01-05T09:00:00.000+00:00","request":{)" + request +
         R"(,"headers":[]},"response":{"status":200,"headers":[],)" + response + "}" + more + "}";
}

TEST(ForeignHar, WhomARequestIsForFollowsFromItsHostOrPath) {
  const auto tape = read(
      entry(R"("method":"GET","url":"https://acme.my.salesforce.com/services/data")") + "," +
      entry(R"("method":"GET","url":"https://api.open.cx/chat/sessions?x=1")") + "," +
      entry(R"("method":"GET","url":"http://localhost:8080/chat/sessions/1")") + "," +
      entry(
          R"("method":"POST","url":"https://b.example/hooks/opencx/s","postData":{"mimeType":"application/json","text":"{}"})"));
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges[0].to, "salesforce");
  EXPECT_EQ(tape->exchanges[1].to, "opencx");
  EXPECT_EQ(tape->exchanges[1].request.target, "/chat/sessions?x=1");
  EXPECT_EQ(tape->exchanges[2].to, "opencx");
  EXPECT_EQ(tape->exchanges[3].from, "opencx");
  EXPECT_EQ(tape->exchanges[3].to, "bridge");
}

TEST(ForeignHar, AHostIsNamedOnce) {
  const std::string strange = entry(R"("method":"GET","url":"https://proxy.acme.test/sobjects")");
  const auto unknown = read(strange);
  ASSERT_FALSE(unknown);
  EXPECT_NE(render(unknown.error()).find("proxy.acme.test is no host that is known"), std::string::npos)
      << render(unknown.error());
  EXPECT_NE(unknown.error().hint.find(R"({"hosts": {"proxy.acme.test": "salesforce"}})"), std::string::npos);
  const auto tape = read(strange + "," + entry(R"("method":"GET","url":"https://cdn.test/a.js")"),
                         R"("_casewire":{"hosts":{"proxy.acme.test":"salesforce","cdn.test":"nobody"}},)");
  ASSERT_TRUE(tape) << render(tape.error());
  ASSERT_EQ(tape->exchanges.size(), 1u);
  EXPECT_EQ(tape->exchanges[0].to, "salesforce");
}

TEST(ForeignHar, R29AllHostsThatNobodyKnowsAreNamedAtOnce) {
  const std::string entries = entry(R"("method":"GET","url":"https://api.open.cx/chat/sessions")") + "," +
                              entry(R"("method":"GET","url":"https://a.metrics.test/x")") + "," +
                              entry(R"("method":"GET","url":"https://fonts.test/x")");
  const auto unknown = read(entries);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().problem, "nothing tells whom requests to 2 hosts are for: a.metrics.test, fonts.test");
  EXPECT_NE(unknown.error().hint.find(R"({"a.metrics.test": "nobody", "fonts.test": "nobody"})"), std::string::npos);
  const auto tape = read(entries, R"("_casewire":{"hosts":{"*.metrics.test":"nobody","https://fonts.test/":"nobody"}},)");
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges.size(), 1u);
}

TEST(ForeignHar, R26WhoeverReadsOneSaysWhoseItsHostsAre) {
  const std::string text =
      R"({"log":{"version":"1.2","creator":{"name":"x","version":"1"},"_casewire":{"hosts":{"crm.acme.test":"nobody"}},"entries":[)" +
      entry(R"("method":"GET","url":"https://crm.acme.test/x")") + "," +
      entry(R"("method":"GET","url":"https://cx.acme.test/y")") + "," +
      entry(R"("method":"GET","url":"https://a.metrics.test/z")") + "]}}";
  const auto tape = TapeReader::over(stream_over(text), "foreign.har", {},
                                     {{"crm.acme.test", "salesforce"}, {"cx.acme.test", "opencx"}, {"*.metrics.test", "nobody"}});
  ASSERT_TRUE(tape) << render(tape.error());
  ASSERT_EQ(tape->size(), 2u);
  EXPECT_EQ(tape->exchange(0)->to, "salesforce") << "it knows better than the recording";
  EXPECT_EQ(tape->exchange(1)->to, "opencx");
}

// Entries are told as people find them in the file, whatever was left out of the tape and in whatever order they began.
TEST(ForeignHar, R29EntriesHaveTheNumbersThatTheyHaveInTheFile) {
  std::string late = entry(R"("method":"GET","url":"https://api.open.cx/late")");
  late.replace(late.find("09:00:00"), 8, "09:00:05");
  const std::string text = R"({"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[)" +
                           entry(R"("method":"OPTIONS","url":"https://api.open.cx/x")") + "," + late + "," +
                           entry(R"("method":"GET","url":"https://api.open.cx/early")") + "]}}";
  const auto tape = TapeReader::over(stream_over(text), "foreign.har");
  ASSERT_TRUE(tape) << render(tape.error());
  ASSERT_EQ(tape->size(), 2u);
  EXPECT_EQ(tape->exchange(0)->request.target, "/early");
  EXPECT_EQ(tape->number(0), 3u);
  EXPECT_EQ(tape->number(1), 2u);
}

TEST(ForeignHar, HostsOfTheRecordingBecomeOursWhereverTheyStand) {
  const auto tape = read(entry(R"("method":"GET","url":"https://acme.my.salesforce.com/x")",
                               R"("content":{"text":"{\"instance_url\":\"https://acme.my.salesforce.com\"}"})"));
  ASSERT_TRUE(tape);
  EXPECT_EQ(tape->exchanges[0].response.body, R"({"instance_url":"http://salesforce.test"})");
}

TEST(ForeignHar, FieldsOfAFormStandForItsText) {
  const auto tape = read(entry(R"("method":"POST","url":"http://salesforce.test/services/oauth2/token",
      "postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a","value":"x y"},{"name":"b","value":"1"}]})"));
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges[0].request.body, form({{"a", "x y"}, {"b", "1"}}));
  EXPECT_EQ(tape->exchanges[0].request.headers.find("content-type"), "application/x-www-form-urlencoded");
}

TEST(ForeignHar, WhatCouldNotBeMeasuredIsNoTime) {
  for (const char* time : {R"(,"time":-1,"timings":{"send":-1,"wait":null})", R"(,"time":null)", ""}) {
    const auto tape = read(entry(R"("method":"GET","url":"http://opencx.test/x")", R"("content":{})", time));
    ASSERT_TRUE(tape) << render(tape.error());
    EXPECT_EQ(tape->exchanges[0].time, milliseconds(0));
  }
}

TEST(ForeignHar, PseudoHeadersAreNoneAndJoinedCookiesAreSeveral) {
  const auto tape =
      read(R"({"startedDateTime":"2026-01-05T09:00:00Z","time":1.5,"request":{"method":"GET","url":"http://opencx.test/x",
      "headers":[{"name":":authority","value":"opencx.test"},{"name":"x-y","value":"1"}]},
      "response":{"status":200,"headers":[{"name":"set-cookie","value":"a=1\nb=2"},{"name":"content-encoding","value":"br"}],
      "content":{"text":"aGk=","encoding":"base64","mimeType":"text/plain"}}})");
  ASSERT_TRUE(tape) << render(tape.error());
  const Exchange& exchange = tape->exchanges[0];
  EXPECT_EQ(exchange.request.headers, (http::Headers{{"x-y", "1"}}));
  EXPECT_EQ(exchange.response.headers,
            (http::Headers{{"set-cookie", "a=1"}, {"set-cookie", "b=2"}, {"Content-Type", "text/plain"}}))
      << "the body is decoded already, and no longer said to be coded";
  EXPECT_EQ(exchange.response.body, "hi");
}

TEST(ForeignHar, R26WhatWasPostedStandsInAFileBesideAnEmptyText) {
  // Playwright with `content: 'attach'`.
  const std::string text =
      R"({"log":{"version":"1.2","creator":{"name":"Playwright","version":"1.64"},"entries":[)" +
      entry(R"("method":"POST","url":"http://opencx.test/x","bodySize":7,"postData":{"mimeType":"application/json",
                           "text":"","params":[{"name":"a","value":"1"}],"_file":"0a.json"})") +
      "]}}";
  const BesideTape beside = [](std::string_view name) {
    return name == "0a.json" ? std::optional<std::string>(R"({"a":1})") : std::nullopt;
  };
  const auto tape = read_har(text, "trace.har", beside);
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges[0].request.body, R"({"a":1})");
  EXPECT_FALSE(read_har(text, "trace.har")) << "and is missed where it is not there";
}

TEST(ForeignHar, R26WhatIsNotThereIsNull) {
  const auto tape = read(
      entry(R"("method":"POST","url":"http://opencx.test/x","bodySize":0,"postData":{"mimeType":null,"text":null,"params":[]})",
            R"("content":{"size":0,"mimeType":null,"text":null,"encoding":null})"));
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges[0].request.body, "");
  EXPECT_EQ(tape->exchanges[0].response.body, "");
  const auto plain =
      read(entry(R"("method":"GET","url":"http://opencx.test/x")", R"("content":{"text":"{}","encoding":"utf-8"})"));
  ASSERT_TRUE(plain) << render(plain.error());
  EXPECT_EQ(plain->exchanges[0].response.body, "{}");
}

TEST(ForeignHar, R26AnAnswerThatNeverCameIsNone) {
  const auto tape = read(
      R"({"startedDateTime":"2026-01-05T09:00:00Z","time":-1,"request":{"method":"GET","url":"http://opencx.test/x","headers":[]},
      "response":{"status":-1,"headers":[],"content":{"size":-1,"mimeType":"x-unknown"}}})");
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges[0].response.status, 0);
}

TEST(ForeignHar, R26ABodyThatWasSentAndNotRecordedIsMissed) {
  for (const char* post :
       {R"(,"postData":{"mimeType":"application/octet-stream","text":"","params":[]})", R"(,"postData":null)", ""}) {
    const auto tape = read(entry(R"("method":"POST","url":"http://opencx.test/x","bodySize":12)" + std::string(post)));
    ASSERT_FALSE(tape) << post;
    EXPECT_NE(tape.error().problem.find("a body of 12 bytes, which was not recorded"), std::string::npos);
  }
}

TEST(ForeignHar, R2WhatAProxyKeptCompressedIsReadAsWhatItSays) {
  // `{"note":"Whitfield"}` as node's zlib writes it.
  const auto tape = read(
      R"({"startedDateTime":"2026-01-05T09:00:00Z","request":{"method":"GET","url":"https://api.open.cx/x","headers":[]},"response":{"status":200,)"
      R"("headers":[{"name":"Content-Encoding","value":"gzip"}],"content":{"encoding":"base64","mimeType":"application/json",)"
      R"("text":"H4sIAAAAAAAAA6tWyssvSVWyUgrPyCxJy0zNSVGqBQDneBQeFAAAAA=="}}})");
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges.at(0).response.body, R"({"note":"Whitfield"})");
  EXPECT_FALSE(tape->exchanges.at(0).response.headers.find("content-encoding"));
}

TEST(ForeignHar, R26WhatAnAnswerLacksWasEmpty) {
  const auto tape = read(
      R"({"startedDateTime":"2026-01-05T09:00:00Z","request":{"method":"GET","url":"https://api.open.cx/x"},"response":{"status":204}})");
  ASSERT_TRUE(tape) << render(tape.error());
  EXPECT_EQ(tape->exchanges.at(0).response.status, 204);
  EXPECT_EQ(tape->exchanges.at(0).response.body, "");
}

TEST(ForeignHar, R26WhatABrowserDoesOfItsOwnAccordIsNoCall) {
  const std::string started = R"({"startedDateTime":"2026-01-05T09:00:00Z","request":{"headers":[],)";
  std::string entries = entry(R"("method":"get","url":"https://api.open.cx/chat/sessions")");
  for (const char* rest :
       {R"("method":"OPTIONS","url":"https://api.open.cx/chat/sessions"},"response":{"status":204}})",
        R"("method":"GET","url":"wss://api.open.cx/live"},"response":{"status":101}})",
        R"("method":"GET","url":"https://api.open.cx/live"},"response":{"status":101}})",
        R"("method":"CONNECT","url":"acme.my.salesforce.com:443"},"response":{"status":200}})",
        R"("method":"CONNECT","url":"https://acme.my.salesforce.com:443/"},"response":{"status":200}})",
        R"("method":"GET","url":"data:image/png;base64,iVBORw0K"},"response":{"status":200}})",
        R"("method":"POST","url":"https://acme.lightning.force.com/aura?r=1"},"response":{"status":200}})",
        R"("method":"GET","url":"https://api.open.cx/x"},"response":{"status":0,"_error":"net::ERR_ABORTED"}})"})
    entries += "," + started + rest;
  const auto tape = read(entries);
  ASSERT_TRUE(tape) << render(tape.error());
  ASSERT_EQ(tape->exchanges.size(), 1u);
  EXPECT_EQ(tape->exchanges[0].request.method, "GET") << "a method is told apart by letters alone";
}

TEST(ForeignHar, AByteOrderMarkIsNoPartOfIt) {
  EXPECT_TRUE(
      read_har("\xEF\xBB\xBF"
               R"({"log":{"version":"1.2","creator":{},"entries":[]}})",
               "bom.har"));
}

}  // namespace
}  // namespace casewire::scenarios
