#pragma once
// The parts of a multipart body (RFC 2046, 5.1.1; RFC 7578), whatever its boundary.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/message.hpp"

namespace casewire::scenarios {

struct Part {
  http::Headers headers;
  std::string body;
};

/// Nullopt: the body is not made of parts between that boundary.
std::optional<std::vector<Part>> parts_of(std::string_view body, std::string_view boundary);

}  // namespace casewire::scenarios
