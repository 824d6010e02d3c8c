#include "sim/mail/message.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "base/text/crypto.hpp"

namespace casewire::sim::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

WallTime first_monday() { return *parse_iso8601("2026-01-05T09:00:00Z"); }

Message rich_message() {
  Message message{.from = {"Dana Müller", "dana@example.test"}};
  message.to = {{"Help, Desk", "help@acme.test"}, {"", "second@acme.test"}};
  message.cc = {{"Ann", "ann@example.test"}};
  message.subject = "Bestellung Nr. 5 — größer als erwartet 漢字";
  message.message_id = "m1@example.test";
  message.in_reply_to = "m0@acme.test";
  message.references = {"root@example.test", "m0@acme.test"};
  message.date = first_monday();
  message.text = "Grüße,\n\n.leading dot\n漢字";
  message.html = "<p>Grüße,</p><p>.leading dot<br>漢字<img src=\"cid:logo@x\"></p>";
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

TEST(ParsedMail, KeepsTheLastBytesOfBase64WhoseSignsAtTheEndWereLeftOut) {
  const auto text_of = [](const std::string& coded) {
    const auto mail = parse("From: dana@example.test\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                            coded + "\r\n");
    return mail ? mail->text : mail.error().problem;
  };
  EXPECT_EQ(text_of("aGVsbG8gd29ybGQ"), "hello world");
  EXPECT_EQ(text_of("aGVsbG8gd29y\r\nbGQh\r\nIQ"), "hello world!!");
  EXPECT_EQ(text_of("aGVsbG8gd29ybGQ="), "hello world");
  EXPECT_EQ(text_of("aGVsbG8="), "hello");
  EXPECT_EQ(text_of("aGVsbG8gd29ybGQhI"), "hello world!");
}

TEST(ComposedMail, KeepsALongSubjectAndNameInAnotherScript) {
  std::string subject;
  for (int at = 0; at < 40; ++at) subject += "日本語 " + std::to_string(at) + " ";
  subject += "終";
  const Message message{.from = {subject, "dana@example.test"}, .subject = subject};
  const auto parsed = parse(compose(message));
  EXPECT_EQ(parsed->subject, subject);
  EXPECT_EQ(parsed->from.name, subject);
}

// RFC 2047 6.2: what is between two encoded words does not count; between a word and plain text it does.
TEST(ParsedMail, JoinsEncodedWords) {
  const auto subject = [](const std::string& header) {
    return parse("From: a@example.test\r\nSubject: " + header + "\r\n\r\n")->subject;
  };
  EXPECT_EQ(subject("=?utf-8?B?w6Q=?= \t=?UTF-8?b?w7Y=?=\r\n =?utf-8?B?w7w=?= a"), "äöü a");
  EXPECT_EQ(subject("=?utf-8?B?5pc=?= =?utf-8?B?pQ==?="), "日") << "one character in two words";
  EXPECT_EQ(subject("=?iso-8859-1?B?5A==?= =?utf-8?B?w7Y=?="), "äö");
  EXPECT_EQ(subject("=?utf-8?B?w6Q=?= =?utf-8?Q?=C3=B6?="), "äö");
  EXPECT_EQ(subject("=?utf-8?B"), "=?utf-8?B");
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

struct BodyCase {
  const char* name;
  std::string body;  ///< with its own Content-Type first
  const char* text;
};
class Body : public testing::TestWithParam<BodyCase> {};
TEST_P(Body, IsReadByItsStructure) {
  const auto parsed = parse("From: a@example.test\r\n" + GetParam().body);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, GetParam().text);
}

/// A multipart of parts that are each "type; text".
std::string parts(const std::string& subtype, const std::vector<std::pair<std::string, std::string>>& inner) {
  static int boundaries = 0;
  const std::string boundary = "b" + std::to_string(++boundaries) + "e";
  std::string text = "Content-Type: multipart/" + subtype + "; boundary=" + boundary + "\r\n\r\n";
  for (const auto& [type, content] : inner) {
    text += "--" + boundary + "\r\n" + (type.empty() ? content : "Content-Type: " + type + "\r\n\r\n" + content) + "\r\n";
  }
  return text + "--" + boundary + "--\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    , Body,
    testing::ValuesIn(std::vector<BodyCase>{
        {"AlternativeIsItsLastPartWithText",
         parts("alternative", {{"text/plain", "Please use an HTML reader."}, {"text/html", "<p>Elm Road <b>7</b></p>"}}),
         "Elm Road 7"},
        {"AlternativeWithoutTextInItsLastPart",
         parts("alternative", {{"text/plain", "Elm Road 7"}, {"text/html", "<p>&nbsp;</p><img src=x>"}}), "Elm Road 7"},
        {"AlternativeWithBlankPlainPart", parts("alternative", {{"text/plain", "\xC2\xA0\r\n"}, {"text/html", "<p>Elm Road 7"}}),
         "Elm Road 7"},
        {"MixedIsAllOfIt",
         parts("mixed", {{"text/plain", "Above"}, {"text/html", "<p>Middle</p>"}, {"image/png", "x"}, {"text/plain", "Below"}}),
         "Above\n\nMiddle\n\nBelow"},
        {"RelatedIsAllOfIt",
         parts("related", {{"text/html", "<p>See <img src=cid:a alt=picture></p>"}, {"text/html", "<p>and this"}}),
         "See picture\n\nand this"},
        {"Nested",
         parts("mixed", {{"", parts("alternative", {{"text/plain", "no"}, {"", parts("related", {{"text/html", "<p>Hello"}})}})},
                         {"text/plain", "Footer of a list"}}),
         "Hello\n\nFooter of a list"},
        {"UnknownMultipart", parts("x-strange", {{"text/plain", "One"}, {"text/plain", "Two"}}), "One\n\nTwo"},
        {"AmpIsAnotherSpelling",
         parts("alternative", {{"text/plain", "Plain"}, {"text/x-amp-html", "<html amp4email>"}, {"text/html", "<p>Rich"}}),
         "Rich"},
        {"InviteIsAFile", parts("alternative", {{"text/plain", "Come"}, {"text/calendar", "BEGIN:VCALENDAR"}}), "Come"},
        {"Flowed", "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nhttps://x.test/a/ \r\n b\r\n",
         "https://x.test/a/b"},
        {"CharsetInTheHtml", "Content-Type: text/html\r\n\r\n<meta charset=koi8-r><p>\xF0\xD2\xC9\xD7\xC5\xD4", "Привет"},
        {"MultipartWithoutABoundary", "Content-Type: multipart/alternative\r\n\r\nElm Road 7\r\n", "Elm Road 7"},
        {"MultipartWhoseBoundaryNeverComes", "Content-Type: multipart/mixed; boundary=b\r\n\r\nElm Road 7\r\n\r\nAnn\r\n",
         "Elm Road 7\n\nAnn"},
        {"MultipartWithoutPartsInsideAnother", parts("mixed", {{"text/plain", "Above"}, {"multipart/related", "Below"}}),
         "Above\n\nBelow"},
        {"WordsBeforeTheFirstPartAreNobodys", parts("mixed", {{"text/plain", "Hello"}}) + "after", "Hello"},
        {"TypeThatIsNone", "Content-Type: text\r\n\r\nElm Road 7\r\n", "Elm Road 7"},
        {"TypeThatIsEmpty", "Content-Type: \r\n\r\nElm Road 7\r\n", "Elm Road 7"},
        {"TypeOfAPartThatIsNone", parts("mixed", {{"garbage", "Elm Road 7"}}), "Elm Road 7"},
        {"MarkdownIsText", parts("alternative", {{"text/plain", ""}, {"text/markdown", "Elm Road **7**"}}), "Elm Road **7**"},
        {"MarkdownAlone", "Content-Type: text/x-markdown\r\n\r\n# Elm Road 7\r\n", "# Elm Road 7"},
        {"Uuencoded",
         "Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 words.txt\r\n"
         "*16QM(%)O860@-P``\r\n`\r\nend\r\n",
         "Elm Road 7"},
        {"UuencodedWithoutItsBlanksAtTheEnd",
         "Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 words.txt\r\n"
         "*16QM(%)O860@-P\r\n\r\nend\r\n",
         "Elm Road 7"},
        {"CharsetThatLies", "Content-Type: text/html; charset=gb2312\r\n\r\n<p>Pages 4 – 9 of 说明书", "Pages 4 – 9 of 说明书"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(ParsedMail, KeepsTheFilesOfAllParts) {
  const auto parsed = parse("From: a@example.test\r\n" +
                            parts("alternative", {{"text/plain", "Come"},
                                                  {"", parts("related", {{"text/html", "<p>Come"}, {"image/png", "x"}})},
                                                  {"text/calendar; name=\"../when.ics\"", "BEGIN:VCALENDAR"}}));
  ASSERT_EQ(parsed->attachments.size(), 2u);
  EXPECT_EQ(parsed->attachments[0].name, "") << "whoever shows it names it by its type";
  EXPECT_EQ(parsed->attachments[1].name, "when.ics");
}

TEST(ParsedMail, ReadsAddressesThatNoRfcAllows) {
  const auto parsed = parse(
      "From: =?utf-8?q?Y=C3=BCki?= <yuki..kettle.@example.test>\r\nTo: Jane [Sales] <jane@xn--bcher-kva.example>,\r\n "
      "Weber, Dana <dana@example.test>\r\n\r\nx\r\n");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->from, (Address{"Yüki", "yuki..kettle.@example.test"}));
  EXPECT_THAT(parsed->to,
              ElementsAre(Address{"Jane [Sales]", "jane@xn--bcher-kva.example"}, Address{"Weber, Dana", "dana@example.test"}));
  Message again{.from = parsed->from};
  again.to = parsed->to;
  EXPECT_EQ(parse(compose(again))->from, parsed->from);
  EXPECT_EQ(parse(compose(again))->to, parsed->to);
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
