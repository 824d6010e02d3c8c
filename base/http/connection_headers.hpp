#pragma once
// Which headers are one connection's own affair (RFC 9110, 7.6.1) or written anew by whoever sends, so that journals, recordings and what passes
// them on leave the same ones out.

#include <string_view>

#include "base/http/message.hpp"

namespace casewire::http {

/// Says nothing about what is asked for or answered. Case does not count.
bool is_of_connection(std::string_view name);

void remove_connection_headers(Headers& headers);

}  // namespace casewire::http
