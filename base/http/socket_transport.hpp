#pragma once
// HTTP/1.1 client on cpp-httplib: TCP_NODELAY, a keep-alive pool per origin, TLS with verification, and a total deadline (the
// library has none; only the look-up of a name is the system's and may take longer). Safe from any thread. A request
// is never sent twice: a kept connection that turns out to be closed is replaced only if not one byte went into it.
// Request headers leave sorted by name (the library's container), those of one name in their order; the answer's headers
// arrive as they were sent. No compression is asked for, and none is undone. See docs/decisions/0001.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"

namespace casewire::http {

struct SocketTransportOptions {
  std::string ca_file{};                       ///< PEM; empty: the system's
  std::size_t idle_connections_max = 8;        ///< per origin
  std::size_t response_bytes_max = 64u << 20;  ///< a longer answer is a cut answer
  bool public_only = false;                    ///< connects to addresses of the public internet only, whatever a name resolves to
  const Runtime* clock = nullptr;              ///< what deadlines are told by; null: real time
};

/// Calls that have not been answered, and whose deadline has not come.
struct OpenCalls {
  std::size_t count = 0;
  std::optional<SteadyTime> next_deadline{};
};

class SocketTransport final : public Transport {
 public:
  explicit SocketTransport(SocketTransportOptions options = {});
  ~SocketTransport() override;
  Result<Response, TransportError> send(const Request& request, Deadline deadline) override;
  /// Of a transport with a clock.
  OpenCalls open_calls() const;

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace casewire::http
