#pragma once
// The fields of an object by which its rows ascend as they do by their ids: numbers that are counted up, and when a row was made. Whoever asks for the
// first or the last by such a field need not look at all of them. It is seen and not believed: a clock that was set back, or a number that became
// longer, ends it.

#include <cstddef>
#include <vector>

#include "sim/salesforce/records/value.hpp"

namespace casewire::sim::salesforce {

class Ascents {
 public:
  explicit Ascents(const SObjectType& type);

  /// `is_newest`: no row has a higher id.
  void inserted(const Values& values, bool is_newest);
  void written(std::size_t field);
  /// No row's value is below that of a row with a lower id, and none is null.
  bool hold(std::size_t field) const;

 private:
  struct Ascent {
    std::size_t field = 0;
    Value newest{};  ///< null before the first row
  };
  std::vector<Ascent> ascents_;
};

}  // namespace casewire::sim::salesforce
