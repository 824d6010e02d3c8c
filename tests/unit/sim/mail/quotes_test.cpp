#include "sim/mail/quotes.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

struct QuoteCase {
  const char* name;
  MailKind kind;
  const char* text;
  const char* want;
};
constexpr auto kFirst = MailKind::first;
constexpr auto kAnswer = MailKind::answer;

class WithoutQuotes : public testing::TestWithParam<QuoteCase> {};
TEST_P(WithoutQuotes, KeepsWhatTheWriterWrote) { EXPECT_EQ(without_quotes(GetParam().text, GetParam().kind), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    , WithoutQuotes,
    testing::ValuesIn(std::vector<QuoteCase>{
        {"NothingQuoted", kFirst, "Hello\nthere\n", "Hello\nthere"},
        {"MarkedBelow", kAnswer, "Thanks!\n\nOn Mon, Jan 5, 2026 at 10:00 AM Help <help@acme.test> wrote:\n> Hi\n> there\n",
         "Thanks!"},
        {"AttributionOverTwoLines", kAnswer,
         "Thanks!\nDana\nOn Mon, Jan 5, 2026 at 10:00 AM Help Desk\n<help@acme.test> wrote:\n\n> Hi\n", "Thanks!\nDana"},
        {"AttributionOverThreeLines", kAnswer, "Thanks!\nOn Mon, Jan 5, 2026\nat 10:00 AM Help <help@acme.test>\nwrote:\n> Hi\n",
         "Thanks!"},
        {"AttributionBrokenInItsAddress", kFirst,
         "Regards\n\n2026-01-04 13:29 GMT+02:00 The Very Long Crew <\nhelp@acme.test>:\n\n> Which lid?\n", "Regards"},
        {"AnswerBelowTheQuote", kAnswer, "On 5 Jan 2026 Ann wrote:\n> Where is it?\n\nIn the post.\n", "In the post."},
        {"WeekdayBeforeMarkedLines", kAnswer, "On Monday Ann wrote:\n> Where is it?\n\nIn the post.\n", "In the post."},
        {"WeekdayInAFirstMailIsHerOwn", kFirst, "On Monday Ann wrote:\n> Where is it?\n\nIs that so?",
         "On Monday Ann wrote:\n> Where is it?\n\nIs that so?"},
        {"AnswersBetweenQuotes", kAnswer, "Ann <ann@x.test> wrote:\n> First?\nYes.\n> Second?\nNo.\n", "Yes.\nNo."},
        {"HerOwnLineRightAboveTheAttribution", kAnswer,
         "On Friday I am home.\nOn Mon, Jan 5, 2026 at 10:00 AM Help <help@acme.test> wrote:\n> Hi", "On Friday I am home."},
        {"AttributionMarkedItself", kAnswer, "Ok\n\n> On 5 Jan 2026, at 10:00, Help <help@acme.test> wrote:\n> \n> Hi there\n",
         "Ok"},
        {"AttributionWithoutAVerb", kAnswer, "* Help <help@acme.test> [2026-01-05 10:00]:\n> Which?\nThe red one.",
         "The red one."},
        {"AttributionBetweenDashes", kFirst,
         "Thanks\n\n---- On Mon, 05 Jan 2026 10:00:00 +0000 Help <help@acme.test> wrote ----\n\n> Hi\n", "Thanks"},
        {"AttributionBetweenDashesOverTwoLines", kAnswer,
         "Thanks\n---- On Mon, 05 Jan 2026 10:00:00 +0000 The Very Long Crew\n<help@acme.test> wrote ---\n> Hi\n", "Thanks"},
        {"AttributionOfAnAddressAlone", kAnswer, "Ok\n\nZitat von Help <help@acme.test>:\n\n> Hi\n", "Ok"},
        {"AddressInAFirstMailIsHerOwn", kFirst, "I mailed Help <help@acme.test>:\n> Hi\nWhere is it?",
         "I mailed Help <help@acme.test>:\n> Hi\nWhere is it?"},
        {"AddressAboveHerOwnWords", kAnswer, "Please mail Ann <ann@x.test>:\nshe knows.",
         "Please mail Ann <ann@x.test>:\nshe knows."},
        {"DashesAroundHerOwnWords", kAnswer, "---- what Ann wrote ----\n> Hi", "---- what Ann wrote ----\n> Hi"},
        {"IndentedMarks", kAnswer, "Yes\nOn 2026-01-05 a@x.test wrote:\n > Wednesday\n > Friday\n", "Yes"},
        {"MarksWithoutAttributionAreHerOwn", kAnswer, "It stops at\n> 40 degrees\n", "It stops at\n> 40 degrees"},
        {"MarksInAFirstMailAreHerOwn", kFirst, "It stops at\n> 40 degrees\nand at\n> 60 it boils.",
         "It stops at\n> 40 degrees\nand at\n> 60 it boils."},
        {"SomebodyWroteIsHerOwn", kAnswer, "Hello,\n\nOn Monday your colleague Lee wrote:\nfive days.\nWhere is it?",
         "Hello,\n\nOn Monday your colleague Lee wrote:\nfive days.\nWhere is it?"},
        {"SomebodyWroteWithADateIsHerOwn", kFirst, "On 5 January 2026 Lee <lee@acme.test> wrote:\nfive days.\nWhere is it?",
         "On 5 January 2026 Lee <lee@acme.test> wrote:\nfive days.\nWhere is it?"},
        {"ABookingIsHerOwn", kAnswer, "Move my trip.\nFrom: Oslo\nDate: 12 March 2026\nThe new day is 19 March.",
         "Move my trip.\nFrom: Oslo\nDate: 12 March 2026\nThe new day is 19 March."},
        {"Outlook", kAnswer, "Thanks\n\nFrom: Help <help@acme.test>\nSent: Monday\nTo: Dana\nSubject: x\n\nHi\n", "Thanks"},
        {"OutlookBold", kAnswer,
         "Danke\n________________________________\n*Von:* Help <help@acme.test>\n*Gesendet:* Montag\n*An:* Dana\n\nHi", "Danke"},
        {"OutlookInAFirstMailIsKept", kFirst, "See\n\nFrom: Help <help@acme.test>\nSent: Monday\nSubject: x\n\nHi",
         "See\n\nFrom: Help <help@acme.test>\nSent: Monday\nSubject: x\n\nHi"},
        {"OriginalMessage", kAnswer, "Thanks\n\n-----Original Message-----\nHi\n", "Thanks"},
        {"OriginalMessageWithBlanks", kFirst,
         "Wednesday suits me.\n\n----------- Original Message -----------\nFrom: \"Acme\"\nDate: Monday\nSubject: Visit\n\n> When?\n > Wed\n",
         "Wednesday suits me."},
        {"OnlyAQuote", kAnswer, "On 2026-01-05 a@x.test wrote:\n> all of it\n", "On 2026-01-05 a@x.test wrote:\n> all of it"},
        {"ASentenceThatBeginsWithOn", kAnswer, "On Monday it broke.\nPlease help.\n", "On Monday it broke.\nPlease help."},
        {"TheManualSays", kFirst, "The manual of 2026 says:\n> do not boil\nIs that right?",
         "The manual of 2026 says:\n> do not boil\nIs that right?"},
        {"Forward", MailKind::forward, "See below\n\nOn 2026-01-05 a@x.test wrote:\n> Hi",
         "See below\n\nOn 2026-01-05 a@x.test wrote:\n> Hi"},
        {"Empty", kFirst, "", ""},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(OwnWords, KnowsAttributionsOfManyLanguages) {
  for (const char* attribution : {
           "On Mon, Jan 5, 2026 at 10:00 AM Help <help@acme.test> wrote:",
           "Am 05.01.26 um 10:00 schrieb Help <help@acme.test>:",
           "Le lun. 5 janv. 2026 à 16:56, Help <help@acme.test> a écrit\u00A0:",
           "El lun, 5 ene 2026 a las 10:00, Help (<help@acme.test>) escribió:",
           "Il giorno lun 5 gen 2026 alle ore 10:00 Help <help@acme.test> ha scritto:",
           "Em seg., 5 de jan. de 2026 às 10:00, Help <help@acme.test> escreveu:",
           "Op ma 5 jan 2026 om 10:00 schreef Help <help@acme.test>:",
           "Den mån 5 jan. 2026 kl 10:00 skrev Help <help@acme.test>:",
           "ma 5. tammik. 2026 klo 10.00 Help (help@acme.test) kirjoitti:",
           "pon., 5 sty 2026 o 10:00 Help <help@acme.test> napisał(a):",
           "po 5. 1. 2026 v 10:00 odesílatel Help <help@acme.test> napsal:",
           "Dne 05. 01. 26 v 10:00 Help napsal(a):",
           "2026/01/05 10:00、Helpのメール:",
           "пн, 5 янв. 2026 г. в 10:00, Help <help@acme.test> написал:",
           "Help <help@acme.test>, 5 Oca 2026 Pzt, 10:00 tarihinde şunu yazdı:",
           "2026年1月5日(月) 10:00 Help <help@acme.test>:",
           "Help <help@acme.test> 于2026年1月5日周一 10:00写道：",
           "2026년 1월 5일 (월) 오전 10:00, Help <help@acme.test>님이 작성:",
           "pon, 5. sij 2026. u 10:00 Help <help@acme.test> napisao je:",
           "Dana 5. 1. 2026. u 10:00, Help je napisala:",
           "V V pon., 5. jan. 2026 ob 10:00 je oseba Help <help@acme.test> napisala:",
           "пон, 5. јан 2026. у 10:00 Help <help@acme.test> је написао/ла:",
           "На пн, 5.01.2026 г. в 10:00 Help <help@acme.test> написа:",
           "Missatge de Help <help@acme.test> del dia dl., 5 de gen. 2026 a les 10:00:",
           "El 5 gen 2026, a les 10:00, Help <help@acme.test> va escriure:",
           "\u202Bفي الاثنين، 5 يناير 2026 في 10:00 ص تمت كتابة ما يلي بواسطة \u202AHelp\u202C\u200F "
           "<\u202Ahelp@acme.test\u202C\u200F>:\u202C",
           "في ٥ يناير ٢٠٢٦، الساعة ١٠:٠٠ ص، كتب Help <help@acme.test>:",
           "\u202Bבתאריך יום ב׳, 5 בינו׳ 2026 ב-10:00 מאת \u202AHelp\u202C\u200F <\u202Ahelp@acme.test\u202C\u200F>:\u202C",
       }) {
    EXPECT_EQ(without_quotes("Thanks\u00A0!\n\n" + std::string{attribution} + "\n\n> Hi\n> there", MailKind::first),
              "Thanks\u00A0!")
        << attribution;
  }
}

TEST(OwnWords, KnowsOutlooksLinesOfManyLanguages) {
  for (const char* block : {
           "От: Help <help@acme.test>\nОтправлено: 5 января 2026 г. 10:00\nКому: Dana\nТема: x",
           "Від: Help <help@acme.test>\nНадіслано: 5 січня 2026 р. 10:00\nКому: Dana\nТема: x",
           "Από: Help <help@acme.test>\nΣτάλθηκε: 5 Ιανουαρίου 2026\nΠρος: Dana\nΘέμα: x",
           "Från: Help <help@acme.test>\nSkickat: den 5 januari 2026\nTill: Dana\nÄmne: x",
           "De : Help <help@acme.test>\nEnvoyé : lundi 5 janvier 2026\nÀ : Dana\nObjet : x",
           "Od: Help <help@acme.test>\nPoslano: 5. siječnja 2026. 10:00\nPrima: Dana\nPredmet: x",
           "От: Help <help@acme.test>\nИзпратено: 5 януари 2026 г.\nДо: Dana\nОтносно: x",
           "De: Help <help@acme.test>\nEnviat el: dilluns, 5 de gener de 2026\nPer a: Dana\nTema: x",
           "من: Help <help@acme.test>\nتم الإرسال: ٥ يناير ٢٠٢٦\nإلى: Dana\nالموضوع: x",
           "מאת: Help <help@acme.test>\nנשלח: 5 ינואר 2026\nאל: Dana\nנושא: x",
       }) {
    EXPECT_EQ(without_quotes("Thanks\n\n" + std::string{block} + "\n\nHi\nthere", MailKind::answer), "Thanks") << block;
  }
}

TEST(OwnWords, TakesUnmarkedLinesAwayOnlyWhenTheyWereSaidBefore) {
  const std::string earlier = "Your parcel is on its\nway and will arrive on Friday.\n-- \nhelp@acme.test";
  const std::string attribution = "On Monday, 5 January 2026 at 10:00, Help <help@acme.test> wrote:\n\n";
  EXPECT_EQ(without_quotes(
                "Thanks\n\n" + attribution + "Your parcel is on its way and\nwill arrive on Friday.\n\n--\u00A0\nhelp@acme.test",
                MailKind::answer, earlier),
            "Thanks");
  EXPECT_EQ(without_quotes("Thanks\n\n" + attribution + "Your parcel is on its way and\nBut not on Friday please.",
                           MailKind::answer, earlier),
            "Thanks\n\nBut not on Friday please.");
  const std::string own = "Thanks\n\n" + attribution + "five days. Where is it?";
  EXPECT_EQ(without_quotes(own, MailKind::answer, earlier), own);
}

TEST(KindOfMail, FollowsSubjectAndHeaders) {
  const auto kind = [](const char* subject, std::string in_reply_to = {}) {
    Message message{.from = {}};
    message.subject = subject;
    message.in_reply_to = std::move(in_reply_to);
    return kind_of(message);
  };
  EXPECT_EQ(kind("Order"), MailKind::first);
  EXPECT_EQ(kind("Order: where?"), MailKind::first);
  EXPECT_EQ(kind("Order", "a@b"), MailKind::answer);
  for (const char* subject : {"Re: Order", "AW: Order", "RE[2]: Order", "Antw:\u00A0Order", "SV: x", "回复：x"}) {
    EXPECT_EQ(kind(subject), MailKind::answer) << subject;
  }
  for (const char* subject : {"Fwd: Order", "FW: Re: Order", "WG: Order", "转发: x"}) {
    EXPECT_EQ(kind(subject, "a@b"), MailKind::forward) << subject;
  }
}

}  // namespace
}  // namespace casewire::sim::mail
