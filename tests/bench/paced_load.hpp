#pragma once
// Requests at a fixed rate over keep-alive connections, for latencies under a given load: wrk only knows "as fast as
// possible".

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/http/message.hpp"

namespace casewire::bench {

struct Latencies {
  double per_second = 0;  ///< reached
  double p50_ms = 0;
  double p99_ms = 0;
  double worst_ms = 0;
  std::size_t requests = 0;
  std::size_t errors = 0;  ///< no answer, or a status other than 2xx
  double seconds = 0;
  std::vector<std::int64_t> microseconds{};  ///< of each, ascending
};
/// Of two runs of the same, as if they had been one.
Latencies together(const Latencies& a, const Latencies& b);

struct PacedPlan {
  std::size_t per_second = 1'000;  ///< 0: as fast as the connections allow
  std::size_t requests = 3'000;
  std::size_t connections = 4;  ///< each is a thread
  std::function<http::Request(std::size_t number)> request;
};

/// A request's time counts from the instant at which it was due, so that a server that falls behind cannot hide it.
Latencies paced_load(const PacedPlan& plan);

}  // namespace casewire::bench
