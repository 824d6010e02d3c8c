#pragma once
// Reads a Gherkin file into scenarios whose every sentence, name, file and recording is known to exist. Gherkin in English:
// Feature, Rule, Background, Scenario (Example), Scenario Outline (Template) with Examples, tags, doc strings, data tables,
// comments. Every mistake in the file is reported, not only the first.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/language/steps.hpp"

namespace casewire::scenarios {

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
};

/// Where orgs/, recordings/, mail/ and files/ are.
class Fixtures {
 public:
  explicit Fixtures(std::string root) : root_(std::move(root)) {}
  const std::string& root() const { return root_; }
  /// `folder` "files", `name` "invoice.pdf". A name may not leave its folder. The error names the nearest existing one.
  Result<std::string, std::string> read(std::string_view folder, std::string_view name) const;
  std::vector<std::string> names(std::string_view folder) const;

 private:
  std::string root_;
};

/// `path` is for messages only; `text` is the file's content. The diagnostics are in the order of the file.
Result<Feature, std::vector<Diagnostic>> read_feature(std::string_view path, std::string_view text, const Fixtures& fixtures);

/// Every sentence, grouped, with its placeholders and an example below: what `casewire steps` prints.
std::string vocabulary_text();

}  // namespace casewire::scenarios
