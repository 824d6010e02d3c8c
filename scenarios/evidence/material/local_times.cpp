#include "scenarios/evidence/material/local_times.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text/counted.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/evidence/material/rows.hpp"

namespace casewire::scenarios {
namespace {

using std::chrono::minutes;

/// A cell that shows what a clock on the wall did.
struct LocalCell {
  std::size_t row = 0, column = 0;
  WrittenTime time{};
};

std::vector<LocalCell> local_cells(const Table& table) {
  std::vector<LocalCell> found;
  for (std::size_t c = 0; c < table.fields.size(); ++c) {
    if (std::find(kTimeFields.begin(), kTimeFields.end(), table.fields[c]) == kTimeFields.end()) continue;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const auto& cells = table.rows[r].cells;
      if (c >= cells.size() || time_from(cells[c])) continue;
      if (const auto time = written_time(cells[c])) found.push_back({r, c, *time});
    }
  }
  return found;
}

std::vector<WrittenTime> times_of(const std::vector<LocalCell>& cells) {
  std::vector<WrittenTime> times;
  for (const LocalCell& cell : cells) times.push_back(cell.time);
  return times;
}

/// What is known of the same moment from elsewhere.
struct Anchor {
  LocalCell cell{};
  WallTime moment{};
  std::string shown_by{};  ///< "cases.json record 1"
};

std::vector<Anchor> anchors_of(const Table& table, const std::vector<LocalCell>& cells, const Evidence& evidence) {
  std::vector<Anchor> anchors;
  for (const LocalCell& cell : cells) {
    const auto known = evidence.rows.find(eighteen(table.cell(table.rows[cell.row], "Id")));
    if (known == evidence.rows.end()) continue;
    const OrgRow& row = known->second;
    const std::string& field = table.fields[cell.column];
    auto moment = time_from(string_member(row.fields, field));
    // The recording shows when the bridge asked for it.
    if (!moment && field == "CreatedDate" && row.is_by_bridge) moment = row.created;
    if (moment) anchors.push_back({cell, *moment, row.origin.text()});
  }
  return anchors;
}

/// How far clocks are ahead of UTC that show this at that moment: quarters of an hour, as far as a zone is. Nullopt: none are.
std::optional<minutes> ahead(LocalTime shown, WallTime moment) {
  constexpr minutes kStep{15}, kWest{-12 * 60}, kEast{14 * 60},
      kApart{2};  // of a clock without seconds, and of two rows of one call
  const auto apart = WallTime(shown.time_since_epoch()) - moment;
  const auto steps = std::chrono::round<std::chrono::duration<long, std::ratio<15 * 60>>>(apart);
  const minutes nearest = std::chrono::duration_cast<minutes>(steps);
  if (std::chrono::abs(apart - nearest) > kApart || nearest < kWest || nearest > kEast || nearest % kStep != minutes{0})
    return std::nullopt;
  return nearest;
}

/// How far all anchors say that the clocks were ahead; nullopt: there are none, or they say different things.
std::optional<minutes> ahead_by(const std::vector<Anchor>& anchors, DateOrder order) {
  std::optional<minutes> all;
  for (const Anchor& anchor : anchors) {
    const auto shown = shown_by(anchor.cell.time, order);
    const auto one = shown ? ahead(*shown, anchor.moment) : std::nullopt;
    if (!one || (all && *all != *one)) return std::nullopt;
    all = one;
  }
  return all;
}

bool agrees(const TimeZone& zone, const std::vector<Anchor>& anchors, DateOrder order) {
  return std::all_of(anchors.begin(), anchors.end(), [&](const Anchor& anchor) {
    const auto shown = shown_by(anchor.cell.time, order);
    const auto moments = shown ? zone.moments(*shown) : std::vector<WallTime>{};
    return std::any_of(moments.begin(), moments.end(),
                       [&](WallTime moment) { return ahead(LocalTime(moment.time_since_epoch()), anchor.moment) == minutes{0}; });
  });
}

struct Reading {
  DateOrder order{};
  TimeZone zone;
};

std::string first_cell(const Table& table, const std::vector<LocalCell>& cells) {
  return "\"" + table.rows[cells.front().row].cells[cells.front().column] + "\"";
}

/// The error says why it cannot be told.
Result<Reading, std::string> reading_of(const Table& table, const std::vector<LocalCell>& cells, const TableTerms& terms,
                                        std::optional<minutes> elsewhere, Evidence& evidence) {
  auto orders = orders_of(times_of(cells));
  const std::string such = "times such as " + first_cell(table, cells);
  if (orders.empty()) return fail(such + " are written in several ways, or are no dates");
  if (terms.order) {
    std::erase_if(orders, [&](DateOrder one) { return one != *terms.order; });
    if (orders.empty()) return fail(such + " are not in the order that --date-order says");
  }
  const auto anchors = anchors_of(table, cells, evidence);
  std::vector<Reading> readings;
  for (const DateOrder order : orders) {
    if (terms.zone) {
      if (orders.size() == 1 || (!anchors.empty() && agrees(*terms.zone, anchors, order)))
        readings.push_back({order, *terms.zone});
    } else if (const auto there = ahead_by(anchors, order)) {
      readings.push_back({order, TimeZone(*there)});
    }
  }
  if (readings.size() == 1) {
    if (terms.zone) return readings.front();
    const auto there = ahead_by(anchors, readings.front().order);
    evidence.guess("the time zone of " + table.file + ": its clock is " + std::to_string(there->count()) +
                   " minutes ahead of UTC, by what " + anchors.front().shown_by + " says of the same row");
    return readings.front();
  }
  if (orders.size() > 1) return fail(such + " do not tell the day from the month; say it with --date-order dmy, or mdy");
  if (!terms.zone && anchors.empty() && elsewhere) {
    evidence.guess("the time zone of " + table.file + ": taken for that of the other tables");
    return Reading{orders.front(), TimeZone(*elsewhere)};
  }
  return fail(such + " do not tell their zone; say with --time-zone Europe/Berlin, or +01:00, what she who sent it has");
}

/// Writes the moments into the table. A cell that is none in that zone stays as it is, and is complained of as any other.
void settle(Table& table, const std::vector<LocalCell>& cells, const Reading& reading, Evidence& evidence) {
  for (const LocalCell& cell : cells) {
    const auto shown = shown_by(cell.time, reading.order);
    const auto moments = shown ? reading.zone.moments(*shown) : std::vector<WallTime>{};
    std::string& text = table.rows[cell.row].cells[cell.column];
    if (moments.size() > 1)
      evidence.guess("which of two hours is meant by " + table.file + " line " + std::to_string(table.rows[cell.row].line) +
                     " (" + text + "): clocks were put back; the first was taken");
    if (!moments.empty()) text = iso8601(moments.front());
  }
  const bool has_seconds = std::all_of(cells.begin(), cells.end(), [](const LocalCell& one) { return one.time.has_seconds; });
  if (has_seconds) return;
  evidence.without_seconds.insert(table.file);
  evidence.guess("what came first within one minute: " + table.file + " has no seconds");
}

/// What the tables of which the zone is known say of the others; nullopt: nothing, or different things.
std::optional<minutes> said_elsewhere(const Evidence& evidence) {
  std::set<minutes> all;
  for (const Table& table : evidence.local_tables) {
    const auto cells = local_cells(table);
    const auto anchors = anchors_of(table, cells, evidence);
    const auto orders = orders_of(times_of(cells));
    if (anchors.empty() || orders.size() != 1) continue;
    if (const auto there = ahead_by(anchors, orders.front())) all.insert(*there);
  }
  return all.size() == 1 ? std::optional(*all.begin()) : std::nullopt;
}

}  // namespace

bool has_local_times(const Table& table) { return !local_cells(table).empty(); }

void read_local_tables(const TableTerms& terms, Evidence& evidence) {
  const auto elsewhere = said_elsewhere(evidence);
  for (Table& table : std::exchange(evidence.local_tables, {})) {
    const auto cells = local_cells(table);
    const auto reading = reading_of(table, cells, terms, elsewhere, evidence);
    const bool says_when =
        std::none_of(cells.begin(), cells.end(), [&](const LocalCell& one) { return table.fields[one.column] == "CreatedDate"; });
    if (!reading && says_when) {
      take_table(table, evidence);
      continue;
    }
    if (!reading) {
      evidence.unused.push_back(table.file + ": " + counted(table.rows.size(), "row") + ", for " + reading.error());
      evidence.testimony.lacks_rows(table.object, table.file + " was not used");
      continue;
    }
    settle(table, cells, *reading, evidence);
    take_table(table, evidence);
  }
}

}  // namespace casewire::scenarios
