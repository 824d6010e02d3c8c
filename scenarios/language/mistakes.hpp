#pragma once
// Collects what is wrong with one file, at most one mistake per place, and not more than a person will read.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/diagnostic.hpp"

namespace casewire::scenarios {

/// What is wrong with a value, before anyone knows where it stands.
struct Slip {
  std::string problem;
  std::string hint{};
};

class Mistakes {
 public:
  static constexpr std::size_t kMistakesMax = 100;

  explicit Mistakes(std::string_view file) : file_(file) {}

  /// Ignored when that place has a mistake already: the first complaint about a word is the useful one.
  void add(Position at, std::size_t length, Slip slip);
  bool none() const { return found_.empty(); }
  bool full() const { return found_.size() >= kMistakesMax; }
  /// In the order of the file.
  std::vector<Diagnostic> take();

 private:
  std::string file_;
  std::map<std::pair<std::size_t, std::size_t>, Diagnostic> found_;  ///< by line and column
};

/// `"text"`, cut after 60 characters: a Diagnostic is no place for a whole mail.
std::string in_quotes(std::string_view text);
/// `did you mean "x"?`, or nothing when `nearest` is empty.
std::string did_you_mean(std::string_view nearest);
/// `"a", "b" or "c"`
std::string choice_of(const std::vector<std::string>& words);

}  // namespace casewire::scenarios
