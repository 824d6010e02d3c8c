// Recordings that must not be read: a good one, broken in one place, and what is said about it.

#include <gmock/gmock.h>

#include <ostream>

#include "base/text/json.hpp"
#include "scenarios/tape/har_entries.hpp"
#include "scenarios/tape/tape_reader.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

struct BadCase {
  const char* name;
  const char* pointer;  ///< what is replaced
  const char* by;       ///< JSON; empty: removed
  const char* message;  ///< without the file's name
};

void PrintTo(const BadCase& row, std::ostream* out) { *out << row.name; }

class BadRecording : public testing::TestWithParam<BadCase> {};

TEST_P(BadRecording, IsRefusedWhereItIsBroken) {
  Json har = Json::parse(write_har({conversation()[3]}));
  const Json::json_pointer pointer(GetParam().pointer);
  if (GetParam().by[0] == '\0') {
    har[pointer.parent_pointer()].erase(pointer.back());
  } else {
    har[pointer] = Json::parse(GetParam().by);
  }
  const std::string text = har.dump(2);
  const auto tape = read_har(text, "bad.har");
  ASSERT_FALSE(tape);
  std::string told = "bad.har:" + std::string(GetParam().message) + "\n";
  // Of an entry that has no hint of its own it is said which it is.
  if (pointer.to_string().starts_with("/log/entries/0") && told.find("hint:") == std::string::npos)
    told += "hint: this is entry 1 of 1; casewire import keeps the good ones\n";
  EXPECT_EQ(render(tape.error()), told);
}

