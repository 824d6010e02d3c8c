#include "bridge/replies/pictures.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge::replies {
namespace {

const std::string kVersion = "068VE00000abcde";
const std::string kDocument = "069VE00000abcde";

std::string image(const std::string& source) { return "<p>See</p><img alt=\"x\" src=\"" + source + "\">"; }

// F55
TEST(Pictures, PastedOnesAreFiles) {
  const auto pictures = pictures_in(image("data:image/png;base64,aGVs\nbG8=") + "<IMG SRC='data:image/jpeg;base64,aGk='>");
  ASSERT_EQ(pictures.pasted.size(), 2u);
  EXPECT_EQ(pictures.pasted[0].name, "picture-1.png");
  EXPECT_EQ(pictures.pasted[0].content, "hello");
  EXPECT_EQ(pictures.pasted[0].bytes, 5u);
  EXPECT_EQ(pictures.pasted[1].name, "picture-2.jpg");
  EXPECT_FALSE(pictures.names_files());
}

TEST(Pictures, ThoseOnTheOrgsFileServletAreNamedOnce) {
  const auto pictures = pictures_in(
      image("https://acme.file.force.com/sfc/servlet.shepherd/version/renditionDownload?rendition=THUMB720BY480&amp;versionId=" +
            kVersion + "AAA") +
      image("/sfc/servlet.shepherd/document/download/" + kDocument) +
      image("/sfc/servlet.shepherd/version/download/" + kVersion));
  EXPECT_EQ(pictures.shown, (std::vector<std::string>{kVersion, kDocument}));
  EXPECT_TRUE(is_shown({.version_id = kVersion + "AAA", .name = "a.png"}, pictures.shown));
  EXPECT_TRUE(is_shown({.version_id = "068VE00000other", .name = "a.png", .document_id = kDocument + "AAA"}, pictures.shown));
  EXPECT_FALSE(is_shown({.version_id = "068VE00000other", .name = "a.png"}, pictures.shown));
}

// Object Reference, "FeedItem": an image of a rich post refers to a file by its document.
TEST(Pictures, ThoseOfAPostAreNamedByTheirDocument) {
  const auto pictures = pictures_in(image("sfdc://" + kDocument) + image("sfdc://none"));
  EXPECT_EQ(pictures.shown, (std::vector<std::string>{kDocument}));
  EXPECT_EQ(pictures.out_of_reach, 1u);
}

// F56
TEST(Pictures, ThoseThatOnlyTheOrgsPeopleSeeAreCounted) {
  EXPECT_EQ(pictures_in(image("https://acme.file.force.com/servlet/rtaImage?eid=500&refid=0EM")).out_of_reach, 1u);
  EXPECT_EQ(pictures_in(image("/servlet/servlet.FileDownload?file=00P000000000001")).out_of_reach, 1u);
  EXPECT_EQ(pictures_in(image("/sfc/servlet.shepherd/version/download/none")).out_of_reach, 1u);
  EXPECT_EQ(pictures_in(image("data:image/png;base64,&&")).out_of_reach, 1u);
  EXPECT_EQ(pictures_in(image("data:text/html;base64,aGk=")).out_of_reach, 1u);
}

TEST(Pictures, OthersWebServersAndQuotesAreNoPartOfWhatWasWritten) {
  const auto pictures =
      pictures_in(image("https://acme.test/logo.png") + "<blockquote>" + image("data:image/png;base64,aGk=") +
                  "<blockquote></blockquote>" + image("cid:1") + "</blockquote></blockquote>" + "<img><p>src=cid:2</p>");
  EXPECT_TRUE(pictures.pasted.empty());
  EXPECT_FALSE(pictures.names_files());
  EXPECT_EQ(pictures.out_of_reach, 0u);
  EXPECT_TRUE(pictures_in(image("CID:image001.png@01D")).is_by_content_id);
}

TEST(Pictures, AreBounded) {
  std::string html;
  for (std::size_t i = 0; i < 2 * kPicturesMax; ++i) html += image("data:image/png;base64,aGk=");
  EXPECT_EQ(pictures_in(html).pasted.size(), kPicturesMax);
}

}  // namespace
}  // namespace casewire::bridge::replies
