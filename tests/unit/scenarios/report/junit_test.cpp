#include "scenarios/report/junit.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>

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

/// Attributes by element.
using Schema = std::map<std::string, std::set<std::string>>;

/// What junit-10.xsd in the sources of Jenkins' xUnit plugin knows: until 2.2, and from 2.3 on, where it is the schema of Maven's Surefire.
Schema schema_of_jenkins(bool since_2_3) {
  Schema known{{"testsuites", {"name", "time", "tests", "failures", "errors"}},
               {"testsuite",
                {"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package", "file",
                 "log", "url"}},
               {"testcase", {"name", "time", "classname", "group"}},
               {"properties", {}},
               {"property", {"name", "value"}},
               {"failure", {"type", "message"}},
               {"error", {"type", "message"}},
               {"skipped", {"type", "message"}},
               {"system-out", {}},
               {"system-err", {}}};
  if (since_2_3) return known;
  known["testsuites"].insert("disabled");
  known["testcase"].insert({"timestamp", "status", "file", "line", "log", "url"});
  return known;
}

/// Complains of each element and attribute that the schema does not know. How many elements there are.
std::size_t expect_known(const std::string& xml, const Schema& known) {
  std::size_t elements = 0;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    if (xml[at + 1] == '/' || xml[at + 1] == '?') continue;
    ++elements;
    const std::string tag = xml.substr(at + 1, xml.find('>', at) - at - 1);  // values have no bare bracket
    const std::string name = tag.substr(0, tag.find_first_of(" /"));
    if (!known.contains(name)) {
      ADD_FAILURE() << name;
      continue;
    }
    bool is_value = false;
    std::string word;
    for (const char c : tag.substr(name.size())) {
      if (c == '"') is_value = !is_value;
      if (is_value || c == '"' || c == '/') continue;
      if (c == '=') {
        EXPECT_TRUE(known.at(name).contains(word)) << "<" << name << " " << word << ">";
        word.clear();
      } else if (c != ' ') {
        word += c;
      }
    }
  }
  return elements;
}

// Jenkins' xUnit plugin refuses a file of which its schema does not know something. It had refused ours: <testsuites> knows no count of skipped
// ones, and from 2.3 on <testcase> neither file nor line.
TEST(Junit, HasNothingThatTheSchemaOfJenkinsDoesNotKnow) {
  EXPECT_GT(expect_known(junit(tests::sample_run()), schema_of_jenkins(false)), 10u);
  EXPECT_GT(expect_known(junit_for_xunit(tests::sample_run()), schema_of_jenkins(true)), 10u);
}

// GitLab takes two cases of one class and one name for one, and shows the first.
TEST(Junit, GivesNoTwoCasesOneNameInOneFile) {
  const std::string xml = junit(tests::sample_run());
  std::set<std::string> names;
  for (std::size_t at = xml.find("<testcase "); at != std::string::npos; at = xml.find("<testcase ", at + 1)) {
    EXPECT_TRUE(names.insert(xml.substr(at, xml.find(" time=", at) - at)).second);
  }
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
