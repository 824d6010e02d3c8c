#pragma once
// The network between the bridge and the fakes, as wrappers: every exchange is journalled and meets the armed faults here, so
// that no fake knows about either. The wire below (sockets or function calls) is the ring's business.

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"
#include "sim/world/faults.hpp"
#include "sim/world/journal.hpp"

namespace casewire::sim {

/// A fake as the network sees it.
struct Service {
  std::string name;  ///< "salesforce", "opencx"
  http::Handler handler;
  /// What a request would do, in the words of fault sentences.
  std::function<std::vector<std::string>(const http::Request&)> operations;
  /// The answer that refuses with this code (Refuse::code), in the vendor's own words and shape; nullopt: no such code.
  std::function<std::optional<http::Response>(std::string_view code)> refusal;
  /// Lets the next row of that operation, or the one behind `rows_before` more, fail with that code; false: not possible. Empty: never
  /// possible.
  std::function<bool(const std::string& operation, const std::string& code, std::size_t rows_before)> refuse_row{};
  /// Holds calls that come late; nullptr: they come before the next one.
  Runtime* runtime = nullptr;
};

/// Thread-safe. Must outlive the handlers and transports it gives out.
class Network {
 public:
  /// `now`: of the journal's clock.
  Network(Journal& journal, Faults& faults, std::function<WallTime()> now)
      : journal_(journal), faults_(faults), now_(std::move(now)) {}

  /// What the bridge reaches when it calls this service.
  http::Handler serve(Service service);
  /// What `from` reaches the bridge with. `wire` carries it and `runtime` holds what is late; both outlive the result.
  std::unique_ptr<http::Transport> outgoing(std::string from, http::Transport& wire, Runtime& runtime);
  /// Called, on the thread or fiber of whoever met it, when a crash strikes. It may not return (the caller's fiber dies).
  void on_crash(std::function<void(const Strike&)> crash) { crash_ = std::move(crash); }

  /// The bridge crashes now, on the thread or fiber of whoever makes it; may not return.
  void crash(const Strike& strike) {
    if (crash_) crash_(strike);
  }

  /// A commit of the bridge's store: `write` writes, and throws when told that it must fail.
  void commit(const std::function<void(bool must_fail)>& write);
  /// Time has skipped to a timer.
  void pass_timer();

  /// What a call of the bridge passes before anything else: it waits there while hold_calls() is held.
  http::Handler at_the_door(http::Handler inner);
  /// While held, calls of the bridge wait at the door: for moving the clocks of several processes as one.
  [[nodiscard]] std::unique_lock<std::shared_mutex> hold_calls() { return std::unique_lock(door_); }

 private:
  class WebhookTransport;
  class Call;
  /// A call on its own way: whoever made it hears no answer.
  struct Straggler {
    std::string system;
    http::Handler handler;
    http::Request request;
    std::vector<std::string> operations;
  };
  void arrive(const Straggler& straggler, const char* why_nobody_hears);
  /// Those that wait for a call of one of these operations.
  void let_arrive(std::string_view system, const std::vector<std::string>& operations);
  std::uint64_t note(const Strike& strike, std::string_view system, std::uint64_t cause);

  Journal& journal_;
  Faults& faults_;
  std::function<WallTime()> now_;
  std::function<void(const Strike&)> crash_;
  std::shared_mutex door_;
  std::mutex stragglers_mutex_;
  std::vector<Straggler> stragglers_;  ///< that come before the next call like them
};

}  // namespace casewire::sim
