#pragma once
// Keeps equal texts once. A sweep reads the same conversation dozens of times, and the scenarios of a run resemble each other: of what
// their journals hold, most is repetition that deflate alone cannot see across.

#include <string>
#include <unordered_map>
#include <vector>

#include "base/text/json.hpp"

namespace casewire::scenarios::report {

class TextPool {
 public:
  /// Replaces each long text in `value` by a reference: U+0002 and the text's number. A text that begins with U+0002 itself becomes one
  /// whatever its length, so that no text is taken for a reference.
  void take(Json& value);
  /// The texts, each in the place of its number.
  Json texts() const;
  std::size_t bytes() const { return bytes_; }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<const std::string*> texts_;
  std::size_t bytes_ = 0;
};

}  // namespace casewire::scenarios::report
