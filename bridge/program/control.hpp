#pragma once
// The control connection: a harness reads here who still has something to do, and drives the clock. Never open unless --control
// was given; loopback addresses only, for whoever reaches it owns the bridge's time.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/http/handler.hpp"
#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "bridge/bridge.hpp"

namespace casewire::bridge {

/// The port of "http://127.0.0.1:PORT" or "http://localhost:PORT"; nothing for any other text.
std::optional<std::uint16_t> control_port(std::string_view url);

class Control {
 public:
  /// `begin` is called at the first PUT /clock, after the clock was set. `calls`: the bridge's own, by the driven clock.
  Control(ThreadRuntime& driven, std::function<Status()> bridge, std::function<void()> begin,
          std::function<http::OpenCalls()> calls);
  ~Control();

  /// The error says what is wrong with the address.
  Result<void> listen(const std::string& url);
  /// `GET /status`, `PUT /clock {"now": "<ISO 8601>"}`; both answer the status.
  http::Reply handle(const http::Request& request);
  void stop();

 private:
  http::Reply put_clock(const std::string& body);
  http::Reply status() const;

  ThreadRuntime& driven_;
  std::function<Status()> bridge_;
  std::function<void()> begin_;
  std::function<http::OpenCalls()> calls_;
  std::mutex mutex_;           ///< one PUT at a time
  ThreadRuntime own_runtime_;  ///< this server's own work is not the bridge's
  std::unique_ptr<http::SocketServer> server_;
};

}  // namespace casewire::bridge
