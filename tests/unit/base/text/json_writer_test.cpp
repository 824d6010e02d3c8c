#include "base/text/json_writer.hpp"

#include <gtest/gtest.h>

#include <array>

namespace casewire {
namespace {

TEST(JsonWriter, PutsCommasBetweenMembersAndElements) {
  std::string text;
  JsonWriter json{text};
  json.begin_object();
  json.key("a");
  json.begin_array();
  json.null();
  json.boolean(true);
  json.integer(-9'223'372'036'854'775'807 - 1);
  json.begin_object();
  json.end_object();
  json.end_array();
  json.key("b");
  json.string({"one ", "\"text\"", " of pieces"});
  json.key("c");
  json.tree(Json{{"x", 10.0}});
  json.end_object();
  EXPECT_EQ(text, R"({"a":[null,true,-9223372036854775808,{}],"b":"one \"text\" of pieces","c":{"x":10.0}})");
}

TEST(JsonWriter, TakesWhatWasWrittenBefore) {
  std::string text;
  JsonWriter json{text};
  json.begin_array();
  json.written("");
  json.written("1,2");
  json.written("{}");
  json.end_array();
  EXPECT_EQ(text, "[1,2,{}]");
}

TEST(JsonWriter, WritesStringsAsTheTreeDoes) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  for (const std::string& text : std::array<std::string, 6>{"", "plain / ~", "\"quoted\" \\ \x7f", "line\r\n\ttab",
                                                            "\xC3\xBC \xE6\x97\xA5 \xF0\x9F\x98\x80", every_byte}) {
    std::string written;
    JsonWriter{written}.string(text);
    EXPECT_EQ(written, dump_json(Json(text)));
  }
}

TEST(JsonWriter, SeesWhatNeedsAnEscapeWhereverItStands) {
  for (std::size_t length = 1; length <= 18; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (const char special : {'"', '\\', '\n', '\x1f', '\x80', '\xff', ' ', '!', '#', '[', ']', '\x7f'}) {
        std::string text(length, 'a');
        text[at] = special;
        std::string written;
        JsonWriter{written}.string(text);
        EXPECT_EQ(written, dump_json(Json(text)));
      }
    }
  }
}

}  // namespace
}  // namespace casewire
