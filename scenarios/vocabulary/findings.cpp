#include "scenarios/vocabulary/findings.hpp"

#include <cctype>

#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

/// Of a word in scripts that part words by blanks. What is not ASCII parts and joins as it likes.
bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

bool stands_alone(std::string_view whole, std::size_t at, std::size_t size) {
  const auto joins = [&](std::size_t left) { return is_word_character(whole[left]) && is_word_character(whole[left + 1]); };
  const std::size_t end = at + size;
  return size == 0 || (!(at > 0 && joins(at - 1)) && !(end < whole.size() && joins(end - 1)));
}

}  // namespace

std::optional<std::string> rest_behind(std::string_view whole, std::string_view part) {
  const std::string text = sim::folded(whole);
  const std::string wanted = sim::folded(part);
  for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
    if (stands_alone(text, at, wanted.size())) return text.substr(at + wanted.size());
  }
  return std::nullopt;
}

bool holds_text(std::string_view whole, std::string_view part) { return rest_behind(whole, part).has_value(); }

std::size_t times_held(std::string_view whole, std::string_view part) {
  std::size_t times = 0;
  if (sim::folded(part).empty()) return times;
  for (auto rest = rest_behind(whole, part); rest; rest = rest_behind(*rest, part)) ++times;
  return times;
}

bool gives_away(std::string_view whole, std::string_view part) {
  return sim::folded(whole).find(sim::folded(part)) != std::string::npos;
}

std::string lines_or(const std::vector<std::string>& lines, const std::string& nothing) {
  if (lines.empty()) return nothing;
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string shown(std::string_view text) { return "\"" + sim::folded(text) + "\""; }

std::optional<milliseconds> time_allowed(const Action& action) {
  return action.has("duration") ? std::optional(action.duration()) : std::nullopt;
}

std::string in_time(std::optional<milliseconds> within) { return within ? " within " + human_duration(*within) : std::string(); }

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
                       const std::function<std::string()>& found, milliseconds limit) {
  std::size_t& checked = stage.times_checked(key);
  Played result = stage.expect((checked == 0 ? "" : "once more ") + what, [&] { return count() > checked; }, found, limit);
  if (result.done()) ++checked;
  return result;
}

}  // namespace casewire::scenarios
