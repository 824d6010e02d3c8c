#pragma once
// Which value of this run stands for which value of the recording. What an answer or a webhook of the tape names is known from
// then on and must be named in the same way; what the bridge makes up itself (a boundary, an external id, its own clock's time) is
// bound at first sight. One value stands for one: a second partner is a disagreement. Only times may share one.

#include <map>
#include <string>
#include <string_view>

#include "base/text/time.hpp"

namespace casewire::scenarios {

class Bindings {
 public:
  /// This run happens so much later than the recording.
  void shift_times(milliseconds by) { shift_ = by; }

  /// Whether both may mean the same, given what was agreed before; remembers it if so.
  bool agree(std::string_view recorded, std::string_view made);
  bool agree(WallTime recorded, WallTime made);
  /// Texts whose words are equal and whose run-only values agree, piece by piece.
  bool agree_in_text(std::string_view recorded, std::string_view made);

  /// A text of the tape as the bridge is to see it, with the times of this run; every id in it is known from here on.
  std::string told(std::string_view recorded);

  /// How many values were agreed on here that are not spelled alike.
  std::size_t unlike() const;

  /// For trying a comparison: `trial` takes over nothing until it is adopted.
  Bindings trial() const;
  void adopt(Bindings trial);

 private:
  const std::string* find(const std::map<std::string, std::string, std::less<>> Bindings::*map, std::string_view key) const;

  const Bindings* base_ = nullptr;  ///< what a trial stands on
  std::map<std::string, std::string, std::less<>> made_of_, recorded_of_;
  std::map<WallTime, WallTime> times_;
  milliseconds shift_{0};
};

}  // namespace casewire::scenarios
