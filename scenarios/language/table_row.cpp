#include "scenarios/language/table_row.hpp"

namespace casewire::scenarios::gherkin {

namespace {

/// Trimming comes before the escapes: a `\n` at the end of a cell is meant.
Located unescaped(const Located& cell) {
  Located value;
  value.set_end(cell.at());
  const std::string& text = cell.text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Position at = cell.at(i);
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == '|' || next == '\\') {
      value.push_back(next, at);
      ++i;
    } else if (next == 'n') {
      value.push_back('\n', at);
      ++i;
    } else {
      value.push_back(text[i], at);
    }
  }
  return value;
}

}  // namespace

Row read_row(const Line& line, Mistakes& mistakes) {
  const Located whole = line.located();
  const std::string& text = whole.text();
  Row row;
  std::size_t begin = 1;  // behind the first bar
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '|') {
      row.push_back(unescaped(whole.part(begin, i).trimmed()));
      begin = i + 1;
    }
  }
  if (begin < text.size() || row.empty()) {
    mistakes.add(line.at(), whole.width(), {"a row of a table ends with a bar", "write \\| for a bar inside a cell"});
  }
  return row;
}

}  // namespace casewire::scenarios::gherkin
