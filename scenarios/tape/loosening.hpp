#pragma once
// What a script does not insist on when a recording is played.

#include <cstddef>
#include <string>

#include "base/http/message.hpp"

namespace casewire::scenarios {

struct Loosening {
  std::string system;
  std::string resource;       ///< "PATCH /chat/sessions/*": method and path; a star stands for anything
  std::string pointer{};      ///< may differ at and below it (difference.hpp); empty: may come several times
  std::size_t times_max = 0;  ///< of those; 0: any number

  bool concerns(const std::string& system, const http::Request& request) const;
};

}  // namespace casewire::scenarios
