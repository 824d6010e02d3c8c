#include "scenarios/cli/project_file.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>

namespace casewire::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> said_by(const ProjectFile& file) {
  std::vector<std::string> lines;
  for (const ProjectSetting& setting : file.settings) {
    std::string line = setting.option;
    for (const std::string& value : setting.values) line += " " + value;
    lines.push_back(line);
  }
  return lines;
}

TEST(ProjectFiles, SayWhatACommandLineWould) {
  const auto file = read_project_file(R"(scenarios: casewire
fixtures: casewire/fixtures
tags: [not @slow, "@smoke"]
jobs: 4
bridge:
  command: node my-bridge.js
  real-time: true
  environment: {SWEEP: 5s, WHO: "a = b"}
reports:
  html: out/report.html
)",
                                      "casewire.yaml");
  ASSERT_TRUE(file) << render(file.error());
  EXPECT_THAT(said_by(*file), ElementsAre("paths casewire", "--fixtures casewire/fixtures", "--tag not @slow @smoke", "--jobs 4",
                                          "--bridge node my-bridge.js", "--real-time true", "--bridge-env SWEEP=5s WHO=a = b",
                                          "--html out/report.html"));
}

TEST(ProjectFiles, ArePathsFromTheirOwnFolder) {
  const auto file = read_project_file("{scenarios: [a, ../b, /c], reports: {junit: out/j.xml}}", "../../casewire.yaml");
  ASSERT_TRUE(file) << render(file.error());
  EXPECT_THAT(said_by(*file), ElementsAre("paths ../../a ../../../b /c", "--junit ../../out/j.xml"));
  EXPECT_EQ(file->folder, "../..");
}

TEST(ProjectFiles, MayBeEmptyAndMayLeaveAValueOut) {
  EXPECT_TRUE(read_project_file("", "casewire.yaml"));
  const auto file = read_project_file("# nothing yet\njobs:\nbridge: {command: }\n", "casewire.yaml");
  ASSERT_TRUE(file) << render(file.error());
  EXPECT_THAT(said_by(*file), ElementsAre());
}

struct BadProject {
  const char* name;
  const char* text;
  const char* said;
};
void PrintTo(const BadProject& row, std::ostream* out) { *out << row.name; }

class BadProjectFiles : public testing::TestWithParam<BadProject> {};
TEST_P(BadProjectFiles, AreToldWithTheirPlace) {
  const auto file = read_project_file(GetParam().text, "casewire.yaml");
  ASSERT_FALSE(file);
  EXPECT_EQ(render(file.error()), GetParam().said);
}
INSTANTIATE_TEST_SUITE_P(
    , BadProjectFiles,
    testing::ValuesIn(std::vector<BadProject>{
        {"Slip", "brigde:\n  command: x\n",
         "casewire.yaml:1:1: error: there is no setting \"brigde\"\nhint: did you mean \"bridge\"?\n"},
        {"Unknown", "bridge:\n  colour: red\n",
         "casewire.yaml:2:3: error: there is no setting \"bridge.colour\"\n"
         "hint: known are command, environment, control, real-time, patience\n"},
        {"Twice", "jobs: 1\njobs: 2\n", "casewire.yaml:2:1: error: \"jobs\" is set twice\n"},
        {"NoMap", "- jobs\n",
         "casewire.yaml:1:1: error: expected settings as \"key: value\"\n"
         "hint: known are scenarios, fixtures, tags, seed, jobs, bridge, reports\n"},
        {"SectionAsText", "reports: out\n",
         "casewire.yaml:1:10: error: reports: expected settings as \"key: value\"\n"
         "hint: known are html, junit, xunit, json, messages, cucumber, ctrf, tap, journal, har, artifacts, github\n"},
        {"ListForOne", "fixtures: [a, b]\n", "casewire.yaml:1:11: error: fixtures: expected path\n"},
        {"EmptyText", "fixtures: \"\"\n", "casewire.yaml:1:11: error: fixtures: expected path, found an empty text\n"},
        {"NoYes", "bridge: {command: x, control: yes}\n",
         "casewire.yaml:1:31: error: bridge.control: expected true or false, found \"yes\"\n"},
        {"VariablesAsList", "bridge:\n  environment: [A=1]\n",
         "casewire.yaml:2:16: error: bridge.environment: expected variables as NAME: VALUE\n"},
        {"BridgeOfNobody", "bridge:\n  patience: 5min\n",
         "casewire.yaml:2:13: error: bridge.patience is for a bridge of your own\nhint: name it: bridge.command\n"},
        {"ColumnsAreCharacters", "bridge: {\"käse\": x}\n",
         "casewire.yaml:1:10: error: there is no setting \"bridge.käse\"\n"
         "hint: known are command, environment, control, real-time, patience\n"},
        {"ColumnBehindAnUmlaut", "tags: [\"grün\", [x]]\n", "casewire.yaml:1:16: error: tags: expected a text\n"},
        {"NoYaml", "jobs: [1\n", "casewire.yaml:2:1: error: not YAML: end of sequence flow not found\n"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(ProjectFiles, HaveNoSettingThatTheirPageLeavesOut) {
  std::ostringstream page;
  page << std::ifstream(CASEWIRE_SOURCE_DIR "/docs/casewire-yaml.md").rdbuf();
  for (const ProjectKey& key : project_keys()) {
    EXPECT_THAT(page.str(), HasSubstr("| `" + key.key + "` | " + key.takes + " |")) << key.key;
  }
}

TEST(ProjectFiles, AreFoundHereOrAboveUpToTheTopOfTheRepository) {
  namespace fs = std::filesystem;
  const fs::path before = fs::current_path();
  const fs::path top = fs::temp_directory_path() / ("casewire-project-" + std::to_string(::getpid()));
  fs::create_directories(top / "repository/.git");
  fs::create_directories(top / "repository/a/b");
  std::ofstream(top / "casewire.yaml") << "";
  fs::current_path(top / "repository/a/b");
  EXPECT_EQ(nearest_project_file(), "");
  std::ofstream(top / "repository/casewire.yaml") << "";
  EXPECT_EQ(nearest_project_file(), "../../casewire.yaml");
  std::ofstream(top / "repository/a/b/casewire.yaml") << "";
  EXPECT_EQ(nearest_project_file(), "casewire.yaml");
  fs::current_path(before);
  fs::remove_all(top);
}

}  // namespace
}  // namespace casewire::scenarios
