#pragma once
// One line of a feature file and what kind of line it is, whatever stands around it.

#include <string_view>
#include <vector>

#include "scenarios/language/located.hpp"

namespace casewire::scenarios::gherkin {

enum class LineKind {
  blank,
  comment,
  tags,
  feature,
  rule,
  background,
  scenario,
  outline,
  examples,
  step,
  doc_string,
  row,
  other
};

struct Line {
  std::size_t number = 0;
  std::string_view raw{};   ///< without the line end
  std::string_view text{};  ///< without the blanks around it
  std::size_t indent = 0;
  LineKind kind = LineKind::blank;
  std::string_view keyword{};  ///< of headings and steps, without the colon

  Position at() const { return {number, indent + 1}; }
  /// What stands behind the keyword (and its colon), trimmed.
  Located rest() const;
  Located located() const { return {text, at()}; }
};

/// Line ends are LF or CR LF. A byte order mark before the first line is skipped.
std::vector<Line> lines_of(std::string_view text);

/// "Feature", "Scenario Outline", ...
const std::vector<std::string>& heading_keywords();
/// "Given", "When", ...
const std::vector<std::string>& step_keywords();

}  // namespace casewire::scenarios::gherkin
