#pragma once
// What a store says of itself and not of the org: whither it was taken, and out of which backup it came. Any kind of store says it.

#include <optional>
#include <string>
#include <string_view>

#include "base/text/time.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

inline constexpr std::string_view kTransferMark = "taken to";
inline constexpr std::string_view kRestoredMark = "restored";

/// Whither it was taken; nullopt: it was not. Throws StoreFailure.
std::optional<std::string> transferred_to(Store& store);
/// From now on it says so. Throws StoreFailure.
void note_transfer(Store& store, const std::string& to, WallTime now);

/// When the store came out of a backup, and when that was made; nullopt: it never did. Throws StoreFailure.
struct Restoration {
  WallTime at{};
  WallTime backed_up_at{};
};
std::optional<Restoration> restoration_of(Store& store);

}  // namespace casewire::bridge
