#pragma once
// What `./dev bench` prints: measurements under a heading, each beside its yardstick of the same run. Absolute numbers
// belong to the machine of the day; the ratios are what can be compared.

#include <string>
#include <string_view>

namespace casewire::bench {

void heading(std::string_view title);
void value(std::string_view name, std::string_view text);
/// "76000 /s", "412 /s", "3.1 /s"
std::string rate(double per_second);
std::string milliseconds_text(double milliseconds);
/// How many times `measured` goes into `yardstick`: "1.6 times the yardstick's rate", and the goal when there is one.
void ratio(std::string_view name, double measured, double yardstick, std::string_view goal = {});
void left_out(std::string_view name, std::string_view why);

}  // namespace casewire::bench
