#include "sim/mail/file_names.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

TEST(DefaultFileName, CanBeOpenedByItsType) {
  EXPECT_EQ(default_file_name("image/png"), "attachment.png");
  EXPECT_EQ(default_file_name("Text/Calendar"), "invite.ics");
  EXPECT_EQ(default_file_name("message/rfc822"), "message.eml");
  EXPECT_EQ(default_file_name("application/x-unheard-of"), "attachment");
}
TEST(PlainFileName, HasNoFoldersAndNoControls) {
  EXPECT_EQ(plain_file_name("C:\\temp\\..\\invoice 1.pdf"), "invoice 1.pdf");
  EXPECT_EQ(plain_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(plain_file_name("a\r\nb\x01.png"), "a  b.png");
  EXPECT_EQ(plain_file_name(".."), "");
  EXPECT_EQ(plain_file_name("Übersicht.pdf"), "Übersicht.pdf");
}
TEST(PlainFileName, KeepsItsEndingWhenItIsCut) {
  const auto name = plain_file_name(std::string(500, 'x') + ".jpeg");
  EXPECT_EQ(name.size(), 200u);
  EXPECT_TRUE(name.ends_with("x.jpeg"));
}

}  // namespace
}  // namespace casewire::sim::mail
