#pragma once
// Drives an HTTP server with wrk: one thread, keep-alive, no pause between requests.

#include <cstdint>
#include <string>

#include "base/text/result.hpp"

namespace casewire::bench {

struct Throughput {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  std::uint64_t errors = 0;  ///< other statuses than 2xx and 3xx, and broken connections
};

struct WrkPlan {
  std::string url;
  int connections = 8;
  int seconds = 3;
  std::string script{};  ///< a Lua file; empty: plain GET
  std::string header{};  ///< "Authorization: Bearer ..."
};

Result<Throughput, std::string> wrk(const WrkPlan& plan);

}  // namespace casewire::bench
