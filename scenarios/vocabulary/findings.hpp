#pragma once
// How checks look for texts, count, and say what they found.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/counted.hpp"
#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {

// Blanks and line ends do not count: mail programs and bridges break lines as they like.

/// As whole words: "Question 10" does not say "Question 1".
bool holds_text(std::string_view whole, std::string_view part);
/// How often, one behind the other.
std::size_t times_held(std::string_view whole, std::string_view part);
/// What comes behind the first place where it says that.
std::optional<std::string> rest_behind(std::string_view whole, std::string_view part);
/// Inside a word too: for what must stand nowhere.
bool gives_away(std::string_view whole, std::string_view part);
/// "found" texts: a line each, or `nothing`.
std::string lines_or(const std::vector<std::string>& lines, const std::string& nothing);
/// On one line, between quotes.
std::string shown(std::string_view text);

/// How long a sentence that ends in "within {duration}" waits; nullopt: it does not.
std::optional<milliseconds> time_allowed(const Action& action);
/// ` within 10 seconds`, or nothing.
std::string in_time(std::optional<milliseconds> within);
/// Exactly so many: it must get there, and it must stay there. `all` says each of them in a line.
Played expect_count(Stage& stage, std::size_t expected, const std::string& noun,
                    const std::function<std::vector<std::string>()>& all);
/// It must become true, and it must stay true.
Played expect_lasting(Stage& stage, const std::string& expected, const std::function<bool()>& holds,
                      const std::function<std::string()>& found);
/// One more than at the last check with the same key: a sentence that is said twice means two.
Played expect_one_more(Stage& stage, const std::string& key, const std::string& what, const std::function<std::size_t()>& count,
                       const std::function<std::string()>& found, milliseconds limit = Quiescence::kHorizon);

}  // namespace casewire::scenarios
