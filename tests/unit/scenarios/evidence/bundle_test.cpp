#include "scenarios/evidence/bundle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

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
                    Bad{"Zip", std::string("PK\x03\x04\0\0", 6), "is a zip; unpack it"}, Bad{"Empty", "", "bad: is empty"},
                    Bad{"Prose", "I cannot log in.\n", "bad: not understood"},
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
