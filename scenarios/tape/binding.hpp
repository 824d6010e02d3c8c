#pragma once
// Which value of this run stands for which value of the recording. What an answer or a webhook of the tape names is known from
// then on and must be named in the same way; what the bridge makes up itself (a boundary, an external id, its own clock's time) is
// bound at first sight. One value stands for one: a second partner is a disagreement. Only times may share one: where it is known how far a
// run has come from the recording's time, a time may be off by as much, and by no more.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text/time.hpp"

namespace casewire::scenarios {

class Bindings {
 public:
  /// This run happens so much later than the recording.
  void shift_times(milliseconds by) { shift_ = by; }
  /// The tape was redacted: of two words as long as each other one may stand for the other, as ids do.
  void expect_disguises() { disguised_ = tells_words_ = true; }
  /// The same, but what is told is told in the recording's words, for whoever hears it knows no others.
  void expect_disguises_only() { disguised_ = true; }
  /// Nor is any time further off.
  void allow_times(milliseconds earliest, milliseconds latest) { off_ = {earliest, latest}; }

  /// Whether both may mean the same, given what was agreed before; remembers it if so.
  bool agree(std::string_view recorded, std::string_view made);
  bool agree(WallTime recorded, WallTime made);
  /// What stands for it on the tape; nullptr: nothing is known of it.
  const std::string* recorded_of(std::string_view made) const { return find(&Bindings::recorded_of_, made); }
  /// What stands for it in this run: itself as long as nothing is known of it.
  std::string made_of(std::string_view recorded) const;
  /// Texts whose words are equal and whose run-only values agree, piece by piece.
  bool agree_in_text(std::string_view recorded, std::string_view made);
  /// Numbers that stand alone are equal; where the tape was redacted, one may stand for another.
  bool agree_in_number(std::string_view recorded, std::string_view made);

  /// A text of the tape as the bridge is to see it, with the times of this run; every id in it is known from here on.
  std::string told(std::string_view recorded);

  /// For trying a comparison: `trial` takes over nothing until it is adopted.
  Bindings trial() const;
  void adopt(Bindings trial);

 private:
  const std::string* find(const std::map<std::string, std::string, std::less<>> Bindings::*map, std::string_view key) const;

  bool agree_in_words(std::string_view recorded, std::string_view made);
  std::string words_told(std::string_view recorded) const;

  const Bindings* base_ = nullptr;  ///< what a trial stands on
  std::map<std::string, std::string, std::less<>> made_of_, recorded_of_;
  std::map<WallTime, WallTime> times_;
  milliseconds shift_{0};
  bool disguised_ = false, tells_words_ = false;
  std::optional<std::pair<milliseconds, milliseconds>> off_{};
};

}  // namespace casewire::scenarios
