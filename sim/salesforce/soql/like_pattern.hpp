#pragma once
// The pattern of a LIKE: `%` stands for any number of characters, `_` for exactly one, `\%` and `\_` for themselves. Matches
// without case. Linear in text times pattern, no recursion.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::sim::salesforce::soql {

class LikePattern {
 public:
  /// Reads the source of a quoted literal, without its quotes. The error is the bad escape as written (`\d`).
  static Result<LikePattern, std::string> from_source(std::string_view source);
  bool matches(std::string_view text) const;

 private:
  static constexpr char32_t kAny = 0x110000;  // beyond Unicode: never a character
  static constexpr char32_t kOne = 0x110001;
  std::vector<char32_t> elements_;
};

/// The text that a quoted literal's source stands for; the error is the bad escape as written.
Result<std::string, std::string> unescaped(std::string_view source);

}  // namespace casewire::sim::salesforce::soql
