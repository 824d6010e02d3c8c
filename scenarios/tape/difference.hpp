#pragma once
// In what a request differs from a recorded one: by what both mean, not by how they are spelled. Bodies and queries are compared by
// their media type: JSON and form members, parts of a multipart body whatever its boundary, SOQL by tokens, XML by elements, any
// other body by its bytes. What belongs to one run only is bound (binding.hpp). Not compared: what belongs to one connection, traces,
// the value of credentials, and parameters of a media type that say nothing (a boundary, the charset UTF-8).

#include <string>
#include <vector>

#include "base/http/message.hpp"
#include "scenarios/tape/binding.hpp"

namespace casewire::scenarios {

struct Difference {
  std::string pointer;         ///< JSON pointer into {method, path, query, headers, body}
  std::string recorded, made;  ///< as JSON; `nothing` where it is absent
};

/// In the order method, path, query, headers, body; at most kDifferencesMax. None: the request matches. `bindings` takes over what the
/// two agree on, matching or not: give a trial.
std::vector<Difference> differences(const http::Request& recorded, const http::Request& made, Bindings& bindings);

inline constexpr std::size_t kDifferencesMax = 100;

}  // namespace casewire::scenarios
