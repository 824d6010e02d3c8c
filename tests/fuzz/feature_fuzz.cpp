// read_feature: whatever it is given, it gives scenarios that can be played or mistakes that can be shown.

#include <set>

#include "base/text/strings.hpp"
#include "scenarios/language/feature.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using namespace casewire::scenarios;
using fuzz::require;

FUZZ_TARGET(feature) {
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto feature = read_feature("input.feature", text, Fixtures("no-such-folder"), casewire_vocabulary());
  if (!feature) {
    require(!feature.error().empty(), "a refusal has a reason");
    const std::size_t lines = split(text, '\n').size();
    Position last{};
    for (const Diagnostic& mistake : feature.error()) {
      const Position at = mistake.where.position;
      require(at.line <= lines, "a mistake stands in the file");
      require(at.line > last.line || (at.line == last.line && at.column > last.column) || last.line == 0,
              "mistakes come in the order of the file, one for each place");
      require(!render(mistake, text).empty(), "a mistake can be shown");
      last = at;
    }
    return 0;
  }
  std::set<std::string> names;
  for (const Scenario& scenario : feature->scenarios) {
    require(names.insert(scenario.rule + "\n" + scenario.name).second, "no two scenarios have one name");
    require(!scenario.steps.empty(), "a scenario has steps");
    for (const Step& step : scenario.steps) {
      require(step.keyword == "Given" || step.keyword == "When" || step.keyword == "Then", "keywords are resolved");
    }
  }
  return 0;
}
