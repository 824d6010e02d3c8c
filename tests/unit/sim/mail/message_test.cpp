#include "sim/mail/message.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "base/text/crypto.hpp"

namespace casewire::sim::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

WallTime monday() { return *parse_iso8601("2026-01-05T09:00:00Z"); }

Message rich_message() {
  Message message{.from = {"Dana Müller", "dana@example.test"}};
  message.to = {{"Help, Desk", "help@acme.test"}, {"", "second@acme.test"}};
  message.cc = {{"Ann", "ann@example.test"}};
  message.subject = "Bestellung Nr. 5 — größer als erwartet 漢字";
  message.message_id = "m1@example.test";
  message.in_reply_to = "m0@acme.test";
  message.references = {"root@example.test", "m0@acme.test"};
  message.date = monday();
  message.text = "Grüße,\n\n.leading dot\n漢字";
  message.html = "<p>Grüße</p><img src=\"cid:logo@x\">";
  message.attachments = {{"Rechnung Übersicht.pdf", "application/pdf", std::string{"\0\1\2\xff", 4}},
                         {"logo.png", "image/png", "png bytes", "logo@x"}};
  message.other_headers = {{"Auto-Submitted", "auto-replied"}};
  return message;
}

TEST(ComposedMail, IsReadBackAsItWas) {
  const Message message = rich_message();
  const auto parsed = parse(compose(message));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->from, message.from);
  EXPECT_EQ(parsed->to, message.to);
  EXPECT_EQ(parsed->cc, message.cc);
  EXPECT_EQ(parsed->subject, message.subject);
  EXPECT_EQ(parsed->message_id, message.message_id);
  EXPECT_EQ(parsed->in_reply_to, message.in_reply_to);
  EXPECT_EQ(parsed->references, message.references);
  EXPECT_EQ(parsed->date, message.date);
  EXPECT_EQ(parsed->text, message.text);
  EXPECT_EQ(parsed->html, message.html);
  ASSERT_EQ(parsed->attachments.size(), 2u);
  const auto& inline_image = parsed->attachments[0];
  const auto& invoice = parsed->attachments[1];
  EXPECT_EQ(inline_image.content_id, "logo@x");
  EXPECT_EQ(inline_image.content, "png bytes");
  EXPECT_EQ(invoice.name, "Rechnung Übersicht.pdf");
  EXPECT_EQ(invoice.media_type, "application/pdf");
  EXPECT_EQ(invoice.content, message.attachments[0].content);
  EXPECT_THAT(parsed->other_headers, ElementsAre(std::pair<std::string, std::string>{"Auto-Submitted", "auto-replied"}));
}

TEST(ComposedMail, IsTheSameBytesForTheSameMessage) { EXPECT_EQ(compose(rich_message()), compose(rich_message())); }

TEST(ComposedMail, IsSevenBitTextWithCrLfAndLinesThatSmtpAllows) {
  Message message = rich_message();
  message.text += "\n" + std::string(3000, 'x') + "\nlone \r return";
  const std::string text = compose(message);
  std::size_t line_length = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    ASSERT_GE(text[at], 0) << "at byte " << at;
    if (text[at] == '\n') {
      ASSERT_EQ(text[at - 1], '\r') << "at byte " << at;
      line_length = 0;
    } else {
      ASSERT_LE(++line_length, 999u);
    }
    if (text[at] == '\r') {
      ASSERT_EQ(text[at + 1], '\n') << "at byte " << at;
    }
  }
  EXPECT_TRUE(text.ends_with("\r\n"));
}

TEST(ComposedMail, HasABoundaryThatFollowsItsContent) {
  Message other = rich_message();
  other.text += "!";
  const auto boundary = [](const std::string& text) { return text.substr(text.find("boundary="), 40); };
  EXPECT_NE(boundary(compose(rich_message())), boundary(compose(other)));
}

