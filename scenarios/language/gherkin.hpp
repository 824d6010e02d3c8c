#pragma once
// The syntax of a feature file, without any meaning: who says what under which heading. Follows the Gherkin reference
// (cucumber.io/docs/gherkin/reference) for English. Left out: other languages, and Markdown with Gherkin.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language/located.hpp"
#include "scenarios/language/mistakes.hpp"

namespace casewire::scenarios::gherkin {

struct Tag {
  std::string name{};  ///< with its @
  Position at{};
};

struct DocString {
  Position at{};  ///< of the opening delimiter
  std::string media_type{};
  std::string text{};  ///< without the delimiter's indentation
};

using Row = std::vector<Located>;

struct Step {
  std::string keyword{};  ///< as written: "Given", "And", "*"
  Position at{};
  Located text{};
  std::optional<DocString> doc_string{};
  std::vector<Row> table{};
  std::vector<Position> row_places{};
};

struct Examples {
  Position at{};
  std::vector<Tag> tags{};
  std::vector<Row> rows{};  ///< the first names the columns
  std::vector<Position> row_places{};
};

struct Scenario {
  std::string keyword{};
  Position at{};
  Located name{};
  std::vector<Tag> tags{};
  std::vector<Step> steps{};
  std::vector<Examples> examples{};
};

/// The scenarios that stand directly under the Feature are those of a first rule without a name.
struct Rule {
  Position at{};
  std::string name{};
  std::vector<Tag> tags{};
  std::optional<Position> background{};
  std::vector<Step> background_steps{};
  std::vector<Scenario> scenarios{};
};

struct Document {
  Position at{};
  std::string name{};
  std::vector<Tag> tags{};
  std::vector<Rule> rules{};
  /// Lines that describe a feature, rule, background, scenario or examples: prose, as far as Gherkin knows.
  std::vector<Located> descriptions{};
};

constexpr std::size_t kFileBytesMax = 1u << 20;
constexpr std::size_t kLineCharactersMax = 4000;
constexpr std::size_t kStepsMax = 2'000;     ///< of one scenario, its backgrounds not counted
constexpr std::size_t kRowsMax = 1000;       ///< of one table
constexpr std::size_t kScenariosMax = 1000;  ///< of one file, before its outlines are rolled out

/// What could be read, and in `mistakes` what could not. The document is of use only when there are none.
Document read(std::string_view text, Mistakes& mistakes);

}  // namespace casewire::scenarios::gherkin
