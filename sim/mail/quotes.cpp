// Where a reply ends and what it quotes begins. The vendors do not say how they cut (opencx-docs: "previous messages are
// separated from the new reply automatically"); this is the rule of thumb that mail programs' own habits allow.

#include <algorithm>
#include <vector>

#include "base/text/strings.hpp"
#include "sim/mail/message.hpp"

namespace casewire::sim::mail {
namespace {

constexpr std::size_t kLinesOfAttribution = 3;  // long addresses wrap "On ..., Ann <...> wrote:" over several lines

bool is_quoted(std::string_view line) { return line.starts_with('>'); }

bool opens_attribution(std::string_view line) {
  return line.starts_with("On ") || line.starts_with("Am ") || line.starts_with("Le ") || line.starts_with("El ");
}

bool closes_attribution(std::string_view line) {
  for (const std::string_view end : {"wrote:", "schrieb:", "a écrit :", "a écrit:", "escribió:"}) {
    if (line.ends_with(end)) return true;
  }
  // "Am 05.01.26 schrieb Ann Weber <ann@example.test>:"
  return line.ends_with(':') && line.find(" schrieb ") != std::string_view::npos;
}

/// How many lines the attribution that begins at `at` takes; 0 when none does.
std::size_t attribution_at(const std::vector<std::string_view>& lines, std::size_t at) {
  const auto line = trimmed(lines[at]);
  if (line == "-----Original Message-----" || line == "-----Ursprüngliche Nachricht-----") return 1;
  if (line.starts_with("From:") && at + 1 < lines.size()) {
    const auto next = trimmed(lines[at + 1]);
    if (next.starts_with("Sent:") || next.starts_with("Date:")) return 1;
  }
  if (!opens_attribution(line)) return 0;
  for (std::size_t taken = 1; taken <= kLinesOfAttribution && at + taken <= lines.size(); ++taken) {
    if (closes_attribution(trimmed(lines[at + taken - 1]))) return taken;
  }
  return 0;
}

/// True when what follows is marked with `>`: then unmarked lines below are the writer's own.
bool marks_follow(const std::vector<std::string_view>& lines, std::size_t from) {
  for (std::size_t at = from; at < lines.size(); ++at) {
    if (!trimmed(lines[at]).empty()) return is_quoted(lines[at]);
  }
  return false;
}

}  // namespace

std::string without_quotes(std::string_view text) {
  const auto lines = split(text, '\n');
  std::string reply;
  for (std::size_t at = 0; at < lines.size();) {
    if (const auto taken = attribution_at(lines, at)) {
      at += taken;
      if (!marks_follow(lines, at)) break;
      continue;
    }
    if (!is_quoted(lines[at])) reply.append(lines[at]).append("\n");
    ++at;
  }
  const auto rest = trimmed(reply);
  return std::string{rest.empty() ? trimmed(text) : rest};
}

}  // namespace casewire::sim::mail
