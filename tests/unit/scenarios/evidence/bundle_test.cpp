#include "scenarios/evidence/bundle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/text/encoding.hpp"
#include "scenarios/evidence/archive.hpp"
#include "scenarios/evidence/story.hpp"
#include "scenarios/evidence/symptoms.hpp"

namespace casewire::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Bundle : public testing::Test {
 protected:
  Bundle() {
    char name[] = "/tmp/casewire-bundle-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~Bundle() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(std::filesystem::path(folder_) / name, std::ios::binary) << text;
  }
  Evidence open(const Hosts& hosts = {}) const {
    auto evidence = open_bundle(folder_, hosts);
    EXPECT_TRUE(evidence) << render(evidence.error());
    return evidence ? *std::move(evidence) : Evidence{};
  }
  std::string folder_;
};

struct Bad {
  const char* name;
  std::string content;
  const char* told;
};

class BadFile : public Bundle, public testing::WithParamInterface<Bad> {};

// Each is said with its place, and the good mail beside it is kept.
TEST_P(BadFile, IsListedAndCostsNothingElse) {
  write("bad", GetParam().content);
  write("good.eml", "From: d@example.test\nTo: h@acme.test\nDate: Mon, 05 Jan 2026 09:00:00 +0000\nSubject: x\n\nHello");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused, ElementsAre(HasSubstr(GetParam().told)));
  EXPECT_THAT(evidence.read, ElementsAre("good.eml: a mail"));
}

INSTANTIATE_TEST_SUITE_P(
    , BadFile,
    testing::Values(
        Bad{"Truncated", R"({"log": {"entries": [)", "bad: the text ends after entry 0"},
        Bad{"NewerFormat", R"({"log": {"version": "1.2", "_casewire": {"format": 9}, "entries": [{}]}})",
            "bad: this recording has format 9"},
        Bad{"OtherJson", R"({"a": 1})", "neither a recording nor records"},
        Bad{"Utf16", std::string("\xFF\xFE{\0", 4), "bad: no JSON: line 1"},
        Bad{"Utf16Halved", std::string("\xFF\xFE{", 3), "begins as UTF-16 and is none; save it as UTF-8"},
        Bad{"DamagedZip", std::string("PK\x03\x04\0\0", 6), "bad: the zip is damaged"}, Bad{"Empty", "", "bad: is empty"},
        Bad{"Program", "if (x) { y = 1; }\n", "bad: not understood"},
        Bad{"MailWithoutDate", "From: d@example.test\nTo: h@acme.test\n\nHello", "the mail has no date"},
        Bad{"TableWithAHole", "Id,Status\n500Qx00000A1b2CIAR\n", "line 2: 1 cells under 2 heads"},
        Bad{"TableOfOthers", "Id,Name\n0XXQx00000A1b2CIAR,x\n", "no object that is known here has the id"},
        Bad{"SessionOfCharles", R"([{"status":"COMPLETE","protocolVersion":"HTTP/1.1","scheme":"https","host":"api.open.cx"}])",
            "a session of Charles; export it as HAR"},
        Bad{"DumpOfMitmproxy", std::string("1234:9:websocket;0:~8:response;1000:\0", 36), "a dump of mitmproxy; save it as HAR"},
        Bad{"RecordsOfOthers", R"([{"Id":"0XXQx00000A1b2CIAR"}])", "no object that is known here has the id"},
        Bad{"QuoteWithoutEnd", "Id,Text\n1,\"x\n", "this quoted cell does not end"}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST_F(Bundle, R26ReadsATableWhateverStandsBetweenItsCells) {
  write("commas.csv", "\"ID\",\"SUBJECT\",\"CREATEDDATE\"\r\n\"500Qx00000A1b2CIAR\",\"a, b\",\"2026-01-05T09:00:00Z\"\r\n");
  write("semicolons.csv", "Subject;Id;CreatedDate\r\n\"c; d\";500Qx00000A1b2DIAR;2026-01-05T09:00:00Z\r\n");
  write("tabs.txt", "Id\tSubject\tCreatedDate\n500Qx00000A1b2EIAZ\te\t2026-01-05T09:00:00Z\n");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused, IsEmpty());
  ASSERT_EQ(evidence.rows.size(), 3u);
  std::string subjects;
  for (const auto& [id, row] : evidence.rows) subjects += string_member(row.fields, "Subject") + "|";
  EXPECT_EQ(subjects, "a, b|c; d|e|");
}

TEST_F(Bundle, R29SaysWhereAnIdStandsTwiceAndWhatCounts) {
  write("cases.csv", "Id,Subject,Status\n500Qx00000A1b2CIAR,x,New\n500Qx00000A1b2CIAR,x,Closed\n500Qx00000A1b2CIAR,x,\n");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.guesses,
              ElementsAre("which row of 500Qx00000A1b2CIAR is meant: cases.csv line 3 has another Status than line 2; "
                          "the later one was taken"));
  EXPECT_EQ(string_member(evidence.rows.at("500Qx00000A1b2CIAR").fields, "Status"), "Closed");
}

