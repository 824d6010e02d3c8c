#include "bridge/reconcile/ledger_reach.hpp"

namespace casewire::bridge {
namespace {

/// A vendor's clock tells when a row was written, and ours when it was dealt with.
constexpr milliseconds kClocksDiffer{24 * 3'600'000};

}  // namespace

WallTime ledger_reach(const Config& config, WallTime now) {
  const auto forgotten = forgotten_before(config, now);
  return forgotten ? *forgotten + kClocksDiffer : WallTime{};
}

std::optional<WallTime> forgotten_before(const Config& config, WallTime now) {
  if (!config.ledger_kept) return std::nullopt;
  return now - *config.ledger_kept;
}

}  // namespace casewire::bridge
