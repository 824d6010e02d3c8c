#pragma once
// What a visitor does in the chat widget of a website: another channel than mail.

#include <cstdint>
#include <string>

#include "base/text/result.hpp"
#include "sim/opencx/platform.hpp"

namespace casewire::scenarios {

inline constexpr std::uint64_t kVisitors = 100'000'000'000;

/// Who says an address and proves nothing.
struct Visitor {
  std::string address, name;
  std::uint64_t number = 0;  ///< below kVisitors; each message needs one of its own
};

/// The new session in which she wrote `text`, or why the widget's API refuses it.
Result<std::string, std::string> chat_on_website(sim::opencx::Platform& platform, const Visitor& visitor,
                                                 const std::string& text);

}  // namespace casewire::scenarios