TEST_F(Bundle, R27FindsWhoseAHistoryIsThatDoesNotSayIt) {
  const std::string items = R"({"items": [{"id": "m1", "created_at": "2026-01-05T09:00:00.000Z", "event": {"type": "message",
      "sender": {"type": "contact"}, "content": {"text": "Where is it?"}}}]})";
  const std::string one = "741cb601-0f3d-429b-b549-b50ad2ce4e69";
  const auto session_of = [](const Evidence& evidence) {
    return evidence.clues.empty() ? "" : std::get<sim::SessionEvent>(evidence.clues.front().event).session;
  };
  write("history.json", items);
  EXPECT_THAT(open().unused, ElementsAre(HasSubstr("no file says which session this is")));
  write("session.json", R"({"id": ")" + one + R"(", "contact": {"email": "dana@example.test"}})");
  const Evidence guessed = open();
  EXPECT_EQ(session_of(guessed), one);
  EXPECT_THAT(guessed.guesses, ElementsAre("whose history history.json is: the only session of the material is " + one));
  std::filesystem::rename(folder_ + "/history.json", folder_ + "/" + one + ".json");
  std::filesystem::remove(folder_ + "/session.json");
  EXPECT_EQ(session_of(open()), one) << "its name says it";
}

TEST_F(Bundle, R29KeepsWhatIsWholeOfARecordingThatIsCutOff) {
  std::string har = R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [)";
  for (int i = 0; i < 3; ++i)
    har += std::string(i == 0 ? "" : ", ") + R"({"startedDateTime": "2026-01-05T09:0)" + std::to_string(i) +
           R"(:00.000Z", "request": {"method": "GET", "url": "https://api.open.cx/chat/sessions?q=]}", "headers": []},
           "response": {"status": 200, "headers": [], "content": {"text": "{\"a\": \"}\"}"}}})";
  for (const std::size_t lost : {1, 40, 200}) {
    write("tape.har", har.substr(0, har.size() - lost));
    const Evidence evidence = open();
    EXPECT_THAT(evidence.read, ElementsAre(HasSubstr("2 of 2 whole exchanges"))) << lost;
    EXPECT_THAT(evidence.unused, ElementsAre("tape.har: the text ends after entry 2; another copy may have the rest"));
  }
  write("tape.har", har);
  EXPECT_THAT(open().read, ElementsAre(HasSubstr("3 of 3 whole exchanges")));
  write("tape.har", har + "]}}");
  EXPECT_THAT(open().read, ElementsAre(HasSubstr("3 of 3 exchanges")));
  EXPECT_THAT(open().unused, IsEmpty());
}

TEST_F(Bundle, R29ABadEntryIsNamedByItsNumberAndThePlaceInIt) {
  write("bad.har", R"({"log": {"version": "1.2", "entries": [{"startedDateTime": "2026-01-05T09:00:00.000Z", "request": 7}]}})");
  EXPECT_THAT(open().unused, ElementsAre("bad.har entry 1: expected an object at /request, found a number"));
}

TEST_F(Bundle, R29AClockThatRunsBackwardsIsSaid) {
  const auto entry = [](const char* time) {
    return R"({"startedDateTime": "2026-01-05T)" + std::string(time) +
           R"(:00.000Z", "request": {"method": "GET", "url": "https://api.open.cx/chat/sessions", "headers": []},
           "response": {"status": 200, "headers": [], "content": {"text": "{}"}}})";
  };
  write("tape.har", R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [)" + entry("09:30") +
                        "," + entry("09:29") + "," + entry("09:10") + "]}}");
  EXPECT_THAT(open().guesses, ElementsAre(HasSubstr("the order around tape.har entry 3: its clock is 1140 seconds behind")));
}

