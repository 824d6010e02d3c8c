#pragma once
// The story told again as a scenario: who did what, in the language's own sentences, with the fixtures it needs.

#include <map>
#include <string>
#include <vector>

#include "scenarios/evidence/evidence.hpp"
#include "scenarios/evidence/story.hpp"
#include "scenarios/language/fixtures.hpp"

namespace casewire::scenarios {

struct Retelling {
  std::string feature;                       ///< the text of the .feature file; empty: the material tells of nobody's deeds
  std::map<std::string, std::string> files;  ///< fixtures/files: bytes by name
  std::vector<std::string> guesses;          ///< the story's, and what the sentences cannot say
  /// The lines of checks that speak of a symptom, by its name.
  std::map<std::string, std::vector<std::size_t>> lines_of;
};

/// `files`: bytes by SHA-256. `title` is the feature's name, `org` that of the fixture in which it plays.
Retelling retell(const Story& story, const std::map<std::string, std::string>& files, const std::string& title,
                 const std::string& org = kDefaultOrg);

}  // namespace casewire::scenarios