INSTANTIATE_TEST_SUITE_P(
    , BadRecording,
    testing::ValuesIn(std::vector<BadCase>{
        {"NoLog", "/log", "",
         "1:1: error: HAR 1.2 wants an object \"log\" in the file\n"
         "hint: a recording is HAR 1.2, {\"log\": {\"version\": \"1.2\", ...}}, as browsers and proxies save it; casewire import takes other "
         "material"},
        {"OldVersion", "/log/version", "\"1.1\"",
         "73:16: error: expected HAR version \"1.2\"\nhint: a recording is HAR 1.2, {\"log\": {\"version\": \"1.2\", ...}}, as browsers and proxies save it; casewire import takes other material"},
        {"NoCreator", "/log/creator", "",
         "2:10: error: HAR 1.2 wants an object \"creator\" in /log\nhint: a recording is HAR 1.2, {\"log\": {\"version\": \"1.2\", ...}}, as browsers and proxies save it; casewire import takes other material"},
        {"EntriesAreNoArray", "/log/entries", "{}",
         "10:16: error: expected an array at /log/entries, found an object\nhint: a recording is HAR 1.2, {\"log\": {\"version\": \"1.2\", ...}}, as browsers and proxies save it; casewire import takes other material"},
        {"EntryIsNoObject", "/log/entries/0", "7", "11:7: error: expected an object at /log/entries/0, found a number"},
        {"NoMethod", "/log/entries/0/request/method", "",
         "17:20: error: HAR 1.2 wants a string \"method\" in /log/entries/0/request"},
        {"RelativeUrl", "/log/entries/0/request/url", "\"/x\"",
         "38:18: error: expected an absolute URL at /log/entries/0/request/url"},
        {"StatusIsText", "/log/entries/0/response/status", "\"201\"",
         "61:21: error: expected a number at /log/entries/0/response/status, found a string"},
        {"StatusIsNone", "/log/entries/0/response/status", "999",
         "61:21: error: expected an HTTP status at /log/entries/0/response/status, found 999\nhint: 0 stands for no answer"},
        {"NoTime", "/log/entries/0/startedDateTime", "\"yesterday\"",
         "64:28: error: expected a time such as 2026-01-05T09:00:00.000Z"},
        {"EndlessTime", "/log/entries/0/time", "1e12", "65:17: error: expected milliseconds, at most a day"},
        {"HeaderWithoutValue", "/log/entries/0/request/headers/0/value", "",
         "21:13: error: HAR 1.2 wants a string \"value\" in /log/entries/0/request/headers/0"},
        {"UnknownEncoding", "/log/entries/0/response/content/encoding", "\"gzip\"",
         "46:25: error: this encoding is not known\nhint: base64 is"},
        {"BrokenBase64", "/log/entries/0/response/content/encoding", "\"base64\"", "45:21: error: this is no base64"},
        {"BodyWasNotRecorded", "/log/entries/0/request/postData", "",
         "17:20: error: this request had a body of 66 bytes, which was not recorded\n"
         "hint: without it every request to that place looks alike; record again with bodies"},
        {"UnknownHostName", "/log/_casewire", R"({"hosts": {"a.test": "zendesk"}})",
         "5:19: error: expected \"salesforce\", \"opencx\", \"bridge\" or \"nobody\" at /log/_casewire/hosts/a.test"},
        {"UnknownSystem", "/log/entries/0/_casewire/to", "\"zendesk\"",
         "14:17: error: expected \"bridge\", \"salesforce\" or \"opencx\" at /log/entries/0/_casewire/to"},
        {"UnknownWire", "/log/entries/0/_casewire/wire", "\"melted\"", "15:19: error: this damage of the wire is not known"}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Har, ASyntaxErrorIsShownWhereItStands) {
  const auto tape = read_har("{\n  \"log\": {,}\n}", "bad.har");
  ASSERT_FALSE(tape);
  EXPECT_EQ(tape.error().where.position, (Position{2, 11}));
}

// R29
TEST(Har, WhatIsCutOffOrInAnotherEncodingIsSaidToBe) {
  const std::string text = write_har(conversation());
  const auto cut = read_har(text.substr(0, text.size() / 2), "cut.har");
  ASSERT_FALSE(cut);
  EXPECT_GT(cut.error().where.position.line, 50u);
  std::string wide = "\xFF\xFE";
  for (const char c : text) wide += std::string{c, '\0'};
  const auto utf_16 = read_har(wide, "wide.har");
  ASSERT_FALSE(utf_16);
  EXPECT_EQ(utf_16.error().problem, "this is UTF-16, and a recording is UTF-8");
  EXPECT_EQ(utf_16.error().hint, "iconv -f UTF-16 -t UTF-8 wide.har > wide.utf8.har");
  const auto without_mark = read_har(wide.substr(2), "wide.har");
  ASSERT_FALSE(without_mark);
  EXPECT_EQ(without_mark.error().hint, "iconv -f UTF-16LE -t UTF-8 wide.har > wide.utf8.har");
  std::string wider = std::string("\xFF\xFE\0\0", 4);
  for (const char c : text) wider += std::string{c, '\0', '\0', '\0'};
  EXPECT_EQ(read_har(wider, "wide.har").error().problem, "this is UTF-32, and a recording is UTF-8");
  EXPECT_EQ(read_har(wider.substr(4), "wide.har").error().hint, "iconv -f UTF-32LE -t UTF-8 wide.har > wide.utf8.har");
  EXPECT_EQ(read_har("PK\x03\x04...", "x.zip").error().problem, "this is a zip file, and a recording is text");
  EXPECT_EQ(read_har("\x1F\x8B\x08...", "x.gz").error().problem, "this is a gzip file, and a recording is text");
  const auto nothing = read_har("", "empty.har");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().problem, "the recording is empty");
  EXPECT_EQ(nothing.error().where.position, (Position{1, 1}));
}

TEST(Har, R29WhatIsNoRecordingIsToldWhatOneIs) {
  for (const char* text : {"Hello", "7", R"({"a": 1})"}) {
    const auto tape = read_har(text, "other.har");
    ASSERT_FALSE(tape);
    EXPECT_TRUE(tape.error().hint.starts_with("a recording is HAR 1.2")) << render(tape.error());
  }
  EXPECT_EQ(TapeReader::of_file(CASEWIRE_SOURCE_DIR "/fixtures").error().problem,
            "this is a folder, and one recording is wanted");
  EXPECT_EQ(TapeReader::of_file(CASEWIRE_SOURCE_DIR "/fixtures/none.har").error().problem, "there is no such file");
}

TEST(Har, R29OfMoreThanAMillionEntriesIsRefusedByTheirNumber) {
  constexpr std::size_t kMany = kHarEntriesMax + 1;
  std::string text = R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [{})";
  for (std::size_t i = 1; i < kMany; ++i) text += ",{}";
  const auto tape = read_har(text + "]}}", "many.har");
  ASSERT_FALSE(tape);
  EXPECT_EQ(tape.error().problem, "it has more than 1000000 entries");
  EXPECT_EQ(tape.error().hint, "cut it by time or by conversation");
}

TEST(Har, ClocksThatRunBackwardsCostNothing) {
  std::vector<Exchange> exchanges = conversation();
  exchanges[3].started = at_second(-3600);
  const auto tape = read_har(write_har(exchanges), "back.har");
  ASSERT_TRUE(tape);
  EXPECT_EQ(tape->exchanges[3].request.target, exchanges[3].request.target) << "ours keep the order in which they began";
}

TEST(Har, ATextThatIsNoObjectIsRefused) { EXPECT_FALSE(read_har("[]", "bad.har")); }

TEST(Har, R29SaysWhichToolMadeThemAndHowItWritesHar) {
  const auto told = [](const std::string& name, const std::string& bytes) {
    const auto tape = read_har(bytes, name);
    return tape ? std::string("read") : tape.error().problem + "|" + tape.error().hint;
  };
  EXPECT_EQ(told("s.chlsj", R"([{"status":"COMPLETE","protocolVersion":"HTTP/1.1","scheme":"https"}])"),
            "this is a session of Charles, and a recording is HAR 1.2|export it as HAR (File, Export Session, HTTP Archive)");
  EXPECT_EQ(told("s.chls", "\xAC\xED"), told("s.chlsj", R"([{"protocolVersion":"HTTP/1.1","scheme":"https"}])"));
  EXPECT_THAT(told("flows", std::string("1234:9:websocket;0:~8:response;1000:\0", 36)), testing::HasSubstr("hardump=tape.har"));
  EXPECT_THAT(told("x.saz", "PK\x03\x04"), testing::HasSubstr("an archive of Fiddler"));
  EXPECT_THAT(told("net.pcapng", "\x0A\x0D\x0D\x0A"), testing::HasSubstr("a capture of packets"));
  EXPECT_THAT(told("log.json", R"({"constants": {"logEventTypes": {}}})"), testing::HasSubstr("a NetLog of Chrome"));
}

}  // namespace
}  // namespace casewire::scenarios