// Three hours ahead, a Case that was closed in between is still open when the next one comes.
TEST_F(Bundle, R13ARecorderWhoseClockIsHoursOffConvictsNobody) {
  const auto made = [](const char* hour, const char* date, const char* id) {
    return R"({"startedDateTime": "2026-01-05T)" + std::string(hour) +
           R"(:00:00.000Z", "time": 300, "request": {"method": "POST", "url": "https://acme.my.salesforce.com/services/data/v66.0/sobjects/Case",
           "headers": [], "postData": {"mimeType": "application/json", "text": "{\"SuppliedEmail\": \"dana@example.test\", \"Case_From__c\": \"opencx\"}"}},
           "response": {"status": 201, "headers": [{"name": "date", "value": "Mon, 05 Jan 2026 )" +
           date + R"(:00:00 GMT"}], "content": {"text": "{\"id\": \")" + id + R"(\", \"success\": true}"}}})";
  };
  const std::string heads = "Id,Status,IsClosed,ClosedDate,SuppliedEmail,Case_From__c,CreatedDate,CreatedById\n";
  write(
      "cases.csv",
      heads +
          "500Qx00000A1b2CIAR,Closed,true,2026-01-05T10:00:00Z,dana@example.test,opencx,2026-01-05T09:00:00Z,005Qx000001AbcDIAS\n"
          "500Qx00000A1b2DIAR,New,false,,dana@example.test,opencx,2026-01-05T11:00:00Z,005Qx000001AbcDIAS\n");
  for (const bool is_ahead : {false, true}) {
    write("tape.har", R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [)" +
                          made(is_ahead ? "12" : "06", "09", "500Qx00000A1b2CIAR") + "," +
                          made(is_ahead ? "14" : "08", "11", "500Qx00000A1b2DIAR") + "]}}");
    Evidence evidence = open();
    const std::string ahead = is_ahead ? "10800 seconds ahead of" : "10799 seconds behind";
    EXPECT_THAT(evidence.guesses, testing::Contains("when what tape.har holds was: its clock was " + ahead +
                                                    " that of the systems in it, which counts"));
    const Judgement judgement = judge(told_by(std::move(evidence), {}));
    EXPECT_THAT(judgement.exhibits, IsEmpty());
  }
}

// Two Cases for one customer are often two bridges.
TEST_F(Bundle, R29SeveralProgramsThatWriteAreNamed) {
  const auto call = [](const char* program, const char* method, const char* host, const char* path) {
    return std::string(R"({"startedDateTime": "2026-01-05T09:00:00.000Z", "time": 1, "request": {"method": ")") + method +
           R"(", "url": "https://)" + host + path + R"(", "headers": [{"name": "user-agent", "value": ")" + program +
           R"("}]}, "response": {"status": 200, "headers": [], "content": {"text": "{}"}}})";
  };
  const auto open_with = [&](const std::string& more) {
    write("tape.har", R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [)" +
                          call("axios/1.6", "POST", "acme.my.salesforce.com", "/services/data/v66.0/sobjects/Case") + "," + more +
                          "]}}");
    return open().guesses;
  };
  const char* kCase = "/services/data/v66.0/sobjects/Case/500Qx00000A1b2CIAR";
  EXPECT_THAT(
      open_with(call("okhttp/4.9", "PATCH", "acme.my.salesforce.com", kCase)),
      ElementsAre(
          "that one bridge is at work: what changed Salesforce came from axios/1.6 (1 call), okhttp/4.9 (1 call); a second "
          "one may be"));
  // What reads, a login, a person's browser and a library of its own for the other vendor are no second bridge.
  EXPECT_THAT(open_with(call("okhttp/4.9", "GET", "acme.my.salesforce.com", kCase)), IsEmpty());
  EXPECT_THAT(open_with(call("okhttp/4.9", "POST", "acme.my.salesforce.com", "/services/oauth2/token")), IsEmpty());
  EXPECT_THAT(open_with(call("Mozilla/5.0 (X11)", "PATCH", "acme.my.salesforce.com", kCase)), IsEmpty());
  EXPECT_THAT(open_with(call("okhttp/4.9", "PATCH", "api.open.cx", "/chat/sessions/1")), IsEmpty());
}

TEST_F(Bundle, R13TheSecondsOfASignedWebhookTellTheTimeWhereNoAnswerHasADate) {
  const auto webhook = [](const char* seconds) {
    return R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [{"startedDateTime": "2026-01-05T12:00:00.000Z",
        "request": {"method": "POST", "url": "https://bridge.acme.test/hooks/opencx", "headers": [{"name": "webhook-id", "value": "msg_1"},
        {"name": "webhook-timestamp", "value": ")" +
           std::string(seconds) + R"("}, {"name": "webhook-signature", "value": "v1,x"}],
        "postData": {"mimeType": "application/json", "text": "{\"event\": \"conversation.handoff_to_human\", \"data\": []}"}},
        "response": {"status": 202, "headers": [], "content": {"text": "{}"}}}]}})";
  };
  const auto is_told = testing::Contains(HasSubstr("its clock was"));
  write("tape.har", webhook("1767603600"));
  EXPECT_THAT(open().guesses, testing::Contains(HasSubstr("its clock was 10800 seconds ahead")));
  for (const char* seconds : {"1767614400", "soon", ""}) {
    write("tape.har", webhook(seconds));
    EXPECT_THAT(open().guesses, testing::Not(is_told)) << seconds;
  }
}

