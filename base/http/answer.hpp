#pragma once
// From a handler's Reply to the bytes of an answer, and back to what a client makes of them. Internal to base/http.
// Follows RFC 9110 (which answers have content) and RFC 9112 (how its end is told).

#include <string>
#include <string_view>

#include "base/http/handler.hpp"

namespace casewire::http {

/// Runs the handler; an exception becomes a 500 without its text. TaskStopped passes.
Reply guarded_reply(const Handler& handler, const Request& request);

/// The answer as a client sees it: no body for HEAD, 204, 205 and 304, a Content-Length that is true, nothing about content where
/// there is none, and no Transfer-Encoding. An answer that cannot be written (a status outside 200..999, a line break in a
/// header) becomes a 500: better than letting text of one header become another.
Response presentable(Response response, std::string_view method);

/// Status line and headers, with the empty line. `response` is presentable.
std::string head_text(const Response& response);

/// Whether a Connection header lists this option.
bool connection_has(const Headers& headers, std::string_view option);

}  // namespace casewire::http
