#include "scenarios/language/fixes.hpp"

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/language/mistakes.hpp"
#include "scenarios/language/tokens.hpp"

namespace casewire::scenarios {

std::optional<std::string> fix_of(const Diagnostic& diagnostic, std::string_view source) {
  constexpr std::string_view kLead = "did you mean \"";
  constexpr std::string_view kTail = "\"?";
  const std::string_view hint = diagnostic.hint;
  if (!hint.starts_with(kLead) || !hint.ends_with(kTail)) {
    return std::nullopt;
  }
  const std::string better(hint.substr(kLead.size(), hint.size() - kLead.size() - kTail.size()));
  if (did_you_mean(better) != hint || better.ends_with("...")) {
    return std::nullopt;  // what is shown was cut
  }
  const auto lines = split(source, '\n');
  const Position at = diagnostic.where.position;
  if (at.line == 0 || at.line > lines.size()) {
    return std::nullopt;
  }
  const std::string_view line = lines[at.line - 1];
  const std::size_t byte = prefix_of_characters(line, at.column - 1).size();
  return byte < line.size() && line[byte] == '"' ? in_straight_quotes(better) : better;
}

}  // namespace casewire::scenarios
