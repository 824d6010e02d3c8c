#include "scenarios/evidence/bundle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "scenarios/evidence/archive.hpp"

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
    testing::Values(Bad{"Truncated", R"({"log": {"entries": [)", "bad: no JSON: line 1"},
                    Bad{"OtherJson", R"({"a": 1})", "neither a recording nor records"},
                    Bad{"Utf16", std::string("\xFF\xFE{\0", 4), "is UTF-16; save it as UTF-8"},
                    Bad{"DamagedZip", std::string("PK\x03\x04\0\0", 6), "bad: the zip is damaged"},
                    Bad{"Empty", "", "bad: is empty"}, Bad{"Prose", "I cannot log in.\n", "bad: not understood"},
                    Bad{"MailWithoutDate", "From: d@example.test\nTo: h@acme.test\n\nHello", "the mail has no date"},
                    Bad{"TableWithAHole", "Id,Status\n500Qx00000A1b2CIAR\n", "line 2: 1 cells under 2 heads"},
                    Bad{"TableOfOthers", "Id,Name\n0XXQx00000A1b2CIAR,x\n", "no object that is known here has the id"},
                    Bad{"QuoteWithoutEnd", "Id,Text\n1,\"x\n", "this quoted cell does not end"}),
    [](const auto& bad) { return std::string(bad.param.name); });

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
  ASSERT_EQ(evidence.clues.size(), 2u);
  EXPECT_EQ(std::get<sim::SessionEvent>(evidence.clues[1].event).text, "Hello");
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

TEST_F(Bundle, PassesOverWhatAnEditorLeft) {
  write(".DS_Store", "x");
  write("note~", "x");
  EXPECT_THAT(render(open_bundle(folder_, {}).error()), HasSubstr("there is no file in it"));
}

}  // namespace
}  // namespace casewire::scenarios
