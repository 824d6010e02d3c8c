#pragma once
// Calls of the bridge that change something at a vendor, under one word for faults: which operations a bridge writes by is its own
// affair, so a fault that is to strike any bridge cannot name one.

#include <string_view>

namespace casewire::sim {

/// As the operation of a Place: any call that changes something.
inline constexpr std::string_view kAnyWrite = "write";

/// By the last word of the fakes' names: `Case create`, `session update`, `message send`.
bool is_write(std::string_view operation);

}  // namespace casewire::sim
