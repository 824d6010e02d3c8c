#pragma once
// What the operator's questions are answered from: the store and what the running process knows.

#include <functional>

#include "base/runtime/runtime.hpp"
#include "bridge/config.hpp"
#include "bridge/delivery/alarms.hpp"
#include "bridge/delivery/vendor.hpp"
#include "bridge/events/events.hpp"
#include "bridge/opencx/client.hpp"
#include "bridge/operation/preflight.hpp"
#include "bridge/salesforce/client.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

struct Insight {
  Runtime& runtime;
  Store& store;
  Vendors& vendors;
  Events& events;
  Alarms& alarms;
  Config config;  ///< that counts at this moment
  salesforce::Client& salesforce;
  opencx::Client& opencx;
  Preflight& preflight;
  WallTime started_at{};  ///< the epoch: it has not, as its store could not be reached yet
  bool is_running = false;
  std::function<void()> wake_workers{};
  /// What waited for a vendor's rest to end need not wait any more.
  std::function<void()> go_on{};
  std::function<bool(std::string_view)> is_salesforce_secret{};
  /// Tries a store that could not be written again: in its own words why it cannot still. Empty: it can.
  std::function<std::string()> why_not_written{};

  bool has_started() const { return started_at != WallTime{}; }
};

}  // namespace casewire::bridge
