#pragma once
// The network between the bridge and the fakes, as wrappers: every exchange is journalled and meets the armed faults here, so
// that no fake knows about either. The wire below (sockets or function calls) is the ring's business.

#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "sim/world/faults.hpp"
#include "sim/world/journal.hpp"

namespace casewire::sim {

/// A fake as the network sees it.
struct Service {
  std::string name;  ///< "salesforce", "opencx"
  http::Handler handler;
  /// What a request would do, in the words of fault sentences.
  std::function<std::vector<std::string>(const http::Request&)> operations;
  /// An answer with this status, in the vendor's own error shape.
  std::function<http::Response(int status)> refusal;
};

/// Thread-safe. Must outlive the handlers and transports it gives out.
class Network {
 public:
  Network(Journal& journal, Faults& faults) : journal_(journal), faults_(faults) {}

  /// What the bridge reaches when it calls this service.
  http::Handler serve(Service service);
  /// What `from` reaches the bridge with. `wire` carries it and outlives the result.
  std::unique_ptr<http::Transport> outgoing(std::string from, http::Transport& wire);
  /// Called, on the thread or fiber of the call, when a crash fault fires. It may not return (the caller's fiber dies).
  void on_crash(std::function<void(const Fault&)> crash) { crash_ = std::move(crash); }

  /// While held, calls of the bridge wait at the door: for moving the clocks of several processes as one.
  [[nodiscard]] std::unique_lock<std::shared_mutex> hold_calls() { return std::unique_lock(door_); }

 private:
  class WebhookTransport;
  http::Reply exchange(const Service& service, const http::Request& request);

  Journal& journal_;
  Faults& faults_;
  std::function<void(const Fault&)> crash_;
  std::shared_mutex door_;
};

}  // namespace casewire::sim
