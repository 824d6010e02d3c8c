#include "base/text/json_writer.hpp"

#include <gtest/gtest.h>

#include <array>

namespace casewire {
namespace {

TEST(JsonWriter, PutsCommasBetweenMembersAndElements) {
  JsonWriter json;
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
  EXPECT_EQ(json.take(), R"({"a":[null,true,-9223372036854775808,{}],"b":"one \"text\" of pieces","c":{"x":10.0}})");
}

TEST(JsonWriter, TakesWhatWasWrittenBefore) {
  JsonWriter json;
  json.begin_array();
  json.written("");
  json.written("1,2");
  json.written("{}");
  json.end_array();
  EXPECT_EQ(json.take(), "[1,2,{}]");
}

TEST(JsonWriter, WritesStringsAsTheTreeDoes) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  for (const std::string& text : std::array<std::string, 6>{"", "plain / ~", "\"quoted\" \\ \x7f", "line\r\n\ttab",
                                                            "\xC3\xBC \xE6\x97\xA5 \xF0\x9F\x98\x80", every_byte}) {
    JsonWriter json;
    json.string(text);
    EXPECT_EQ(json.take(), dump_json(Json(text)));
  }
}

TEST(JsonWriter, SeesWhatNeedsAnEscapeWhereverItStands) {
  for (std::size_t length = 1; length <= 18; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (const char special : {'"', '\\', '\n', '\x1f', '\x80', '\xff', ' ', '!', '#', '[', ']', '\x7f'}) {
        std::string text(length, 'a');
        text[at] = special;
        JsonWriter json;
        json.string(text);
        EXPECT_EQ(json.take(), dump_json(Json(text)));
      }
    }
  }
}

TEST(JsonWriter, WritesTheMembersOfATreeAsTheyStandOrByName) {
  const Json tree{{"b", Json::array({Json{{"z", 1}, {"y", 2}}})}, {"a", nullptr}};
  JsonWriter json;
  json.tree(tree);
  EXPECT_EQ(json.take(), R"({"b":[{"z":1,"y":2}],"a":null})");
  json.tree(tree, JsonWriter::Members::by_name);
  EXPECT_EQ(json.take(), R"({"a":null,"b":[{"y":2,"z":1}]})");
}

TEST(JsonWriter, GrowsByAnyPiece) {
  JsonWriter json;
  std::string expected = "[";
  json.begin_array();
  for (std::size_t length = 1; length < 5'000; length += length / 2 + 1) {
    json.string(std::string(length, 'x'));
    expected += (length == 1 ? "\"" : ",\"") + std::string(length, 'x') + "\"";
    EXPECT_EQ(json.bytes(), expected.size());
  }
  json.end_array();
  EXPECT_EQ(json.take(), expected + "]");
  EXPECT_EQ(json.take(), "");
}

}  // namespace
}  // namespace casewire
