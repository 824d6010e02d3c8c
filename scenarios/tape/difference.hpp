#pragma once
// In what a request differs from a recorded one.

#include <string>
#include <vector>

#include "base/http/message.hpp"

namespace casewire::scenarios {

struct Difference {
  std::string pointer;         ///< JSON pointer into {method, path, query, headers, body}
  std::string recorded, made;  ///< as JSON; `nothing` where it is absent
};

/// In the order method, path, query, headers, body; at most kDifferencesMax. None: the request matches. Not compared: what
/// belongs to one run (credentials, traces, transport headers), masked secrets, and which instant an ISO 8601 time names.
std::vector<Difference> differences(const http::Request& recorded, const http::Request& made);

inline constexpr std::size_t kDifferencesMax = 100;

}  // namespace casewire::scenarios
