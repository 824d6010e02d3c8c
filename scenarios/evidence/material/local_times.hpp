#pragma once
// Tables whose times do not say their zone: which one it is follows from the command line, or from other material that has the same rows. How
// a date is written all times of a table tell together. A table of which that cannot be told is not used, and says why.

#include "scenarios/evidence/table.hpp"
#include "scenarios/evidence/time_zone.hpp"
#include "scenarios/evidence/written_times.hpp"

namespace casewire::scenarios {

/// What whoever sent the tables has on her screen.
struct TableTerms {
  std::optional<TimeZone> zone{};
  std::optional<DateOrder> order{};
};

bool has_local_times(const Table& table);

}  // namespace casewire::scenarios
