#pragma once
// A mutant: one small wrong change of the bridge, as a file of its own (tests/mutants/README.md shows the form). It is found by its
// context, not by line numbers, so that it outlives changes around it.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::mutants {

struct Mutant {
  /// What stands in the place of the right text, chosen at run time by the number.
  enum class Form {
    expression,  ///< `(wrong ? (by) : (right))`
    statement,   ///< `if (wrong) { by } else { right }`
    text,        ///< `by` as it is; it says PLANTED where the switch is asked
  };
  int number = 0;  ///< from 1, by name
  std::string name{};
  std::string wrong{};  ///< one sentence: what this bridge does wrong
  std::string kind{};
  std::string file{};   ///< under the tree's root
  std::string after{};  ///< text that stands before the place; empty: the place is the only one in the file
  Form form = Form::expression;
  std::string right{}, by{};
};

/// All of `folder`'s *.mutant files, by name. The error names file and line.
Result<std::vector<Mutant>> read_mutants(const std::filesystem::path& folder);

struct Place {
  std::size_t begin = 0, end = 0;
};
/// Where in `source` the mutant's right text stands; runs of white space are alike. The error says that it is missing or not alone.
Result<Place> place_of(const Mutant& mutant, const std::string& source);

/// `source` with all of its mutants planted behind the switch. Places may lie in each other, but not overlap in part.
Result<std::string> planted(const std::string& source, const std::vector<Mutant>& mutants);

}  // namespace casewire::mutants
