#pragma once
// A scenario's journal as the rows of its sequence diagram, top to bottom: what is drawn, between whom, in which words,
// and what is pointed at as wrong. Knows nothing of SVG.

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/report/participants.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::report {

struct Row {
  enum class Shape {
    step,      ///< a heading: a sentence of the script
    exchange,  ///< an arrow there and one back
    arrow,     ///< a mail, or something that a person does
    note,      ///< a change inside one system, on its lifeline
    band,      ///< across all lifelines: a fault, a crash, a time skip
    gap,       ///< stands for entries that are not drawn
    callout,   ///< points at the row above: what is wrong there
  };
  enum class Tone { plain, good, waiting, warning, bad };
  /// How far an exchange came.
  enum class Crossing { complete, lost_there, lost_back };

  Shape shape = Shape::note;
  Tone tone = Tone::plain;
  Crossing crossing = Crossing::complete;
  Lifeline from = Lifeline::bridge;
  Lifeline to = Lifeline::bridge;
  std::string kind;                   ///< the entry's kind, or "step"
  std::string label;                  ///< what a glance should see
  std::string answer;                 ///< of an exchange
  std::vector<std::string> lines;     ///< of a callout
  std::uint64_t first = 0, last = 0;  ///< journal entries; 0: none
  std::uint64_t cause = 0;
  WallTime at{};
  bool bridge_up = true;  ///< after this row
  std::size_t step = 0;   ///< of a step row: its index
};

struct Storyline {
  Participants participants;
  std::vector<Row> rows;
  std::size_t entries_left_out = 0;  ///< by the cap; idle repetitions do not count
};

/// At most about `rows_max` rows: the beginning, the end, and the surroundings of what is wrong.
Storyline storyline(const ScenarioResult& scenario, std::size_t rows_max = 600);

}  // namespace casewire::scenarios::report
