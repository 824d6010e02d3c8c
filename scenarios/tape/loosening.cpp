#include "scenarios/tape/loosening.hpp"

#include <string_view>

namespace casewire::scenarios {
namespace {

/// A star stands for any characters.
bool fits(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= text.size(); ++at) {
    if (fits(rest, text.substr(at))) return true;
  }
  return false;
}

}  // namespace

bool Loosening::concerns(const std::string& to, const http::Request& request) const {
  return system == to && fits(resource, request.method + " " + std::string(request.path()));
}

}  // namespace casewire::scenarios
