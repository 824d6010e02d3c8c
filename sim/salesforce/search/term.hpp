#pragma once
// What stands between the braces of FIND, and whether texts hold it: words and "phrases", `*` and `?` inside words, AND, OR,
// AND NOT, parentheses. Words side by side are ANDed. Texts are compared by whole words without case, as the platform's index
// does. Source: SOQL and SOSL Reference, "FIND {SearchQuery}", Summer '26.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::sim::salesforce::search {

/// The words of a text in lower case: runs of letters, digits and everything beyond ASCII.
std::vector<std::string> words_of(std::string_view text);

/// The words of one field each.
using IndexedTexts = std::vector<std::vector<std::string>>;

class Term {
 public:
  /// `text` without the braces. The error is the platform's own words for MALFORMED_SEARCH.
  static Result<Term, std::string> parse(std::string_view text);
  /// Whether the texts together hold it; a phrase must stand in one of them.
  bool is_in(const IndexedTexts& texts) const;

  struct Node;

 private:
  std::shared_ptr<const Node> root_;
};

inline constexpr std::size_t kTermDepthMax = 16, kTermBytesMax = 10'000;

}  // namespace casewire::sim::salesforce::search