TEST_F(Bundle, R29TheGoodEntriesOfAMillionAreKept) {
  const std::string good = R"({"startedDateTime": "2026-01-05T09:00:00.000Z", "request": {"method": "GET",
      "url": "https://api.open.cx/chat/sessions", "headers": []}, "response": {"status": 200, "headers": [], "content": {"text": "{}"}}})";
  std::string text = R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [)" + good;
  for (std::size_t i = 2; i < 1'000'000; ++i) text += ",{}";
  write("tape.har", text + "," + good + "]}}");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre("tape.har: a recording, 2 of 1000000 exchanges of the bridge, Salesforce and OpenCX"));
  ASSERT_EQ(evidence.unused.size(), 4u) << "three of a kind, and how many there are";
  EXPECT_THAT(evidence.unused.front(), HasSubstr("tape.har entry 2: "));
  EXPECT_THAT(evidence.unused.back(), HasSubstr("tape.har: 999995 more entries: expected "));
}

TEST_F(Bundle, ReadsTheUnicodeOfWindows) {
  std::string table("\xFF\xFE", 2);
  for (const char c : std::string("Id,Subject\n500Qx00000A1b2CIAR,Zoll\n")) table += {c, '\0'};
  write("cases.csv", table);
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre("cases.csv: a table, 1 of 1 rows"));
  EXPECT_EQ(evidence.rows.size(), 1u);
}

TEST_F(Bundle, R29ReadsUtf16ThatDoesNotSaySo) {
  for (const bool is_little : {true, false}) {
    std::string table;
    for (const char c : std::string("Id,Subject\n500Qx00000A1b2CIAR,Zoll\n"))
      table += is_little ? std::string{c, '\0'} : std::string{'\0', c};
    write("cases.csv", table);
    EXPECT_THAT(open().read, ElementsAre("cases.csv: a table, 1 of 1 rows")) << is_little;
  }
  write("cases.csv", std::string("\0\x01\0\x02\0\x03\0\x04\x05\x06", 10));
  EXPECT_THAT(open().read, ElementsAre("cases.csv: a file of 10 bytes"));
}

TEST_F(Bundle, KeepsTheRowsBeforeOneThatIsCutOff) {
  write(
      "cases.csv",
      "Id,CreatedDate,Subject\n500Qx00000A1b2CIAR,2026-01-05T09:00:00Z,\"two\nlines\"\n500Qx00000A1b2DIAR,2026-01-05T09:00:00Z,\"and then");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre("cases.csv: a table, 1 of 1 rows"));
  EXPECT_THAT(evidence.unused, ElementsAre(HasSubstr("cases.csv:4:41: error: this quoted cell does not end")));
}

TEST_F(Bundle, R26ReadsACollectionOfPostmanWithItsSavedAnswers) {
  write("postman.json",
        R"({"info": {"name": "x", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
    "item": [{"name": "folder", "item": [{"name": "sessions", "request": {"method": "GET", "url": "https://api.open.cx/chat/sessions"},
      "response": [
        {"originalRequest": {"method": "POST", "header": [{"key": "Content-Type", "value": "application/json"}],
           "body": {"mode": "raw", "raw": "{}"}, "url": {"raw": "https://api.open.cx/chat/sessions/s/send"}},
         "code": 201, "header": [{"key": "Date", "value": "Mon, 05 Jan 2026 09:00:00 GMT"}], "body": "{}", "responseTime": 80},
        {"code": 200, "header": [], "body": "{}"}]}]}]})");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre("postman.json: a recording, 1 of 2 exchanges of the bridge, Salesforce and OpenCX"));
  EXPECT_THAT(evidence.unused, ElementsAre(HasSubstr("postman.json entry 2: expected a time")));
}

TEST_F(Bundle, R26ReadsRecordsHoweverToolsPrintThem) {
  const auto record = [](const char* id) {
    return R"({"attributes": {"type": "Case", "url": "/services/data/v66.0/sobjects/Case/)" + std::string(id) + R"("}, "Id": ")" +
           id + R"(", "CreatedDate": "2026-01-05T09:00:00.000+0000"})";
  };
  write("one.json", record("500Qx00000A1b2CIAR"));
  write("get.json", R"({"status": 0, "result": )" + record("500Qx00000A1b2DIAR") + R"(, "warnings": []})");
  write("lines.json", record("500Qx00000A1b2EIAZ") + "\n" + record("500Qx00000A1b2FIAZ") + "\n");
  write("warned.json",
        "\x1b[33mWarning: a newer version is available\x1b[39m\nQuerying Data... done\n" +
            (R"({"status": 0, "result": {"totalSize": 1, "done": true, "records": [)" + record("500Qx00000A1b2GIAZ")) + "]}}\n");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_EQ(evidence.rows.size(), 5u);
}

