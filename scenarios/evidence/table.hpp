#pragma once
// A table of records as it was read: what stands in which field of which row.

#include <string>
#include <vector>

#include "scenarios/evidence/csv.hpp"

namespace casewire::scenarios {

struct Table {
  std::string file;
  std::vector<std::string> fields;  ///< by their API names
  std::vector<CsvRow> rows;         ///< without the heads
  std::string object;               ///< of all of them, by their ids; empty: none that is known

  /// Empty: the row has none there.
  std::string cell(const CsvRow& row, std::string_view field) const {
    for (std::size_t c = 0; c < fields.size() && c < row.cells.size(); ++c) {
      if (fields[c] == field) return row.cells[c];
    }
    return {};
  }
};

}  // namespace casewire::scenarios
