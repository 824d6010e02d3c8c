// What curl prints of an answer besides its body: heads (`-i`), and beside them what it did and asked (`-v`), which a terminal shows between.
// Source: curl.se/docs/manpage.html, "-i, --show-headers", "-v, --verbose".

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"

namespace casewire::scenarios {
namespace {

/// `{ [1234 bytes data]`
bool tells_of_bytes(std::string_view line) {
  return (line.starts_with("{ [") || line.starts_with("} [")) && line.ends_with("bytes data]");
}

bool is_about_the_call(std::string_view line) {
  constexpr std::array<std::string_view, 3> kMarks{"* ", "> ", "< "};
  return line == ">" || line == "<" || tells_of_bytes(line) ||
         std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) { return line.starts_with(mark); });
}

/// A body that ends without a line end has the next remark right behind it.
std::string_view without_remark(std::string_view line) {
  const std::size_t remark = std::min(line.find("* Connection #"), line.find("* Closing connection"));
  return remark == std::string_view::npos || remark == 0 ? line : line.substr(0, remark);
}

}  // namespace

std::optional<std::string> body_shown_by_curl(std::string_view text) {
  const std::string_view begin = text.substr(0, 64);
  const bool has_remarks =
      (begin.starts_with("* ") || begin.starts_with("> ")) && text.find("\n< HTTP/") != std::string_view::npos;
  if (!has_remarks && !begin.starts_with("HTTP/")) return std::nullopt;
  std::string body;
  bool is_in_head = false;
  for (std::string_view line : split(text, '\n')) {
    const std::string_view bare = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    if (has_remarks && is_about_the_call(bare)) continue;
    if (trimmed(body).empty() && bare.starts_with("HTTP/")) is_in_head = true;  // there are several behind a redirect
    if (!is_in_head) body.append(has_remarks ? without_remark(bare) : bare) += '\n';
    if (bare.empty()) is_in_head = false;
  }
  return body;
}

}  // namespace casewire::scenarios
