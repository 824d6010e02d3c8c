// `casewire check` and `casewire steps`: what an author asks while writing.

#include <iostream>

#include "base/text/counted.hpp"
#include "base/text/json.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/selection.hpp"
#include "scenarios/language/glue.hpp"
#include "scenarios/language/listing.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::scenarios {
namespace {

Json as_json(const Finding& finding) {
  const Diagnostic& diagnostic = finding.diagnostic;
  Json out{{"severity", finding.is_warning ? "warning" : "error"},
           {"file", diagnostic.where.file},
           {"line", diagnostic.where.position.line},
           {"column", diagnostic.where.position.column},
           {"length", diagnostic.length},
           {"problem", diagnostic.problem}};
  if (!diagnostic.hint.empty()) out["hint"] = diagnostic.hint;
  if (finding.fix) out["fix"] = *finding.fix;
  return out;
}

Json as_json(const Selection& selection) {
  Json findings = Json::array();
  for (const Finding& finding : selection.findings) findings.push_back(as_json(finding));
  return {{"scenarios", selection.scenarios.size()}, {"findings", std::move(findings)}, {"problems", selection.problems}};
}

}  // namespace

int check_scenarios(const RunOptions& options, bool json) {
  const Selection selection = select_scenarios(options);
  const bool good = selection.problems.empty();
  if (json) {
    std::cout << dump_json(as_json(selection)) << "\n";
  } else {
    std::cerr << selection.warnings << selection.problems;
    if (good) {
      std::cout << counted(selection.scenarios.size(), "scenario") << " can be played\n";
    }
  }
  if (!good) return 2;
  return selection.scenarios.empty() ? 4 : 0;
}

int list_sentences(const StepsOptions& options) {
  const Vocabulary& vocabulary = casewire_vocabulary();
  std::cout << (options.as_json   ? vocabulary_json(vocabulary) + "\n"
                : options.as_glue ? vocabulary_glue(vocabulary)
                                  : vocabulary_text(vocabulary));
  return 0;
}

}  // namespace casewire::scenarios