// A head with a Date is no mail's.
TEST_F(Bundle, R26ReadsAnswersAsCurlPrintsThem) {
  const std::string session = "741cb601-0f3d-429b-b549-b50ad2ce4e69";
  const std::string answer = "HTTP/2 200 \r\ndate: Mon, 05 Jan 2026 10:00:00 GMT\r\ncontent-type: application/json\r\n\r\n";
  write("session.txt",
        "HTTP/1.1 100 Continue\r\n\r\n" + answer + R"({"id": ")" + session + R"(", "contact": {"email": "dana@example.test"}})");
  write("history.txt", "* Host api.open.cx:443 was resolved.\n> GET /chat/sessions/" + session +
                           "/history HTTP/2\n> Host: api.open.cx\n>\n< HTTP/2 200\n< date: Mon, 05 Jan 2026 10:00:00 GMT\n<\n"
                           "{ [163 bytes data]\n{\"session_id\": \"" +
                           session +
                           R"(", "items": [{"id": "m1", "created_at": "2026-01-05T09:00:00.000Z", "event": {"type": "message",
                           "sender": {"type": "contact"}, "content": {"text": "* Where is it?"}}}]})" +
                           "* Connection #0 to host api.open.cx left intact\n");
  write("nothing.txt", "HTTP/2 204 \r\ndate: Mon, 05 Jan 2026 10:00:00 GMT\r\n\r\n");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused, ElementsAre("nothing.txt: an answer without a body"));
  EXPECT_THAT(evidence.read,
              testing::UnorderedElementsAre("session.txt: a session of OpenCX", "history.txt: a history of OpenCX, 1 items"));
}

TEST_F(Bundle, SaysWhatToDoWithAMailOfOutlook) {
  write("hers.msg", "\xD0\xCF\x11\xE0");
  EXPECT_THAT(open().unused, ElementsAre("hers.msg: a mail as Outlook keeps it; save it as .eml"));
}

TEST_F(Bundle, KeepsWhatTheTicketSays) {
  write("note.txt", "Ticket 4711: the team sees two\ncases, and she never got the reply.");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre("note.txt: what somebody wrote about it"));
  EXPECT_THAT(claimed_in(evidence.tickets.at("note.txt")), ElementsAre("two cases", "reply lost"));
  EXPECT_THAT(claimed_in("The kettle boils."), IsEmpty());
}

TEST_F(Bundle, ReadsTheLogOfTheBridgeHoweverItWasKept) {
  write("bridge.log",
        "Jan 05 09:00:00 host casewire-bridge[812]: level=info event=\"case opened\" session=s-1 case=500Qx00000A1b2CIAR\n"
        "-- Reboot --\n"
        "2026-01-05T09:00:03Z level=error event=\"job parked\" reason=\"the org said \\\"no\\\"\" subject=session:s-1\n");
  write("other.log", R"({"level":"info","event":"case joined","session":"s-2","case":"500Qx00000A1b2C"})"
                     "\n");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre("bridge.log: a log of casewire-bridge, 2 of 3 lines",
                                         "other.log: a log of casewire-bridge, 1 of 1 lines"));
  EXPECT_THAT(evidence.complaints, ElementsAre("bridge.log line 3: job parked, reason the org said \"no\", subject session:s-1"));
  EXPECT_EQ(evidence.session_of_case.at("500Qx00000A1b2CIAR"), "s-1");
}

TEST_F(Bundle, KeepsTheGoodEntriesOfARecordingWithBadOnes) {
  const auto entry = [](const std::string& url) {
    return R"({"startedDateTime": "2026-01-05T09:00:00.000Z", "time": -1, "request": {"method": "GET", "url": ")" + url +
           R"(", "headers": []}, "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", "text": "{}"}}})";
  };
  write("tape.har", R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [)" +
                        entry("https://acme.my.salesforce.com/services/data/v66.0/limits") + "," +
                        entry("https://tracker.example/pixel") + R"(, {"startedDateTime": "yesterday"}, )" +
                        entry("https://api.open.cx/chat/sessions") + "]}}");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre(HasSubstr("2 of 4 exchanges")));
  EXPECT_THAT(evidence.unused,
              ElementsAre(HasSubstr("entry 2: nothing tells whom this request is for"), HasSubstr("entry 3: expected a time")));
  EXPECT_THAT(open({{"tracker.example", "opencx"}}).read, ElementsAre(HasSubstr("3 of 4 exchanges")));
}

