#pragma once
// A feature file as it is played: scenarios of steps, outlines rolled out, keywords resolved, every sentence known.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.hpp"
#include "scenarios/language/action.hpp"

namespace casewire::scenarios {

struct Step {
  std::string keyword;  ///< "Given", "When", "Then", as resolved: And and But take the keyword before them
  std::string text;     ///< the sentence as written, for reports
  Where where;
  Action action;
};

struct Scenario {
  std::string feature, rule, name;  ///< an outline's row has its values in the name: `name (3)`
  std::vector<std::string> tags;    ///< of feature, rule, scenario and examples, with their @
  Where where;                      ///< of an outline's row: the row
  Position heading;                 ///< "Scenario: ..." or "Scenario Outline: ...", which all rows of an outline share
  std::vector<Step> steps;          ///< the backgrounds' first
};

struct Feature {
  std::string name;
  std::string path;
  std::vector<Scenario> scenarios;
  std::vector<Diagnostic> warnings;  ///< what can be played and probably is not what was meant
};

/// As render() shows an error, with the word "warning".
std::string render_warning(const Diagnostic& warning, std::string_view source);

}  // namespace casewire::scenarios
