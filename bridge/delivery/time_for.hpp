#pragma once
// How long a call may take that carries a file.

#include <cstddef>
#include <cstdint>

#include "base/http/transport.hpp"
#include "base/text/time.hpp"

namespace casewire::bridge {

/// A line that carries less than this does not work: waiting longer would help nobody.
inline constexpr std::size_t kBytesPerSecondLeast = 256u << 10;

/// The time of a small call, and as much more as `bytes` need, sent or received.
inline http::Deadline time_for(milliseconds call_timeout, std::size_t bytes, const http::Permit* permit = nullptr) {
  return {call_timeout + milliseconds{static_cast<std::int64_t>(bytes * 1000 / kBytesPerSecondLeast)}, permit};
}

}  // namespace casewire::bridge
