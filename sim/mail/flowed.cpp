#include "sim/mail/flowed.hpp"

#include "base/text/strings.hpp"

namespace casewire::sim::mail {

std::string unwrapped(std::string_view text, bool delsp) {
  constexpr std::string_view kSignature = "-- ";
  std::string result;
  bool flows = false;  // the last line goes on
  std::size_t last_depth = 0;
  bool is_first = true;
  for (auto line : split(text, '\n')) {
    std::size_t depth = 0;
    while (depth < line.size() && line[depth] == '>') ++depth;
    line.remove_prefix(depth);
    if (line.starts_with(' ')) line.remove_prefix(1);  // stuffing
    const bool is_signature = line == kSignature;
    if (flows && (depth != last_depth || is_signature)) flows = false;
    if (!flows) {
      if (!is_first) result += '\n';
      result.append(depth, '>');
      if (depth > 0 && !line.empty()) result += ' ';
    }
    is_first = false;
    flows = line.ends_with(' ') && !is_signature;
    last_depth = depth;
    if (flows && delsp) line.remove_suffix(1);
    result += line;
  }
  return result;
}

}  // namespace casewire::sim::mail
