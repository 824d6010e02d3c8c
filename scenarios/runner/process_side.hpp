#pragma once
// What a ring has whose bridge is a process of its own, for those who show or keep it.

#include <string>

#include "scenarios/runner/world.hpp"

namespace casewire::scenarios {

class ProcessSide {
 public:
  virtual ~ProcessSide() = default;
  /// Where the bridge keeps what it must not forget.
  virtual const std::string& state_folder() const = 0;
  /// Where everybody is reached, once the world is open.
  virtual const Urls& urls() const = 0;
};

}  // namespace casewire::scenarios
