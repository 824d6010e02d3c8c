// docs/org-file.md: its example is an org, and it leaves no member out.

#include <gmock/gmock.h>

#include <fstream>
#include <ostream>
#include <sstream>

#include "base/text/strings.hpp"
#include "sim/salesforce/org_file.hpp"

namespace casewire::scenarios {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string org_page() {
  std::ostringstream page;
  page << std::ifstream(CASEWIRE_SOURCE_DIR "/docs/org-file.md").rdbuf();
  return page.str();
}

std::string example_org() {
  const std::string page = org_page();
  const auto begin = page.find("```json\n") + 8;
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST(OrgPage, HasAnExampleThatIsAnOrg) {
  const auto org = sim::salesforce::read_org_file(example_org(), "org.json");
  ASSERT_TRUE(org) << render(org.error(), example_org());
  EXPECT_EQ(org->name, "our-desk");
}

struct OrgPlace {
  const char* name;
  const char* pointer;  ///< an object of the example, or one to be put there
  Json made;            ///< null: it is there
};
void PrintTo(const OrgPlace& row, std::ostream* out) { *out << row.name; }

class OrgPageMembers : public testing::TestWithParam<OrgPlace> {};
TEST_P(OrgPageMembers, AreAllThoseThatAreKnown) {
  Json org = Json::parse(example_org());
  org["automation"] = {{"namedCredential", "OpenCX"}};
  Json& place = org[Json::json_pointer(GetParam().pointer)];
  if (!GetParam().made.is_null()) place = GetParam().made;
  place["qqqqqqqqqq"] = 1;
  const auto read = sim::salesforce::read_org_file(org.dump(), "org.json");
  ASSERT_FALSE(read);
  ASSERT_THAT(read.error().hint, StartsWith("known members: "));
  const std::string known = read.error().hint.substr(15), page = org_page();
  for (const std::string_view member : split(known, ',')) EXPECT_THAT(page, HasSubstr("`" + std::string(trimmed(member)) + "`"));
}
INSTANTIATE_TEST_SUITE_P(, OrgPageMembers,
                         testing::ValuesIn(std::vector<OrgPlace>{
                             {"Root", "", nullptr},
                             {"Organization", "/organization", nullptr},
                             {"ConnectedApp", "/connectedApp", Json::object()},
                             {"Limits", "/limits", Json::object()},
                             {"User", "/users/0", nullptr},
                             {"Queue", "/queues/0", nullptr},
                             {"CaseStatus", "/caseStatuses/0", nullptr},
                             {"CaseAssignment", "/caseAssignment", Json::object()},
                             {"Object", "/schema/objects/Case", nullptr},
                             {"Field", "/schema/objects/Case/fields/0", nullptr},
                             {"Child", "/schema/objects/Case/children/0", Json::object()},
                             {"Automation", "/automation", nullptr},
                             {"Callout", "/automation/callouts/0", Json::object()},
                         }),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::scenarios
