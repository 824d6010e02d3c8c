#pragma once
// The seam between a scenario and where it is played: in real processes over sockets, or on fibers under virtual time. A ring
// knows how the world runs until it is quiet and how its clocks move; waiting.hpp builds every wait from that.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/runner/bridge_log.hpp"
#include "scenarios/runner/run_result.hpp"
#include "scenarios/runner/world.hpp"

namespace casewire::scenarios {

/// The bridge's own word about its queue.
struct BridgeWork {
  std::size_t due = 0, waiting = 0, parked = 0;
};

/// Why the world does not go on. Trouble of the machine says nothing about the bridge.
struct Trouble {
  std::string what;
  bool is_of_the_machine = false;
};

/// How long a bridge that keeps its own clock is waited for, in real time. What it waited for a processor does not count.
struct Patience {
  milliseconds for_a_promise{90'000};  ///< for what must happen
  milliseconds stillness{2'000};       ///< without a sign of life, before what must not happen is judged
  milliseconds breath{300};            ///< the same between two sentences
};

/// What a ring offers in place of moved clocks when its bridge lives in real time.
class RealTime {
 public:
  virtual ~RealTime() = default;
  virtual const Patience& patience() const = 0;
  /// Since the world was opened, as the bridge could use it.
  virtual milliseconds fair_time() = 0;
  /// Lets everybody run until there was no sign of life for so long: no call under way, no processor used.
  virtual std::optional<Trouble> run_until_still(milliseconds stillness) = 0;
  /// Lets everybody run until something has happened, or for so long.
  virtual std::optional<Trouble> run_until_news(milliseconds limit) = 0;
};

class Ring {
 public:
  virtual ~Ring() = default;

  /// Stages the world. Call once, first.
  virtual Result<void, std::string> open(Staging staging) = 0;
  virtual World& world() = 0;
  /// So much has happened that nobody sees any more: of a bridge, or a peer, that writes or asks without end.
  virtual std::optional<Trouble> blindness() {
    if (!world().journal().overflowed()) return std::nullopt;
    return Trouble{"the journal is full: what is done in this scenario may have no end"};
  }

  /// Returns when the bridge is ready. The error holds the end of its output.
  virtual Result<void, Trouble> start_bridge() = 0;
  virtual void kill_bridge() = 0;  ///< as `kill -9` would; no-op when it is not running
  /// As SIGTERM would. The error says how a bridge took it that did not end in good order.
  virtual Result<void, Trouble> stop_bridge() = 0;
  /// Starts the bridge again when a crash fault has killed it. True when it did.
  virtual Result<bool, Trouble> restart_if_crashed() = 0;

  /// Does what a person does (send a mail, answer on a Case); returns when it is done.
  virtual void perform(const std::function<void()>& deed) = 0;

  virtual WallTime now() const = 0;
  /// Called whenever time has moved, by whoever plays: so that somebody outside can say how far it is.
  void tell_time_to(std::function<void()> listener) { on_time_ = std::move(listener); }
  void time_has_moved() const {
    if (on_time_) on_time_();
  }
  /// The earliest timer of anybody whose timers the harness knows. Right after the world was found quiet or still.
  virtual std::optional<WallTime> next_timer() = 0;
  /// The same without the bridge's. What the world is to do is never late.
  virtual std::optional<WallTime> next_timer_of_the_world() = 0;
  /// Nullptr: this ring moves time by the two functions below. Otherwise they are not to be called.
  virtual RealTime* real_time() { return nullptr; }
  /// Lets everybody run while time stands still. Nullopt: quiet. Otherwise who holds it up.
  virtual std::optional<Trouble> run_until_quiet() = 0;
  /// Moves every clock.
  virtual std::optional<Trouble> advance_to(WallTime when) = 0;

  // ---- what the bridge keeps
  /// A copy, as a backup is made of a running bridge.
  virtual Result<void, std::string> save_state() { return fail("this ring does not reach what the bridge stores"); }
  /// Of a bridge that is down: what was saved takes the place of what it has. The error says that nothing was saved.
  virtual Result<void, std::string> restore_state() { return fail("nothing was saved"); }
  virtual void lose_state() {}  ///< of a bridge that is down

  /// Nullopt: this bridge cannot be asked.
  virtual std::optional<BridgeWork> bridge_work() = 0;

  /// What a command of the operator says, `casewire-bridge WORDS`, to the bridge that runs. The error says why it says nothing.
  virtual Result<std::string, std::string> operate(const std::vector<std::string>& /*words*/) {
    return fail(std::string("this bridge has no operator's commands"));
  }

  /// What the bridge says to whoever watches over it by HTTP, as `GET PATH`: the status, and the body on the next line. The error says why it says nothing.
  virtual Result<std::string, std::string> look_at(const std::string& /*path*/) {
    return fail(std::string("nobody is reached in this ring"));
  }
  /// Another value in the settings of the bridge that runs, which reads them again. The error says why it did not.
  virtual Result<void, std::string> change_setting(const std::string& /*variable*/, const std::string& /*value*/) {
    return fail(std::string("the settings of this bridge are not the harness's to change"));
  }

  /// Whether faults at the bridge's own commits can be carried out here.
  virtual bool reaches_the_store() const { return false; }
  /// Whether the bridge works while somebody waits for an answer of it. Else all is one thread's.
  virtual bool has_threads() const { return true; }

  /// What a reader should know about how this world was judged; may be empty.
  virtual std::string note() const { return {}; }
  /// The end of what the bridge printed, for failures that are not about a promise.
  virtual std::string bridge_output() const { return {}; }
  /// What it printed since the world was opened; never null.
  virtual std::shared_ptr<const BridgeLog> bridge_log() const { return std::make_shared<BridgeLog>(); }

 private:
  std::function<void()> on_time_;
};

}  // namespace casewire::scenarios
