// The suite recorded in each ring, and the recordings played back in both: what a tape cannot tell stands in a table. Real processes have recorded a
// sixth, and play a quarter of that and an eighth of what was recorded in the simulated ring, for they take as long as the suite itself; `./dev
// playback` has all of both (CASEWIRE_PLAYED_BACK=all).

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

namespace fs = std::filesystem;

/// A recording's name without the line of its scenario, which moves with every edit of the suite.
std::string recording_named(const std::string& stem) {
  std::string name;
  for (std::size_t at = 0; at < stem.size();) {
    const std::size_t dash = std::min(stem.find('-', at), stem.size());
    const std::string word = stem.substr(at, dash - at);
    const bool is_line = !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
    if (!is_line) name += (name.empty() ? "" : "-") + word;
    at = dash + 1;
  }
  return name;
}

/// `name: reason` in each line but remarks.
std::map<std::string, std::string> table_of_exceptions(const std::string& path) {
  std::map<std::string, std::string> table;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (!line.empty() && line[0] != '#' && colon != std::string::npos) table[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return table;
}

class PlayedBack : public testing::Test {
 protected:
  void SetUp() override {
    fs::current_path(fs::path(CASEWIRE_SOURCE_DIR));
    for (const char* part : {"orgs", "files", "mail"})
      fs::create_directory_symlink(fs::absolute("fixtures") / part, folder_.path() + "/" + part);
    across_ = table_of_exceptions("tests/suite/not_replayed_across.txt");
  }

  /// The recordings that the suite left in that ring.
  void take_those_of(const std::string& ring) {
    const std::string left = CASEWIRE_PLAYED "/" + ring + "/recordings";
    fs::create_directory_symlink(left, folder_.path() + "/recordings");
    for (const auto& entry : fs::directory_iterator(left)) stems_.push_back(entry.path().stem().string());
    ASSERT_FALSE(stems_.empty());
    std::sort(stems_.begin(), stems_.end());
  }

  static bool plays_all() {
    const char* wish = std::getenv("CASEWIRE_PLAYED_BACK");
    return wish != nullptr && std::string(wish) == "all";
  }
  /// One of so many, but for those that the table says may fail: with so few of them nothing would be left to tell chance from a fault.
  void keep_one_of(std::size_t share) {
    if (plays_all()) return;
    std::erase_if(stems_, [this](const std::string& stem) { return across_.contains(recording_named(stem)); });
    std::size_t place = 0;
    std::erase_if(stems_, [&](const std::string&) { return place++ % share != 0; });
  }

  /// Those that are not green; `ring` is an option.
  std::set<std::string> red_ones(const std::string& ring) {
    constexpr std::size_t kInAFile = 500;  // one holds a thousand
    const std::string features = folder_.path() + "/features", tap = folder_.path() + "/replay.tap";
    fs::create_directory(features);
    std::ofstream feature;
    for (std::size_t at = 0; at < stems_.size(); ++at) {
      const std::string& stem = stems_[at];
      if (at % kInAFile == 0) {
        feature = std::ofstream(features + "/from-" + std::to_string(at) + ".feature");
        feature << "Feature: What was recorded is said again\n";
      }
      feature << "\n  Scenario: " << stem << "\n    Given the recording \"" << stem
              << ".har\"\n    When the recorded webhooks arrive\n    Then every recorded request was made\n";
    }
    feature.close();
    output_ = casewire("run " + ring + " --fixtures " + folder_.path() + " " + features + " --tap " + tap).output;
    std::set<std::string> red;
    std::size_t green = 0, not_green = 0;
    std::istringstream lines(folder_.read("replay.tap"));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t name = line.find(" - ");
      if (name == std::string::npos || (!line.starts_with("ok ") && !line.starts_with("not ok "))) continue;
      const std::string full = line.substr(name + 3, line.find(" # ") - name - 3);
      const std::string stem = full.substr(full.rfind(' ') + 1);
      const bool is_green = line.find(" # ") == std::string::npos && line.starts_with("ok ");
      ++(is_green ? green : not_green);
      if (!is_green) red.insert(recording_named(stem));
    }
    EXPECT_EQ(green + not_green, stems_.size()) << output_;
    return red;
  }

  /// Across the rings which of two calls at one moment comes first is chance (threads there, one thread here), and a few recordings are held to it:
  /// other ones in each run, so that those of the table need not be red. Each is named with its reason; few may be red that have none.
  /// So few may be red in any case: of a share they are more than its part of a thousand.
  void expect_nearly_all(const std::set<std::string>& red, std::size_t by_chance = 0) const {
    constexpr std::size_t kOfAHundred = 2, kOfAThousandWithoutReason = 10;
    std::string names;
    std::size_t without_reason = 0;
    for (const std::string& name : red) {
      const auto reason = across_.find(name);
      without_reason += reason == across_.end() ? 1 : 0;
      names += "  " + name + ": " + (reason == across_.end() ? "no reason is known" : reason->second) + "\n";
    }
    std::cout << red.size() << " of " << stems_.size() << " do not play back\n" << names;
    EXPECT_LE(red.size(), std::max(by_chance, stems_.size() * kOfAHundred / 100)) << output_;
    EXPECT_LE(without_reason, std::max(by_chance, stems_.size() * kOfAThousandWithoutReason / 1'000)) << output_;
  }

  ScratchFolder folder_;
  std::map<std::string, std::string> across_;  // what may fail across the rings, and why
  std::vector<std::string> stems_;
  std::string output_;
};

TEST_F(PlayedBack, R7IsTheSuiteButForWhatATapeCannotTell) {
  take_those_of("simulated");
  const auto table = table_of_exceptions("tests/suite/not_replayed.txt");
  const std::set<std::string> red = red_ones("--simulated");
  for (const std::string& name : red) EXPECT_TRUE(table.contains(name)) << name << " does not play back\n" << output_;
  for (const auto& [name, reason] : table) EXPECT_TRUE(red.contains(name)) << name << " plays back now: take it out of the table";
}

TEST_F(PlayedBack, R7WhatWasRecordedOfRealProcessesIsSaidAgainInTheSimulatedRing) {
  take_those_of("process");
  keep_one_of(1);
  expect_nearly_all(red_ones("--simulated"), 2);
}

TEST_F(PlayedBack, R7WhatWasRecordedOfRealProcessesIsSaidAgainByRealProcesses) {
  take_those_of("process");
  keep_one_of(4);
  expect_nearly_all(red_ones(""), 2);
}

TEST_F(PlayedBack, R7WhatWasRecordedInTheSimulatedRingIsSaidAgainByRealProcesses) {
  take_those_of("simulated");
  keep_one_of(8);
  expect_nearly_all(red_ones(""));
}

}  // namespace
}  // namespace casewire::tests
