#include "bridge/salesforce/identity.hpp"

namespace casewire::bridge::salesforce {
namespace {

/// From the end, 0 is the last one.
std::string segment(std::string_view url, int from_the_end) {
  for (int i = 0; i < from_the_end; ++i) {
    const auto slash = url.rfind('/');
    if (slash == std::string_view::npos) return {};
    url = url.substr(0, slash);
  }
  const auto slash = url.rfind('/');
  return slash == std::string_view::npos ? std::string{} : std::string(url.substr(slash + 1));
}

}  // namespace

std::string org_in_identity(std::string_view url) { return segment(url, 1); }
std::string user_in_identity(std::string_view url) { return segment(url, 0); }

}  // namespace casewire::bridge::salesforce
