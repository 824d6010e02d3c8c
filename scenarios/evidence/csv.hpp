#pragma once
// Tables as Salesforce exports them: RFC 4180, whatever the line ends, with or without a byte order mark. Office programs save them with
// semicolons where the comma stands in numbers, and copy them with tabs.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

struct CsvRow {
  std::size_t line = 0;  ///< on which it begins
  std::vector<std::string> cells;
};

/// Where the heads of a table stand, and what between its cells.
struct TableStart {
  char separator = ',';
  std::size_t offset = 0, line = 1;
};
/// Of a table of records, of which one head is `Id` (`Case.Id`), below blank lines, a title or Excel's `sep=;`; nullopt: it is none.
std::optional<TableStart> start_of_records(std::string_view text);
/// Its lines have as many cells as the first one, whatever they are.
bool looks_like_table(std::string_view text);

/// Without empty lines. An error where a quoted cell does not end, or something follows its closing quote.
Result<std::vector<CsvRow>> read_csv(std::string_view text, std::string_view file, char separator = ',');

}  // namespace casewire::scenarios
