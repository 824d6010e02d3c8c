#include "scenarios/evidence/csv.hpp"

namespace casewire::scenarios {

Result<std::vector<CsvRow>> read_csv(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<CsvRow> rows;
  std::size_t at = 0, line = 1;
  const auto broken = [&](std::size_t where, const char* problem) {
    return fail(Diagnostic{.where = {std::string(file), position_at(text, where)}, .problem = problem});
  };
  while (at < text.size()) {
    CsvRow row{.line = line, .cells = {}};
    for (bool more = true; more;) {
      std::string cell;
      if (at < text.size() && text[at] == '"') {
        const std::size_t begin = at++;
        for (;; ++at) {
          if (at == text.size()) return broken(begin, "this quoted cell does not end");
          if (text[at] == '\n') ++line;
          if (text[at] != '"') {
            cell += text[at];
          } else if (at + 1 < text.size() && text[at + 1] == '"') {
            cell += text[++at];
          } else {
            break;
          }
        }
        ++at;
        if (at < text.size() && text[at] != ',' && text[at] != '\r' && text[at] != '\n')
          return broken(at, "something follows the closing quote of a cell");
      } else {
        while (at < text.size() && text[at] != ',' && text[at] != '\r' && text[at] != '\n') cell += text[at++];
      }
      row.cells.push_back(std::move(cell));
      more = at < text.size() && text[at] == ',';
      if (more) ++at;
    }
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size() && text[at] == '\n') ++at;
    ++line;
    if (row.cells.size() > 1 || !row.cells.front().empty()) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace casewire::scenarios
