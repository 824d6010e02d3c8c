// R32: tapes of every format that there was are read, and mean what they meant. R30: large bodies stand beside the tape.

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "scenarios/tape/same.hpp"
#include "scenarios/tape/tape_files.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class TapeFolder {
 public:
  TapeFolder() {
    char name[] = "/tmp/casewire-tapes-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  ~TapeFolder() { fs::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

TEST(Formats, R32AllThatEverWereAreRead) {
  // How many exchanges each holds. A file that was shipped once stays here for ever; new formats add theirs.
  const std::map<std::string, std::size_t> corpus{{"format-0-another-bridge.har", 13}, {"format-0-conversation.har", 5},
                                                  {"format-0-handoff.har", 13},        {"format-1-case-opens.har", 19},
                                                  {"format-1-killed-recorder.har", 4}, {"format-1-settings.har", 12}};
  std::size_t found = 0;
  for (const auto& entry : fs::directory_iterator(CASEWIRE_SOURCE_DIR "/tests/unit/scenarios/tape/corpus")) {
    if (entry.path().extension() != ".har") continue;
    const std::string name = entry.path().filename().string();
    const auto tape = read_har(bytes_of(entry.path()), name, beside_tape(entry.path().string()));
    ASSERT_TRUE(tape) << render(tape.error());
    ASSERT_TRUE(corpus.contains(name)) << name << " stands in no table";
    EXPECT_EQ(tape->exchanges.size(), corpus.at(name)) << name;
    // Written anew it tells the same.
    const auto again = read_har(write_har(*tape), name);
    ASSERT_TRUE(again);
    EXPECT_TRUE(tell_the_same(*tape, *again)) << name;
    ++found;
  }
  EXPECT_EQ(found, corpus.size());
}

TEST(Formats, ANewerOneIsRefusedInWords) {
  Json har = Json::parse(write_har(conversation()));
  har["log"]["_casewire"]["format"] = kTapeFormat + 1;
  const auto tape = read_har(har.dump(2), "newer.har");
  ASSERT_FALSE(tape);
  EXPECT_EQ(tape.error().problem, "this recording has format 2, and this program reads formats up to 1");
}

TEST(Formats, ATapeSaysWhatItIs) {
  Tape tape{conversation()};
  tape.head = {.is_of_fakes = true, .is_redacted = true, .comment = "for people"};
  const auto again = read_har(write_har(tape), "test.har");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->head.is_of_fakes);
  EXPECT_TRUE(again->head.is_redacted);
  EXPECT_EQ(again->head.comment, "for people");
}

TEST(TapeFiles, R30LargeBodiesStandBesideByTheirDigest) {
  const TapeFolder folder;
  Tape tape{conversation()};
  const std::string large = std::string(3000, 'a') + std::string(3000, '\0');
  tape.exchanges[0].response.body = large;
  tape.exchanges[1].response.body = std::string(SideBodies::kBytesMin, 'b');
  ASSERT_TRUE(save_tape(folder.file("mine.har"), tape));
  const std::string beside = folder.file("mine.bodies/" + hex(sha256(large)));
  EXPECT_EQ(bytes_of(beside), large);
  for (const std::string& file : {beside, folder.file("mine.har")}) {
    struct stat status {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u) << file;
  }
  const std::string text = bytes_of(folder.file("mine.har"));
  EXPECT_LT(text.size(), 30'000u);
  const auto again = read_har(text, "mine.har", beside_tape(folder.file("mine.har")));
  ASSERT_TRUE(again) << render(again.error());
  EXPECT_EQ(again->exchanges[0].response.body, large);
  EXPECT_EQ(again->exchanges[1].response.body.size(), SideBodies::kBytesMin) << "just small enough to stand in the file";

  // What is no longer of the tape goes.
  tape.exchanges[0].response.body.clear();
  ASSERT_TRUE(save_tape(folder.file("mine.har"), tape));
  EXPECT_FALSE(fs::exists(folder.file("mine.bodies")));
}

TEST(TapeFiles, ABodyThatIsNotThereIsAnErrorWithItsPlace) {
  const TapeFolder folder;
  Tape tape{conversation()};
  tape.exchanges[0].response.body = std::string(5000, 'a');
  ASSERT_TRUE(save_tape(folder.file("mine.har"), tape));
  fs::remove_all(folder.file("mine.bodies"));
  const auto read = read_har(bytes_of(folder.file("mine.har")), "mine.har", beside_tape(folder.file("mine.har")));
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().problem.find("beside the recording, and is not there"), std::string::npos);
}

