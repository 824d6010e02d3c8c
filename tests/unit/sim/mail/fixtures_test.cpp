// The mails under fixtures/mail are read by scenarios: each must say what its name promises.

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "sim/mail/message.hpp"
#include "sim/mail/quotes.hpp"

namespace casewire::sim::mail {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string content_of(const std::string& path) {
  std::ifstream file{std::string{CASEWIRE_SOURCE_DIR} + "/" + path, std::ios::binary};
  EXPECT_TRUE(file) << path;
  return (std::ostringstream{} << file.rdbuf()).str();
}

Message mail(const std::string& name) {
  auto parsed = parse(content_of("fixtures/mail/" + name), name);
  EXPECT_TRUE(parsed) << name;
  return parsed ? *parsed : Message{.from = {}};
}

TEST(FixtureMail, PlainIsPlainText) {
  const auto message = mail("plain.eml");
  EXPECT_EQ(message.subject, "Order 1182");
  EXPECT_THAT(message.text, HasSubstr("Where is my order?"));
  EXPECT_TRUE(message.html.empty());
}

TEST(FixtureMail, HtmlReplyHoldsAQuoteThatIsCut) {
  const auto message = mail("html-reply.eml");
  EXPECT_FALSE(message.html.empty());
  EXPECT_THAT(message.text, HasSubstr("> "));
  EXPECT_EQ(without_quotes(message.text, kind_of(message)), "Yes please, to the new address.\n\nThanks,\nDana");
  EXPECT_EQ(message.references.size(), 2u);
}

TEST(FixtureMail, JapaneseIsReadFromIso2022Jp) {
  const auto message = mail("japanese.eml");
  EXPECT_EQ(message.subject, "注文についての質問");
  EXPECT_THAT(message.text, HasSubstr("商品がまだ届いていません。"));
}

TEST(FixtureMail, AttachmentIsTheInvoiceOfFixtureFiles) {
  const auto message = mail("attachment.eml");
  ASSERT_EQ(message.attachments.size(), 1u);
  EXPECT_EQ(message.attachments[0].name, "invoice.pdf");
  EXPECT_EQ(message.attachments[0].media_type, "application/pdf");
  EXPECT_EQ(message.attachments[0].content, content_of("fixtures/files/invoice.pdf"));
}

TEST(FixtureMail, InlineImageIsReferredToByItsHtml) {
  const auto message = mail("inline-image.eml");
  ASSERT_EQ(message.attachments.size(), 1u);
  EXPECT_THAT(message.html, HasSubstr("cid:" + message.attachments[0].content_id));
  EXPECT_EQ(message.attachments[0].content, content_of("fixtures/files/label.png"));
}

TEST(FixtureMail, OutOfOfficeSaysSo) {
  EXPECT_THAT(mail("out-of-office.eml").other_headers,
              Contains(std::pair<std::string, std::string>{"Auto-Submitted", "auto-replied"}));
}

TEST(FixtureFile, PdfAndPngHaveTheirMagic) {
  EXPECT_TRUE(content_of("fixtures/files/invoice.pdf").starts_with("%PDF-1."));
  EXPECT_TRUE(content_of("fixtures/files/label.png").starts_with("\x89PNG\r\n\x1a\n"));
}

}  // namespace
}  // namespace casewire::sim::mail
