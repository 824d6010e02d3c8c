#pragma once
// What a person gave up (`parked drop`): remembered for good, as somebody may ask for that customer's message months later. Nothing is decided by it; the
// sweep has a mark of its own (reconcile/interest.hpp).

#include <optional>
#include <string>

#include "bridge/store/store.hpp"

namespace casewire::bridge {

struct GivenUp {
  WallTime at{};
  std::string problem{};  ///< of the job, as it was parked
};

/// The newest of its subject takes the place of the one before it.
Mark given_up_mark(const Job& job, WallTime now);
/// May throw StoreFailure.
std::optional<GivenUp> given_up(Store& store, const std::string& subject);

}  // namespace casewire::bridge
