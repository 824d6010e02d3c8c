#pragma once
// Rows that stand below each other: a Case below its parent, an Account, a Contact below whom she reports to. None is its own ancestor.

#include <string_view>

#include "sim/salesforce/records/saver.hpp"

namespace casewire::sim::salesforce {

/// Of the reference that leads up, when the save wrote it.
SaveErrors check_hierarchy(Draft& draft, std::string_view reference);

}  // namespace casewire::sim::salesforce
