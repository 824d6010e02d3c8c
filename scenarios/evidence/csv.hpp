#pragma once
// Tables as Salesforce exports them: RFC 4180, whatever the line ends, with or without a byte order mark.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

struct CsvRow {
  std::size_t line = 0;  ///< on which it begins
  std::vector<std::string> cells;
};

/// Without empty lines. An error where a quoted cell does not end, or something follows its closing quote.
Result<std::vector<CsvRow>> read_csv(std::string_view text, std::string_view file);

}  // namespace casewire::scenarios
