#include "base/http/connection_headers.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

constexpr std::array<std::string_view, 10> kOfConnection{"connection",        "content-length",   "host", "http2-settings",
                                                         "keep-alive",        "proxy-connection", "te",   "trailer",
                                                         "transfer-encoding", "upgrade"};

}  // namespace

bool is_of_connection(std::string_view name) {
  return std::any_of(kOfConnection.begin(), kOfConnection.end(), [&](auto known) { return equals_ignoring_case(known, name); });
}

void remove_connection_headers(Headers& headers) {
  for (const std::string_view name : kOfConnection) headers.remove(name);
}

}  // namespace casewire::http
