#include "bridge/reconcile/reply_reading.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge {
namespace {

using replies::Kind;

Json post(const Json& fields) {
  Json row{
      {"Id", "0D5000000000001AAA"}, {"Visibility", "AllUsers"}, {"IsRichText", false}, {"Body", nullptr}, {"LinkUrl", nullptr}};
  row.update(fields);
  return row;
}

// F42
TEST(ReplyRow, APostIsPublishedWhenAllUsersMaySeeIt) {
  EXPECT_TRUE(reply_row(post({{"Body", "Here."}}), Kind::post).is_published);
  EXPECT_FALSE(reply_row(post({{"Body", "Here."}, {"Visibility", "InternalUsers"}}), Kind::post).is_published);
}

TEST(ReplyRow, ARichPostIsHtml) {
  const auto row = reply_row(post({{"Body", "<p>It is <b>there</b>.</p>"}, {"IsRichText", true}}), Kind::post);
  EXPECT_EQ(replies::reply_text(row.text, row.html), "It is there.");
}

TEST(ReplyRow, TheLinkOfAPostIsPartOfWhatItSays) {
  EXPECT_EQ(reply_row(post({{"Body", "Read this."}, {"LinkUrl", "https://acme.test/lamps"}}), Kind::post).text,
            "Read this.\nhttps://acme.test/lamps");
  EXPECT_EQ(reply_row(post({{"LinkUrl", "https://acme.test/lamps"}}), Kind::post).text, "https://acme.test/lamps");
  EXPECT_EQ(reply_row(post({{"Body", "See https://acme.test/lamps"}, {"LinkUrl", "https://acme.test/lamps"}}), Kind::post).text,
            "See https://acme.test/lamps");
  const auto rich =
      reply_row(post({{"Body", "<p>Read this.</p>"}, {"IsRichText", true}, {"LinkUrl", "https://acme.test/a?b&c"}}), Kind::post);
  EXPECT_EQ(replies::reply_text(rich.text, rich.html), "Read this.\n\nhttps://acme.test/a?b&c");
}

TEST(ReplyRow, TheFileOfAPostIsItsVersion) {
  EXPECT_EQ(reply_row(post({{"RelatedRecordId", "068000000000001AAA"}}), Kind::post).file_version, "068000000000001AAA");
}

}  // namespace
}  // namespace casewire::bridge