std::string zipped(const std::vector<NamedBytes>& files) {
  // Stored, not deflated (APPNOTE 4.3): enough for a test, and readable here.
  std::string zip, directory;
  const auto number = [](std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
  };
  for (const NamedBytes& file : files) {
    const auto size = static_cast<std::uint32_t>(file.bytes.size());
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : file.bytes) {
      crc ^= static_cast<unsigned char>(c);
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
    }
    const std::string head = number(0, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(~crc, 4) + number(size, 4) +
                             number(size, 4) + number(static_cast<std::uint32_t>(file.name.size()), 2) + number(0, 2);
    directory += "PK\x01\x02" + number(20, 2) + number(20, 2) + head + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                 number(static_cast<std::uint32_t>(zip.size()), 4) + file.name;
    zip += "PK\x03\x04" + number(20, 2) + head + file.name + file.bytes;
  }
  const auto count = static_cast<std::uint32_t>(files.size());
  return zip + directory + "PK\x05\x06" + number(0, 4) + number(count, 2) + number(count, 2) +
         number(static_cast<std::uint32_t>(directory.size()), 4) + number(static_cast<std::uint32_t>(zip.size()), 4) +
         number(0, 2);
}

TEST_F(Bundle, ReadsWhatIsInAZip) {
  write("ticket.zip",
        zipped({{"mails/one.eml", "From: d@example.test\nTo: h@acme.test\nDate: Mon, 05 Jan 2026 09:00:00 +0000\n\nHello"},
                {"__MACOSX/._one.eml", "x"}}));
  EXPECT_THAT(open().read, ElementsAre("ticket.zip/mails/one.eml: a mail"));
}

TEST_F(Bundle, ReadsARecordingOfPlaywrightWithItsBodiesInFiles) {
  write("trace.zip",
        zipped({{"har.har", R"({"log": {"version": "1.2", "creator": {"name": "Playwright", "version": "1.64"}, "entries": [
          {"startedDateTime": "2026-01-05T09:00:00.000Z", "time": 3, "request": {"method": "GET",
           "url": "https://api.open.cx/chat/sessions/s1/history", "headers": []},
           "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", "_file": "0f.json"}}}]}})"},
                {"0f.json", R"({"items": [{"id": "h", "created_at": "2026-01-05T09:00:00Z", "event": {"type": "message",
           "sender": {"type": "contact"}, "content": {"type": "text", "text": "Hello"}}}]})"}}));
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_THAT(evidence.read, ElementsAre(HasSubstr("trace.zip/har.har: a recording, 1 of 1 exchanges")));
  EXPECT_EQ(evidence.recordings.size(), 1u);
  ASSERT_EQ(evidence.clues.size(), 1u) << "a read that was answered is told by its answer";
  EXPECT_EQ(std::get<sim::SessionEvent>(evidence.clues[0].event).text, "Hello");
}

TEST_F(Bundle, R26ReadsAnswersThatARecorderKeptAsTheyCame) {
  // `{"id":"s1","contact":{"email":"d@example.test"}}` in gzip.
  write("proxy.har", R"({"log": {"version": "1.2", "creator": {"name": "casewire", "version": "1"}, "entries": [
      {"startedDateTime": "2026-01-05T09:00:00.000Z", "time": 3, "request": {"method": "GET",
       "url": "https://api.open.cx/chat/sessions/s1", "headers": []},
       "response": {"status": 200, "headers": [{"name": "Content-Encoding", "value": "gzip"}], "content": {"size": 60,
        "mimeType": "application/json", "encoding": "base64",
        "text": "H4sIAAAAAAAAA6tWykxRslIqNlTSUUrOzytJTC5RsqpWSs1NzMxRslJKcUitSMwtyEnVK0ktLlGqrQUA2fTedTAAAAA="}}}]}})");
  EXPECT_EQ(open().contact_of_session["s1"], "d@example.test");
}

TEST_F(Bundle, SaysThatAnArchiveIsEmptyAndARecordingHasNoContent) {
  write("nothing.zip", zipped({}));
  write("bare.har", R"({"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "entries": [
      {"startedDateTime": "2026-01-05T09:00:00.000Z", "time": 3, "request": {"method": "GET",
       "url": "https://api.open.cx/chat/sessions/s1", "headers": []},
       "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", "size": 120}}}]}})");
  EXPECT_THAT(open().unused, testing::UnorderedElementsAre(
                                 HasSubstr("nothing.zip: an archive without a file in it"),
                                 HasSubstr("bare.har: 1 answer without a body, first entry 1: it was saved without content")));
}

