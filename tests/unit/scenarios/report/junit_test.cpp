#include "scenarios/report/junit.hpp"

#include <gmock/gmock.h>

#include "scenarios/report/markup.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/scenarios/report/sample_run.hpp"

namespace casewire::scenarios {

using namespace report;

namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Junit, IsTheApprovedFile) {
  RunResult run = tests::sample_run();
  run.scenarios[2].journal.resize(20);
  casewire::tests::expect_golden("tests/unit/scenarios/report/junit.expected.xml", junit(run));
}

TEST(Junit, KeepsALongJournalShort) {
  RunResult run = tests::sample_run();
  run.scenarios[2].verdict = Verdict::failed;  // of what passed there is none
  const std::string xml = junit(run);
  EXPECT_THAT(xml, HasSubstr("more entries in the HTML report"));
  EXPECT_THAT(xml, Not(HasSubstr("\n600  ")));
}

TEST(Junit, TellsTwoFeaturesOfOneTitleApartByTheirPath) {
  RunResult run = tests::sample_run();
  run.scenarios[1].feature = run.scenarios[0].feature;
  run.scenarios[0].where.file = "suite/a/same.feature";
  run.scenarios[1].where.file = "suite/b/same.feature";
  const std::string xml = junit(run);
  EXPECT_THAT(xml, HasSubstr("classname=\"suite.a.same\""));
  EXPECT_THAT(xml, HasSubstr("classname=\"suite.b.same\""));
}

TEST(Junit, CallsAHarnessFaultAnError) {
  EXPECT_THAT(junit(tests::sample_run()),
              HasSubstr("<error message=\"the journal was full: what it dropped cannot be judged\" type=\"harness\">"));
}

TEST(Markup, RemovesWhatXmlForbids) {
  EXPECT_EQ(markup_text(std::string_view("a\0b\x1b[31mc\xEF\xBF\xBF\x7F<", 14)), "ab[31mc&lt;");
}

TEST(Markup, KeepsLineEndsOfAttributes) { EXPECT_EQ(markup_attribute("a\nb\t\"c\""), "a&#10;b&#9;&quot;c&quot;"); }

TEST(Markup, CutsALineOnACharacter) {
  EXPECT_EQ(one_line("Größe", 5), "Größe");
  EXPECT_EQ(one_line("Größen", 5), "Größ…");
  EXPECT_EQ(one_line("first\nsecond", 20), "first…");
}

}  // namespace
}  // namespace casewire::scenarios
