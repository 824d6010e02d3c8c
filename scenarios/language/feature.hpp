#pragma once
// Reads a Gherkin file into scenarios whose every sentence, name, file and recording is known to exist. Gherkin in English:
// Feature, Rule, Background, Scenario (Example), Scenario Outline (Template) with Examples, tags, doc strings, data tables,
// comments. Every mistake in the file is reported, not only the first.

#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/scenario.hpp"
#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

/// `path` is for messages only; `text` is the file's content. The diagnostics are in the order of the file. `vocabulary` outlives
/// the feature.
Result<Feature, std::vector<Diagnostic>> read_feature(std::string_view path, std::string_view text, const Fixtures& fixtures,
                                                      const Vocabulary& vocabulary);

}  // namespace casewire::scenarios