TEST_F(Bundle, ReadsAnArchiveInAnArchive) {
  const std::string mail = "From: d@example.test\nTo: h@acme.test\nDate: Mon, 05 Jan 2026 09:00:00 +0000\n\nHello";
  write("ticket.zip",
        zipped({{"trace.zip", zipped({{"one.eml", mail}})}, {"offer.docx", zipped({{"[Content_Types].xml", "<x/>"}})}}));
  EXPECT_THAT(open().read, ElementsAre(HasSubstr("ticket.zip/offer.docx: a file of"), "ticket.zip/trace.zip/one.eml: a mail"));
}

TEST_F(Bundle, R26ReadsWhatWasCompressedByItself) {
  // A recording without an entry as node's zlib.gzipSync and zlib.deflateSync write it; a file of anybody's stays as it is.
  write("tape.har.gz",
        *decode_base64(
            "H4sIAAAAAAAAA6tWyslPV7KqVipLLSrOzM9TslIy1DNS0lFKLkpNLMkvAknlJeamKlkpVSjV6iil5pUUZaYWK1lFx9bWAgCvCxVUPQAAAA=="));
  write("mitm.zhar",
        *decode_base64("eJyrVsrJT1eyqlYqSy0qzszPU7JSMtQzUtJRSi5KTSzJLwJJ5SXmpipZKVUo1eoopeaVFGWmFitZRcfW1gIAW0ET0w=="));
  write("logo.bmp.gz",
        *decode_base64(
            "H4sIAAAAAAAAA6tWyslPV7KqVipLLSrOzM9TslIy1DNS0lFKLkpNLMkvAknlJeamKlkpVSjV6iil5pUUZaYWK1lFx9bWAgCvCxVUPQAAAA=="));
  write("cut.csv.gz", "\x1f\x8b\x08");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.read, ElementsAre(HasSubstr("mitm.har: a recording"), "tape.har: the same recording as mitm.har",
                                         HasSubstr("logo.bmp.gz: a file of")));
  EXPECT_THAT(evidence.unused, ElementsAre(HasSubstr("cut.csv.gz: is damaged")));
}

TEST_F(Bundle, R26ReadsTheBytesOfAFileHoweverItWasExported) {
  // The Data Loader has them in base64, the Data Export in a file of the version's id; the CLI has the path of the API, which is neither.
  write(
      "version.csv",
      "ID,TITLE,PATHONCLIENT,CREATEDDATE,CONTENTDOCUMENTID,VERSIONDATA\n068Qx000001AbcDIAS,bill,bill.pdf,2026-01-05T09:00:00Z,069Qx000001AbcDIAS," +
          base64("the bill") + "\n");
  std::filesystem::create_directory(folder_ + "/ContentVersion");
  write("ContentVersion/068Qx000001AbcEIAS", "Hello Dana, this is the label");
  write("versions.json",
        R"({"status": 0, "result": {"records": [{"attributes": {"type": "ContentVersion"}, "Id": "068Qx000001AbcFIAS",
      "Title": "x", "CreatedDate": "2026-01-05T09:00:00.000+0000", "ContentSize": 29, "VersionData": "/services/data/v66.0/sobjects/ContentVersion/068Qx000001AbcFIAS/VersionData"}]}})");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_TRUE(evidence.tickets.empty()) << "a file's words are no ticket";
  const auto bytes_of = [&](const char* id) {
    const auto file = evidence.files.find(evidence.rows.at(id).content_sha256);
    return file == evidence.files.end() ? "(none)" : file->second;
  };
  EXPECT_EQ(bytes_of("068Qx000001AbcDIAS"), "the bill");
  EXPECT_EQ(bytes_of("068Qx000001AbcEIAS"), "Hello Dana, this is the label");
  EXPECT_EQ(bytes_of("068Qx000001AbcFIAS"), "(none)");
}

TEST_F(Bundle, DoesNotBelieveWhatAnArchiveSaysOfItsSize) {
  EXPECT_THAT(unpacked(zipped({{"a", std::string(4000, 'a')}}), "a.zip", 1000).error().problem,
              HasSubstr("unpacks to more than"));
}

TEST_F(Bundle, KeepsAnOfficeDocumentAsItIs) {
  write("offer.docx", zipped({{"[Content_Types].xml", "<x/>"}, {"word/document.xml", "<x/>"}}));
  EXPECT_THAT(open().read, ElementsAre(HasSubstr("offer.docx: a file of")));
}

