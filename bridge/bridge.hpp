#pragma once
// The bridge as a component: everything but the process around it. The program gives it threads, sockets and SQLite; the
// simulated ring gives it fibers, an in-process network and a store in memory. It is the same code.

#include <memory>
#include <string>
#include <vector>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"
#include "base/text/json.hpp"
#include "base/text/rng.hpp"
#include "bridge/config.hpp"
#include "bridge/log.hpp"
#include "bridge/operation/exposition.hpp"
#include "bridge/salesforce/token.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

/// What the bridge needs of the world. All references outlive the bridge.
struct Surroundings {
  Runtime& runtime;
  http::Transport& transport;
  Store& store;
  Rng& rng;
  Log& log;
  /// Carries calls to addresses that a customer's mail can choose: where attachments lie when that is not OpenCX itself. nullptr:
  /// `transport` does.
  http::Transport* strangers = nullptr;
  /// Of this bridge, among those that share the store; the same after a restart.
  std::string name = "bridge";
  /// See salesforce/token.hpp.
  salesforce::TakeOrg take_org{};
};

struct Status {
  bool ready = false;
  std::size_t jobs_due = 0;      ///< could run now
  std::size_t jobs_waiting = 0;  ///< due later (a retry)
  std::size_t jobs_parked = 0;   ///< given up with an alert; `parked` shows them
};

class Bridge {
 public:
  Bridge(Config config, Surroundings surroundings);
  ~Bridge();

  /// Starts the workers and the first sweep. Once; after a StoreFailure again.
  void start();
  /// /healthz, /readyz, /metrics, /hooks/opencx/SECRET, /hooks/salesforce/SECRET. Thread-safe.
  http::Reply handle(const http::Request& request);
  /// The last part of the URL that the vendor calls, "opencx" or "salesforce", is a secret of this bridge. Thread-safe.
  bool believes(std::string_view vendor, std::string_view secret) const;
  /// What /readyz says, with its "status". Thread-safe.
  Json readiness();
  /// What /metrics says. Thread-safe.
  void write_metrics(Exposition& out);
  Status status() const;
  /// What an operator asks or orders, as words ("parked", "retry", "case:500..."): `{"answer": {...}}` or `{"error": "..."}`. Thread-safe.
  Json operate(const std::vector<std::string>& words);
  /// Takes up what can be changed while it runs (docs/bridge.md, "Settings"), and tells the log what needs a restart. One caller at a time.
  void take_up(const Config& config);
  /// Takes no new work from now on. Where several are to stop, all are asked first.
  void request_stop();
  /// Likewise, and returns when the running jobs have ended; false when some had not 30 s after it was first asked.
  bool stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casewire::bridge
