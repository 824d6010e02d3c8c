#pragma once
// What whoever plays a tape remembers of each exchange, so that it is read again only when it is wanted.

#include <cstdint>
#include <string>

#include "base/recording/exchange.hpp"
#include "base/text/time.hpp"
#include "scenarios/tape/operation.hpp"

namespace casewire::scenarios {

struct Outline {
  Operation operation;
  WallTime started{};
  std::string to{};
  int status = 0;
  bool is_good = false;        ///< it was answered, and that it was done; a question also that there is nothing
  bool is_in_vain = false;     ///< nobody did what was asked, or nobody knows
  bool is_refused = false;     ///< in vain, or it told and changed nothing: whatever it is made of was refused
  std::uint64_t answer = 0;    ///< the same for answers that are the same word for word
  std::uint64_t question = 0;  ///< the same for reads that differ only in what one run knows
};

Outline outline_of(const recording::Exchange& exchange);

/// What a client shows to be let in; empty: nothing.
std::string token_of(const http::Request& request);

}  // namespace casewire::scenarios
