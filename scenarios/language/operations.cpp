#include "scenarios/language/operations.hpp"

namespace casewire::scenarios {

std::string operation_in_singular(std::string_view text) {
  if (text.ends_with("ies")) {
    return std::string(text.substr(0, text.size() - 3)) + "y";
  }
  return std::string(text.ends_with("s") ? text.substr(0, text.size() - 1) : text);
}

}  // namespace casewire::scenarios
