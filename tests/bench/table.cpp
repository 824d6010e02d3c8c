#include "tests/bench/table.hpp"

#include <array>
#include <cstdio>

namespace casewire::bench {
namespace {

constexpr int kNameWidth = 52;

std::string number(double value, int digits) {
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%.*f", digits, value);
  return out.data();
}

}  // namespace

void heading(std::string_view title) { std::printf("\n%.*s\n", static_cast<int>(title.size()), title.data()); }

void value(std::string_view name, std::string_view text) {
  std::printf("  %-*.*s %.*s\n", kNameWidth, static_cast<int>(name.size()), name.data(), static_cast<int>(text.size()),
              text.data());
  std::fflush(stdout);
}

std::string rate(double per_second) { return number(per_second, per_second < 10 ? 1 : 0) + " /s"; }

std::string milliseconds_text(double milliseconds) { return number(milliseconds, milliseconds < 10 ? 2 : 1) + " ms"; }

void ratio(std::string_view name, double measured, double yardstick, std::string_view goal) {
  if (measured <= 0 || yardstick <= 0) return left_out(name, "one side gave no number");
  std::string text = "yardstick is " + number(yardstick / measured, 2) + " times as fast";
  if (!goal.empty()) text += " (goal: " + std::string(goal) + ")";
  value(name, text);
}

void left_out(std::string_view name, std::string_view why) { value(name, "left out: " + std::string(why)); }

}  // namespace casewire::bench
