#pragma once
// What browsers ask before and read behind a request to another origin (Fetch Standard, "CORS protocol"): the widget runs on its
// owner's pages. Any origin may call; tokens travel in headers, never in cookies.

#include "base/http/message.hpp"

namespace casewire::sim::opencx {

/// An OPTIONS request that asks for leave.
bool is_preflight(const http::Request& request);
http::Response preflight_answer(const http::Request& request);
/// Lets the page that asked read the answer.
void allow_origin(const http::Request& request, http::Response& response);

}  // namespace casewire::sim::opencx
