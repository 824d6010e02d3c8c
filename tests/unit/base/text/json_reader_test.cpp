#include "base/text/json_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace casewire {
namespace {

const std::vector<std::string> kSound{
    R"( {"z":[1,-2,2.5,true,null,"\u00e9\n"],"a":{"b":{}},"m":18446744073709551615} )",
    R"(["\ud83d\ude00\"\\\/\b\f\n\r\t\u0000","plain text of more than eight bytes"])",
    "[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 mixed \xC3\xA9\", \"\"]",
    "[0,-0,0.5,-1e3,1E-2,12e+1,9223372036854775807,-9223372036854775808]",
    "\t{\r\n\"a\" : [ ] , \"b\" : { } }\n",
    "false",
};

TEST(SoundJson, IsReadAsTheLibraryReadsIt) {
  for (const auto& text : kSound) {
    const auto value = read_sound_json(text, 64);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(*value, Json::parse(text)) << text;
    EXPECT_EQ(value->dump(), Json::parse(text).dump()) << text;
  }
}

// What the library would refuse is never taken, and what it takes is never something else.
TEST(SoundJson, IsNeverTakenForMoreThanItIs) {
  const auto check = [](const std::string& text) {
    const auto value = read_sound_json(text, 64);
    if (!value) return;
    ASSERT_TRUE(Json::accept(text)) << text;
    EXPECT_EQ(value->dump(), Json::parse(text).dump()) << text;
  };
  constexpr std::string_view kBytes = "\"\\{}[],:0-+.eEtu \n\x01\x7f\x80\xC3\xED\xF0";
  for (const auto& sound : kSound) {
    for (std::size_t at = 0; at < sound.size(); ++at) {
      check(sound.substr(0, at));
      check(sound.substr(0, at) + sound.substr(at + 1));
      for (const char byte : kBytes) {
        auto text = sound;
        text[at] = byte;
        check(text);
        check(sound.substr(0, at) + byte + sound.substr(at));
      }
    }
  }
}

TEST(SoundJson, IsLeftToTheLibraryWhereAnythingIsToBeSaid) {
  EXPECT_FALSE(read_sound_json(R"({"a":1,"\u0061":2})", 64));
  EXPECT_FALSE(read_sound_json("[18446744073709551616]", 64));
  EXPECT_FALSE(read_sound_json("[1e400]", 64));
  EXPECT_FALSE(read_sound_json("[[1]]", 1));
  EXPECT_TRUE(read_sound_json("[[1]]", 2));
  EXPECT_TRUE(read_sound_json("[[[]],[[]]]", 3)) << "side by side is no deeper";
}

}  // namespace
}  // namespace casewire
