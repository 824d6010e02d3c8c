#pragma once
// The seam between a scenario and where it is played: in real processes over sockets, or on fibers under virtual time. A ring
// knows how the world runs until it is quiet and how its clocks move; waiting.hpp builds every wait from that.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "scenarios/runner/world.hpp"

namespace casewire::scenarios {

/// The bridge's own word about its queue.
struct BridgeWork {
  std::size_t due = 0, waiting = 0, parked = 0;
};

class Ring {
 public:
  virtual ~Ring() = default;

  /// Stages the world. Call once, first.
  virtual Result<void, std::string> open(Staging staging) = 0;
  virtual World& world() = 0;

  /// Returns when the bridge is ready. The error holds the end of its output.
  virtual Result<void, std::string> start_bridge() = 0;
  virtual void kill_bridge() = 0;  ///< as `kill -9` would; no-op when it is not running
  /// As SIGTERM would. The error says how a bridge took it that did not end in good order.
  virtual Result<void, std::string> stop_bridge() = 0;
  /// Starts the bridge again when a crash fault has killed it. True when it did.
  virtual Result<bool, std::string> restart_if_crashed() = 0;

  /// Does what a person does (send a mail, answer on a Case); returns when it is done.
  virtual void perform(const std::function<void()>& deed) = 0;

  virtual WallTime now() const = 0;
  /// Lets everybody run while time stands still. Nullopt: quiet. Otherwise who holds it up.
  virtual std::optional<std::string> run_until_quiet() = 0;
  /// The earliest timer of anybody. Only right after run_until_quiet() said quiet.
  virtual std::optional<WallTime> next_timer() = 0;
  /// Moves every clock; false when this ring cannot (a foreign bridge has its own clock).
  virtual bool advance_to(WallTime when) = 0;

  /// Nullopt: this bridge cannot be asked.
  virtual std::optional<BridgeWork> bridge_work() = 0;

  /// Whether faults at the bridge's own commits can be carried out here.
  virtual bool reaches_the_store() const { return false; }

  /// What a reader should know about how this world was judged; may be empty.
  virtual std::string note() const { return {}; }
  /// The end of what the bridge printed, for failures that are not about a promise.
  virtual std::string bridge_output() const { return {}; }
};

}  // namespace casewire::scenarios
