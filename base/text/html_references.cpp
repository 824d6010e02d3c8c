#include "base/text/html_references.hpp"

#include <algorithm>
#include <cstdint>

#include "base/text/ascii.hpp"
#include "base/text/html_reference_names.hpp"
#include "base/text/utf8.hpp"
#include "base/text/windows1252.hpp"

namespace casewire {
namespace {

constexpr std::size_t kNameMax = 32;  // "CounterClockwiseContourIntegral;"

HtmlReference numeric_reference_at(std::string_view html, std::size_t at) {
  std::size_t end = at + 2;
  const bool hexadecimal = end < html.size() && (html[end] == 'x' || html[end] == 'X');
  if (hexadecimal) ++end;
  const std::size_t digits = end;
  const int base = hexadecimal ? 16 : 10;
  std::uint32_t code = 0;
  for (; end < html.size(); ++end) {
    const int value = hex_value(html[end]);
    if (value < 0 || value >= base) break;
    code = std::min<std::uint32_t>(code * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(value), 0x110000);
  }
  if (end == digits) return {};
  if (end < html.size() && html[end] == ';') ++end;
  // What browsers show for a number in the range of the C1 controls.
  if (code >= 0x80 && code <= 0x9F) code = code_point_of_windows1252(static_cast<unsigned char>(code));
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  return {end - at, utf8_of(code)};
}

}  // namespace

HtmlReference html_reference_at(std::string_view html, std::size_t at, HtmlReferencePlace place) {
  if (at + 1 >= html.size()) return {};
  if (html[at + 1] == '#') return numeric_reference_at(html, at);
  std::size_t end = at + 1;
  while (end < html.size() && end - at - 1 < kNameMax && is_alphanumeric(html[end])) ++end;
  if (end < html.size() && html[end] == ';') ++end;
  const auto names = html_reference_names();
  for (std::string_view name = html.substr(at + 1, end - at - 1); name.size() >= 2; name.remove_suffix(1)) {
    const auto found = std::lower_bound(names.begin(), names.end(), name, [](const auto& a, auto b) { return a.name < b; });
    if (found == names.end() || found->name != name) continue;
    const std::size_t behind = at + 1 + name.size();
    const char next = behind < html.size() ? html[behind] : ' ';
    if (place == HtmlReferencePlace::attribute && !name.ends_with(';') && (next == '=' || is_alphanumeric(next))) return {};
    return {name.size() + 1, std::string{found->utf8}};
  }
  return {};
}

}  // namespace casewire
