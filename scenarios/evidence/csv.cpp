#include "scenarios/evidence/csv.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

constexpr std::array kSeparators{',', ';', '\t', '|'};

bool is_id(std::string_view head) {
  head = trimmed(head);
  if (head.size() >= 2 && head.front() == '"' && head.back() == '"') head = head.substr(1, head.size() - 2);
  return equals_ignoring_case(head, "Id") || equals_ignoring_case(head, "Case ID") || equals_ignoring_case(head, "Case.Id") ||
         equals_ignoring_case(head, "CaseComment.Id") || equals_ignoring_case(head, "EmailMessage.Id");
}

}  // namespace

std::optional<TableStart> start_of_records(std::string_view text) {
  constexpr std::size_t kLinesAbove = 10;
  TableStart start;
  for (; start.line <= kLinesAbove && start.offset < text.size(); ++start.line) {
    const std::string_view line = text.substr(start.offset, text.substr(start.offset).find('\n'));
    for (const char separator : kSeparators) {
      start.separator = separator;
      const auto heads = split(line, separator);
      if (heads.size() > 1 && std::any_of(heads.begin(), heads.end(), is_id)) return start;
    }
    start.offset += line.size() + 1;
  }
  return std::nullopt;
}

bool looks_like_table(std::string_view text) {
  constexpr std::ptrdiff_t kFewest = 3;  // a letter has a comma here and there
  for (const char separator : kSeparators) {
    std::optional<std::ptrdiff_t> first;
    for (const std::string_view line : split(text.substr(0, 4096), '\n')) {
      const auto here = std::count(line.begin(), line.end(), separator);
      if (here == 0) continue;
      if (first) return here == *first && here >= kFewest;
      first = here;
      if (here < kFewest) break;
    }
  }
  return false;
}

Result<std::vector<CsvRow>> read_csv(std::string_view text, std::string_view file, char separator) {
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
        if (at < text.size() && text[at] != separator && text[at] != '\r' && text[at] != '\n')
          return broken(at, "something follows the closing quote of a cell");
      } else {
        while (at < text.size() && text[at] != separator && text[at] != '\r' && text[at] != '\n') cell += text[at++];
      }
      row.cells.push_back(std::move(cell));
      more = at < text.size() && text[at] == separator;
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
