#include "base/recording/har_entry.hpp"

#include <gtest/gtest.h>

namespace casewire::recording {
namespace {

TEST(SortedText, OrdersTheMembersOfEachObjectHoweverDeep) {
  const Json json = Json::parse(R"({"b":[{"z":1,"a":null},true],"a":{"y":-1,"x":0.5}})");
  EXPECT_EQ(sorted_text(json), R"({"a":{"x":0.5,"y":-1},"b":[{"a":null,"z":1},true]})");
}

TEST(SortedText, InOneLineSaysWhatItSaysInSeveral) {
  Json json = Json::parse(R"({"\u0000\"":"a\nb","none":[],"":{},"Größe":"ß\ud83d\ude00"})");
  json["no text"] = std::string("\xff\xfe", 2);
  EXPECT_EQ(Json::parse(sorted_text(json)), Json::parse(sorted_text(json, 2)));
  EXPECT_EQ(sorted_text(json), sorted_text(json, -1));
}

}  // namespace
}  // namespace casewire::recording
