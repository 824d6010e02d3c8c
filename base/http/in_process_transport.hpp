#pragma once
// The network of the simulated ring: an origin is a Handler, an exchange a function call on the caller's fiber. Delays pass
// on the given runtime's clock; damage is reported as the TransportError that a socket would give.

#include <functional>
#include <string>
#include <string_view>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"

namespace casewire::http {

class InProcessTransport final : public Transport {
 public:
  /// Finds the handler of an origin such as "http://salesforce.test"; nullptr when nobody listens there.
  using Resolver = std::function<const Handler*(std::string_view origin)>;
  InProcessTransport(Runtime& runtime, Resolver resolve) : runtime_(runtime), resolve_(std::move(resolve)) {}
  Result<Response, TransportError> send(const Request& request, Deadline deadline) override;

 private:
  Runtime& runtime_;
  Resolver resolve_;
};

}  // namespace casewire::http
