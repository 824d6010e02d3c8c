#pragma once
// For how long a server's certificate counts.

#include <string>

#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::http {

struct Validity {
  WallTime from{};
  WallTime until{};
};

/// Of the first certificate of a PEM file: the server's own. The error says why it cannot be read. Any thread.
Result<Validity, std::string> validity_of(const std::string& pem_file);

}  // namespace casewire::http
