#include "scenarios/report/row_cap.hpp"

#include <algorithm>
#include <utility>

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kRowsAroundWrong = 20;

}  // namespace

std::size_t cap_rows(std::vector<Row>& rows, std::size_t rows_max) {
  if (rows.size() <= rows_max) return 0;
  std::vector<bool> keep(rows.size(), false);
  std::fill(keep.begin(), keep.begin() + static_cast<std::ptrdiff_t>(rows_max / 2), true);
  std::fill(keep.end() - static_cast<std::ptrdiff_t>(rows_max / 4), keep.end(), true);
  std::size_t windows = rows_max / 4 / (2 * kRowsAroundWrong) + 1;
  for (std::size_t at = 0; at < rows.size() && windows > 0; ++at) {
    if (rows[at].shape != Row::Shape::callout || keep[at]) continue;
    --windows;
    for (std::size_t near = at - std::min(at, kRowsAroundWrong); near < std::min(rows.size(), at + kRowsAroundWrong); ++near) {
      keep[near] = true;
    }
  }
  std::size_t left_out = 0;
  std::vector<Row> kept;
  for (std::size_t at = 0; at < rows.size();) {
    if (keep[at] || rows[at].shape == Row::Shape::step) {
      kept.push_back(std::move(rows[at++]));
      continue;
    }
    std::size_t hole = 0;
    Row gap = rows[at];
    for (; at < rows.size() && !keep[at] && rows[at].shape != Row::Shape::step; ++at) {
      hole += rows[at].first != 0 ? rows[at].last - rows[at].first + 1 : 0;
      gap.last = std::max(gap.last, rows[at].last);
      gap.at = rows[at].at;
    }
    left_out += hole;
    gap.shape = Row::Shape::gap;
    gap.kind = "cut";
    gap.cause = 0;
    gap.lines.clear();
    gap.tone = Row::Tone::warning;
    gap.label = std::to_string(hole) + " journal entries are not drawn: the diagram is long";
    kept.push_back(std::move(gap));
  }
  rows = std::move(kept);
  return left_out;
}

}  // namespace casewire::scenarios::report
