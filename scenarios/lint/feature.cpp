// Scenarios: names that stand twice, fixtures that are not there.

#include <array>
#include <filesystem>
#include <map>
#include <utility>

#include "base/text/strings.hpp"
#include "scenarios/lint.hpp"

namespace casewire::scenarios {

std::vector<Diagnostic> lint_feature(std::string_view text, std::string_view file, const std::string& fixtures) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kNaming{
      {{"the recording \"", "recordings"}, {"the org \"", "orgs"}}};
  std::vector<Diagnostic> found;
  std::map<std::string, std::size_t, std::less<>> line_of;
  std::size_t number = 0;
  const auto complain = [&](std::size_t column, std::string problem, std::string hint) {
    found.push_back({.where = {std::string(file), {number, column}}, .problem = std::move(problem), .hint = std::move(hint)});
  };
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const std::string_view said = trimmed(line);
    if (said.starts_with("Scenario:") || said.starts_with("Scenario Outline:")) {
      const std::string name(trimmed(said.substr(said.find(':') + 1)));
      const auto [first, is_new] = line_of.try_emplace(name, number);
      if (!is_new)
        complain(1, "the scenario of line " + std::to_string(first->second) + " has this name too",
                 "no report tells them apart; name what differs");
    }
    for (const auto& [words, folder] : kNaming) {
      const std::size_t at = said.starts_with('#') || fixtures.empty() ? std::string_view::npos : line.find(words);
      if (at == std::string_view::npos) continue;
      const std::size_t begin = at + words.size();
      const std::string name(line.substr(begin, line.find('"', begin) - begin));
      std::error_code error;
      const bool is_parameter = name.find('<') != std::string::npos;  // of an outline
      if (is_parameter || std::filesystem::exists(std::filesystem::path(fixtures) / folder / name, error)) continue;
      complain(begin + 1, "there is no " + std::string(folder) + "/" + name + " in " + fixtures,
               "take the sentence out, or record it again");
    }
  }
  return found;
}

}  // namespace casewire::scenarios
