#pragma once
// One request and its answer, as every recorder keeps it.

#include <string>
#include <string_view>

#include "base/http/message.hpp"
#include "base/http/wire.hpp"
#include "base/text/time.hpp"

namespace casewire::recording {

/// Nobody waits longer. Where a world's clock is moved while a call is under way, the call would seem to.
inline constexpr milliseconds kTimeMax{24 * 3'600'000};

struct Exchange {
  WallTime started{};
  milliseconds time{0};  ///< until the answer, as far as the recorder can know
  std::string from, to;  ///< "bridge", "salesforce", "opencx"
  http::Request request{};
  http::Response response{};  ///< status 0: no answer arrived
  http::Wire wire = http::Wire::intact;
  std::string error{};      ///< why there was no answer
  std::string signature{};  ///< what became of a webhook's signature where it was looked at: "valid", "wrong", "absent", ...
};

/// Why an exchange stands on a tape without an answer: whoever asked, or whoever was asked, ended before.
inline constexpr std::string_view kUnanswered = "no answer was given";

}  // namespace casewire::recording
