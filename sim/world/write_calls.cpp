#include "sim/world/write_calls.hpp"

#include <algorithm>
#include <array>

namespace casewire::sim {

bool is_write(std::string_view operation) {
  constexpr std::array<std::string_view, 6> kVerbs{"create", "update", "delete", "send", "upload", "write"};
  const std::string_view verb = operation.substr(operation.rfind(' ') + 1);
  return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end();
}

}  // namespace casewire::sim