TEST_F(Bundle, IsRefusedWhenItIsNotThereOrTooLarge) {
  EXPECT_THAT(render(open_bundle(folder_ + "/nowhere", {}).error()), HasSubstr("there is no such file or folder"));
  EXPECT_THAT(render(open_bundle(folder_, {}).error()), HasSubstr("there is no file in it"));
  write("a", "x");
  write("b", "xx");
  EXPECT_THAT(render(open_bundle(folder_, {}, {.files_max = 1}).error()), HasSubstr("more than 1 files"));
  EXPECT_THAT(render(open_bundle(folder_, {}, {.bytes_max = 2}).error()), HasSubstr("larger than"));
}

// A ticket's folder is somebody else's: what a link in it names is not hers to show.
TEST_F(Bundle, ReadsNothingThatALinkLeadsToOutsideOfIt) {
  char elsewhere[] = "/tmp/casewire-elsewhere-XXXXXX";
  const std::filesystem::path outside = ::mkdtemp(elsewhere);
  std::ofstream(outside / "secret.json") << R"({"log": 1})";
  write("good.eml", "From: d@example.test\nTo: h@acme.test\nDate: Mon, 05 Jan 2026 09:00:00 +0000\n\nHello");
  write("tape.har", R"({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [{"startedDateTime":
    "2026-01-05T09:00:00.000Z", "request": {"method": "GET", "url": "https://api.open.cx/x", "headers": []},
    "response": {"status": 200, "headers": [], "content": {"mimeType": "text/plain", "_file": "link.json"}}}]}})");
  std::filesystem::create_symlink(outside / "secret.json", folder_ + "/link.json");
  std::filesystem::create_directory_symlink(outside, folder_ + "/folder");
  std::filesystem::create_symlink(folder_ + "/good.eml", folder_ + "/within.eml");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused,
              testing::UnorderedElementsAre(HasSubstr("link.json: is a link out of the folder"),
                                            HasSubstr("folder: is a link out of the folder"),
                                            HasSubstr("the body is to stand in link.json beside the recording")));
  EXPECT_EQ(evidence.read.size(), 3u) << "the recording, and the mail under two names";
  std::filesystem::remove_all(outside);
}

TEST_F(Bundle, R26SaysOfOtherToolsFilesHowTheyWriteHar) {
  write("x.saz", zipped({{"raw/01_c.txt", "GET https://api.open.cx/chat/sessions HTTP/1.1"}}));
  write("net.pcapng", std::string("\x0A\x0D\x0D\x0A\0\0", 6));
  write("insomnia.json", R"({"_type": "export", "__export_format": 4, "resources": []})");
  write("insomnia.yaml", "type: collection.insomnia.rest/5.0\nname: Support desk\ncollection:\n  - name: the session of Dana\n");
  write("x.proxymanlogv2", R"([{"id": "1", "request": {"host": "api.open.cx"}}])");
  write("session.bru", "meta {\n  name: session\n}\nget {\n  url: https://api.open.cx/chat/sessions\n}\n");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused,
              testing::UnorderedElementsAre(HasSubstr("x.saz: an archive of Fiddler; export it as HAR"),
                                            HasSubstr("insomnia.json: an export of Insomnia; export it as HAR"),
                                            HasSubstr("insomnia.yaml: an export of Insomnia; export it as HAR"),
                                            HasSubstr("x.proxymanlogv2: a session of Proxyman; export it as HAR"),
                                            HasSubstr("session.bru: a request of Bruno; it has no answers"),
                                            HasSubstr("net.pcapng: a capture of packets; record HAR")));
  EXPECT_THAT(evidence.read, IsEmpty());
}

// The Data Export writes ISO-8859-1 where it is asked for that.
TEST_F(Bundle, R26ReadsATableOfWindows) {
  write("cases.csv",
        "Id,Subject,CreatedDate\n500Qx00000A1b2CIAR,Gr\xFC\xDF"
        "e \x96 Lampe,2026-01-05 09:00:00\n");
  write("note.txt", "Zwei F\xE4lle seit Montag");
  const Evidence evidence = open();
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_EQ(string_member(evidence.rows.at("500Qx00000A1b2CIAR").fields, "Subject"), "Gr\u00fc\u00dfe \u2013 Lampe");
  EXPECT_EQ(evidence.tickets.at("note.txt"), "Zwei F\u00e4lle seit Montag");
  EXPECT_THAT(evidence.guesses, testing::Contains("how the letters of cases.csv are written: it is no UTF-8, and was taken for "
                                                  "Windows-1252"));
}

TEST_F(Bundle, PassesOverWhatAnEditorLeft) {
  write(".DS_Store", "x");
  write("note~", "x");
  EXPECT_THAT(render(open_bundle(folder_, {}).error()), HasSubstr("there is no file in it"));
}

}  // namespace
}  // namespace casewire::scenarios
