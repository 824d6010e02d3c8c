#include "base/text/process_stat.hpp"

#include <charconv>

#include "base/text/strings.hpp"

namespace casewire {
namespace {

template <class Number>
Number count_in(std::string_view word) {
  Number number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

}  // namespace

ProcessStat process_stat(std::string_view line) {
  // "1234 (name) S ...": the name may hold blanks and brackets itself.
  const auto name_at = line.find('(');
  const auto name_end = line.rfind(')');
  if (name_at == std::string_view::npos || name_end == std::string_view::npos || name_end + 2 >= line.size()) return {};
  // From the third field on.
  constexpr std::size_t kState = 0, kGroup = 2, kUserTicks = 11, kSystemTicks = 12;
  const auto fields = split(line.substr(name_end + 2), ' ');
  const auto field = [&](std::size_t at) { return at < fields.size() ? fields[at] : std::string_view{}; };
  ProcessStat stat{.name = std::string(line.substr(name_at + 1, name_end - name_at - 1))};
  if (!field(kState).empty()) stat.state = field(kState).front();
  stat.group = count_in<pid_t>(field(kGroup));
  stat.ticks = count_in<std::uint64_t>(field(kUserTicks)) + count_in<std::uint64_t>(field(kSystemTicks));
  return stat;
}

}  // namespace casewire
