#include "bridge/program/store_hold.hpp"

#include <iostream>

#include "base/text/rng.hpp"
#include "bridge/program/bridge_name.hpp"

namespace casewire::bridge {

int refuse(const Diagnostic& problem, StoreCommandCode code) {
  std::cerr << render(problem);
  return code;
}

void print_rows(const std::map<std::string, std::int64_t>& rows_by_table) {
  for (const auto& [table, rows] : rows_by_table) std::cout << "  " << table << " " << rows << "\n";
}

Result<StoreHold> hold_store(const Config& config) {
  auto lock = StateLock::take(config.state_dir);
  if (!lock) return fail(lock.error());
  SystemRng rng;
  auto name = bridge_name(config.state_dir, rng);
  if (!name) return fail(name.error());
  return StoreHold{std::move(*lock), std::move(*name)};
}

}  // namespace casewire::bridge
