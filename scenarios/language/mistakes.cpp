#include "scenarios/language/mistakes.hpp"

#include "base/text/utf8.hpp"

namespace casewire::scenarios {

void Mistakes::add(Position at, std::size_t length, Slip slip) {
  if (full()) {
    return;
  }
  Diagnostic diagnostic{{file_, at}, std::move(slip.problem), std::move(slip.hint), length};
  found_.try_emplace({at.line, at.column}, std::move(diagnostic));
}

std::vector<Diagnostic> Mistakes::take() {
  std::vector<Diagnostic> all;
  for (auto& [place, diagnostic] : found_) {
    all.push_back(std::move(diagnostic));
  }
  found_.clear();
  return all;
}

std::string in_quotes(std::string_view text) {
  const std::string_view shown = prefix_of_characters(text, 60);
  std::string quoted = "\"";
  for (const char c : shown) {
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  quoted += shown.size() < text.size() ? "...\"" : "\"";
  return quoted;
}

std::string did_you_mean(std::string_view nearest) {
  return nearest.empty() ? std::string{} : "did you mean " + in_quotes(nearest) + "?";
}

std::string choice_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      text += i + 1 == words.size() ? " or " : ", ";
    }
    text += in_quotes(words[i]);
  }
  return text;
}

}  // namespace casewire::scenarios