TEST(ComposedMail, CannotBeGivenAnExtraHeaderThroughAValue) {
  Message message{.from = {"Dana\r\nBcc: all@acme.test", "dana@example.test"}};
  message.subject = "Hi\r\nX-Injected: yes";
  message.other_headers = {{"X-Note", "a\nX-Injected: yes"}, {"Bad Name", "x"}};
  const auto parsed = parse(compose(message));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->subject, "Hi  X-Injected: yes");
  EXPECT_EQ(parsed->other_headers.size(), 1u);
}

TEST(ComposedMail, KeepsOneHundredReferencesInOrder) {
  Message message{.from = {"", "dana@example.test"}};
  for (int at = 0; at < 100; ++at) message.references.push_back("reference-" + std::to_string(at) + "@mail.example.test");
  EXPECT_EQ(parse(compose(message))->references, message.references);
}

TEST(ComposedMail, KeepsAMegabyteOfBinaryExactly) {
  Message message{.from = {"", "dana@example.test"}};
  std::string bytes;
  for (int at = 0; at < 32 * 1024; ++at) bytes += sha256(std::to_string(at));
  message.attachments = {{"noise.bin", "application/octet-stream", bytes}};
  EXPECT_EQ(sha256(parse(compose(message))->attachments.at(0).content), sha256(bytes));
}

TEST(ParsedMail, WithoutAnyHeaderIsAnErrorThatNamesTheFile) {
  const auto parsed = parse("just some words\r\nand more\r\n", "odd.eml");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().where.file, "odd.eml");
  EXPECT_FALSE(parse(""));
}

TEST(ParsedMail, KeepsItsTextWhenTheLastBoundaryIsMissing) {
  const auto parsed = parse(
      "From: a@example.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nstill here\r\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, "still here");
}

TEST(ParsedMail, KeepsWhatBadBase64StillHolds) {
  const auto parsed =
      parse("From: a@example.test\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8g*d29ybGQ=\r\n");
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->text, HasSubstr("hello"));
}

TEST(ParsedMail, ReadsJapaneseWhoseCharsetWasNotNamed) {
  const auto parsed = parse("From: a@example.test\r\nContent-Type: text/plain\r\n\r\n\x1b$B$3$s$K$A$O\x1b(B\r\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, "こんにちは");
}

TEST(ParsedMail, ReadsAnUnknownCharsetAsFarAsItCan) {
  const auto parsed = parse("From: a@example.test\r\nContent-Type: text/plain; charset=x-martian\r\n\r\nplain enough\r\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, "plain enough");
}

TEST(ParsedMail, TakesTheTextOfTheHtmlWhenThereIsNoPlainPart) {
  const auto parsed = parse("From: a@example.test\r\nContent-Type: text/html\r\n\r\n<p>Hello<br>there</p>\r\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, "Hello\nthere");
}

TEST(ParsedMail, ShowsAForwardedMailAsAnAttachment) {
  const auto parsed = parse(
      "From: a@example.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee below\r\n--b\r\n"
      "Content-Type: message/rfc822\r\n\r\nFrom: c@example.test\r\nSubject: Inner\r\n\r\ninner text\r\n--b--\r\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, "see below");
  ASSERT_EQ(parsed->attachments.size(), 1u);
  EXPECT_EQ(parsed->attachments[0].name, "Inner.eml");
  EXPECT_THAT(parsed->attachments[0].content, HasSubstr("inner text"));
}

TEST(ParsedMail, RefusesToFollowHundredsOfNestedMultiparts) {
  std::string text = "From: a@example.test\r\n";
  for (int level = 0; level < 500; ++level) {
    const std::string boundary = "b" + std::to_string(level);
    text += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
  }
  EXPECT_FALSE(parse(text));
}

TEST(ParsedMail, NeverCrashesOnAnyPrefixOrFlippedByteOfARealOne) {
  const std::string text = compose(rich_message());
  for (std::size_t at = 0; at < text.size(); at += 3) {
    (void)parse(text.substr(0, at));
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    (void)parse(flipped);
  }
}

}  // namespace
}  // namespace casewire::sim::mail
