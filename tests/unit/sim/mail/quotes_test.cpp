#include <gtest/gtest.h>

#include "sim/mail/message.hpp"

namespace casewire::sim::mail {
namespace {

struct QuoteCase {
  const char* name;
  const char* text;
  const char* want;
};

class WithoutQuotes : public testing::TestWithParam<QuoteCase> {};
TEST_P(WithoutQuotes, KeepsWhatTheWriterWrote) { EXPECT_EQ(without_quotes(GetParam().text), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    , WithoutQuotes,
    testing::ValuesIn(std::vector<QuoteCase>{
        {"NothingQuoted", "Hello\nthere\n", "Hello\nthere"},
        {"MarkedBelow", "Thanks!\n\nOn Mon, Jan 5, 2026 at 10:00 AM Help <help@acme.test> wrote:\n> Hi\n> there\n", "Thanks!"},
        {"UnmarkedBelow", "Thanks!\n\nOn Mon, Jan 5, 2026 Help wrote:\nHi\nthere\n", "Thanks!"},
        {"AttributionOverTwoLines", "Thanks!\nOn Mon, Jan 5, 2026 at 10:00 AM Help Desk\n<help@acme.test> wrote:\n> Hi\n",
         "Thanks!"},
        {"AnswerBelowTheQuote", "On Monday Ann wrote:\n> Where is it?\n\nIn the post.\n", "In the post."},
        {"AnswersBetweenQuotes", "> First?\nYes.\n> Second?\nNo.\n", "Yes.\nNo."},
        {"German", "Danke!\n\nAm 05.01.26 um 10:00 schrieb Help <help@acme.test>:\n> Hallo\n", "Danke!"},
        {"Outlook", "Thanks\n\nFrom: Help <help@acme.test>\nSent: Monday\nSubject: x\n\nHi\n", "Thanks"},
        {"OriginalMessage", "Thanks\n\n-----Original Message-----\nHi\n", "Thanks"},
        {"OnlyAQuote", "> all of it\n", "> all of it"},
        {"ASentenceThatBeginsWithOn", "On Monday it broke.\nPlease help.\n", "On Monday it broke.\nPlease help."},
        {"Empty", "", ""},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::sim::mail