TEST(TapeFiles, NobodyIsLedOutOfTheFolder) {
  const TapeFolder folder;
  std::ofstream(folder.file("secret")) << "x";
  fs::create_directory(folder.file("in"));
  const BesideTape beside = beside_tape(folder.file("in/mine.har"));
  EXPECT_FALSE(beside("../secret"));
  EXPECT_FALSE(beside("a/../../secret"));
  EXPECT_FALSE(beside(folder.file("secret")));
}

/// Objects of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): what each must have, and what it may.
struct Described {
  std::map<std::string, std::string> must, may;  ///< name -> kind, or the name of an object here; `[x]` a list of them
};
const std::map<std::string, Described>& har_1_2() {
  static const std::map<std::string, Described> kObjects{
      {"log", {{{"version", "string"}, {"creator", "creator"}, {"entries", "[entry]"}}, {{"comment", "string"}}}},
      {"creator", {{{"name", "string"}, {"version", "string"}}, {}}},
      {"entry",
       {{{"startedDateTime", "string"},
         {"time", "number"},
         {"request", "request"},
         {"response", "response"},
         {"cache", "cache"},
         {"timings", "timings"}},
        {}}},
      {"request",
       {{{"method", "string"},
         {"url", "string"},
         {"httpVersion", "string"},
         {"cookies", "[pair]"},
         {"headers", "[pair]"},
         {"queryString", "[pair]"},
         {"headersSize", "number"},
         {"bodySize", "number"}},
        {{"postData", "postData"}}}},
      {"response",
       {{{"status", "number"},
         {"statusText", "string"},
         {"httpVersion", "string"},
         {"cookies", "[pair]"},
         {"headers", "[pair]"},
         {"content", "content"},
         {"redirectURL", "string"},
         {"headersSize", "number"},
         {"bodySize", "number"}},
        {}}},
      {"postData", {{{"mimeType", "string"}}, {{"text", "string"}}}},
      {"content", {{{"size", "number"}, {"mimeType", "string"}}, {{"text", "string"}, {"encoding", "string"}}}},
      {"cache", {}},
      {"timings", {{{"send", "number"}, {"wait", "number"}, {"receive", "number"}}, {}}},
      {"pair", {{{"name", "string"}, {"value", "string"}}, {}}}};
  return kObjects;
}

void expect_described(const Json& value, const std::string& kind, const std::string& where) {
  if (kind == "string" || kind == "number") {
    EXPECT_TRUE(kind == "string" ? value.is_string() : value.is_number()) << where;
    return;
  }
  if (kind.starts_with('[')) {
    ASSERT_TRUE(value.is_array()) << where;
    for (std::size_t i = 0; i < value.size(); ++i)
      expect_described(value[i], kind.substr(1, kind.size() - 2), where + "/" + std::to_string(i));
    return;
  }
  ASSERT_TRUE(value.is_object()) << where;
  const Described& described = har_1_2().at(kind);
  for (const auto& [name, of] : described.must) {
    ASSERT_TRUE(value.contains(name)) << where << " lacks " << name;
    expect_described(value[name], of, where + "/" + name);
  }
  for (const auto& [name, child] : value.items()) {
    const auto allowed = described.may.find(name);
    if (allowed != described.may.end()) expect_described(child, allowed->second, where + "/" + name);
    // What the format does not know is called so that other readers pass over it.
    EXPECT_TRUE(allowed != described.may.end() || described.must.contains(name) || name.starts_with('_'))
        << where << " has " << name;
  }
}

TEST(Formats, WhatIsWrittenIsHar12) {
  Tape tape{conversation()};
  tape.exchanges[0].response.body = std::string("\xFF\0", 2);
  tape.exchanges[1].response = {.status = 0};
  tape.fates = {{.what = BridgeFate::What::crashed, .at = at_second(2), .place = 1}};
  tape.head.comment = "for people";
  expect_described(Json::parse(write_har(tape, 3))["log"], "log", "log");
  for (const auto& entry : fs::directory_iterator(CASEWIRE_SOURCE_DIR "/fixtures/recordings")) {
    if (entry.path().extension() == ".har") expect_described(Json::parse(bytes_of(entry.path()))["log"], "log", entry.path());
  }
}

TEST(Same, IsWhatDiffersInWhatARunDrawsAlone) {
  const Tape tape{conversation()};
  Tape other = tape;
  other.exchanges[0].started += std::chrono::hours(1);
  EXPECT_TRUE(tell_the_same(tape, other));
  std::swap(other.exchanges[1], other.exchanges[2]);
  EXPECT_TRUE(tell_the_same(tape, other)) << "in another order";
  other.exchanges.pop_back();
  EXPECT_FALSE(tell_the_same(tape, other)) << "one less";
  other = tape;
  other.exchanges.back().response.status = 418;
  EXPECT_FALSE(tell_the_same(tape, other)) << "another answer";
}

}  // namespace
}  // namespace casewire::scenarios
