#include "scenarios/vocabulary/findings.hpp"

#include "sim/world/history.hpp"

namespace casewire::scenarios {

bool holds_text(std::string_view whole, std::string_view part) {
  return sim::folded(whole).find(sim::folded(part)) != std::string::npos;
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string lines_or(const std::vector<std::string>& lines, const std::string& nothing) {
  if (lines.empty()) return nothing;
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string shown(std::string_view text) { return "\"" + sim::folded(text) + "\""; }

Played expect_lasting(Stage& stage, const std::string& expected, const std::function<bool()>& holds,
                      const std::function<std::string()>& found) {
  if (Played reached = stage.expect(expected, holds, found); !reached.done()) return reached;
  return stage.expect_settled(expected, holds, found);
}

Played expect_count(Stage& stage, std::size_t expected, const std::string& noun,
                    const std::function<std::vector<std::string>()>& all) {
  const std::string wanted = counted(expected, noun);
  const auto found = [&] {
    std::vector<std::string> lines = all();
    lines.insert(lines.begin(), counted(lines.size(), noun));
    return lines_or(lines, {});
  };
  if (Played reached = stage.expect(
          wanted, [&] { return all().size() >= expected; }, found);
      !reached.done()) {
    return reached;
  }
  return stage.expect_settled(
      wanted, [&] { return all().size() == expected; }, found);
}

Played expect_one_more(Stage& stage, const std::string& key, const std::string& what, const std::function<std::size_t()>& count,
                       const std::function<std::string()>& found) {
  std::size_t& checked = stage.times_checked(key);
  Played result = stage.expect((checked == 0 ? "" : "once more ") + what, [&] { return count() > checked; }, found);
  if (result.done()) ++checked;
  return result;
}

}  // namespace casewire::scenarios
