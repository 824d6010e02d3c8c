#pragma once
// Which scenarios a tag expression means. Follows Cucumber's (cucumber.io/docs/cucumber/api, "Tag expressions"): tags with `and`, `or`,
// `not` and parentheses; `not` binds closest, then `and`. In a tag `\(`, `\)`, `\\` and `\ ` stand for themselves. Beside that, as this
// program has always read them: `~@slow` is `not @slow`, and the @ may be left out.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

class TagExpression {
 public:
  /// The error says what is wrong and shows the expression.
  static Result<TagExpression, std::string> parse(std::string_view text);
  /// `tags` with their @.
  bool matches(const std::vector<std::string>& tags) const;

  static constexpr std::size_t kCharactersMax = 4000;
  static constexpr int kDepthMax = 64;  ///< of parentheses and nots

  struct Node;

 private:
  explicit TagExpression(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;
};

}  // namespace casewire::scenarios
