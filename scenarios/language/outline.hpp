#pragma once
// Rolls a Scenario Outline out: one scenario for each row of its Examples, `<column>` replaced by the row's cell.

#include "scenarios/language/gherkin.hpp"

namespace casewire::scenarios::gherkin {

struct RolledOut {
  std::string name{};  ///< with the row's values in it
  Position at{};       ///< of the row; of the heading for a plain scenario
  std::vector<Tag> tags{};
  std::vector<Step> steps{};
};

/// A plain scenario gives itself. Complains of missing Examples, unknown columns and columns that nothing uses.
std::vector<RolledOut> roll_out(const Scenario& scenario, Mistakes& mistakes);

}  // namespace casewire::scenarios::gherkin
