#pragma once
// What a request does and to whom: requests of one operation on the same records belong together, whatever else is asked meanwhile.

#include <set>
#include <string>

#include "base/http/message.hpp"

namespace casewire::scenarios {

struct Operation {
  /// `POST /services/data/v66.0/composite: GET /query, PATCH /sobjects/Case/*`: what only a run knows is a star; of a composite, its parts.
  std::string shape;
  std::set<std::string, std::less<>> records;  ///< ids that it names, wherever
  bool is_read = false;                        ///< changes nothing
};

Operation operation_of(const http::Request& request);

}  // namespace casewire::scenarios
