#include "base/http/answer.hpp"

#include <algorithm>
#include <utility>

#include "base/http/outgoing.hpp"
#include "base/runtime/runtime.hpp"
#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

bool is_writable(const Response& response) {
  return response.status >= 200 && response.status <= 999 &&
         std::all_of(response.headers.begin(), response.headers.end(),
                     [](const Header& header) { return is_token(header.name) && is_field_value(header.value); });
}

}  // namespace

Reply guarded_reply(const Handler& handler, const Request& request) {
  try {
    return handler(request);
  } catch (const TaskStopped&) {
    throw;
  } catch (...) {
    return {.response = {.status = 500}};
  }
}

Response presentable(Response response, std::string_view method) {
  if (!is_writable(response)) {
    response = {.status = 500};
  }
  response.headers.remove("Transfer-Encoding");
  if (response.status == 204 || response.status == 304) {
    response.headers.remove("Content-Length");
    response.headers.remove("Content-Type");
    response.body.clear();
    return response;
  }
  if (response.status == 205) {
    response.body.clear();
  }
  const bool handler_knows_length = method == "HEAD" && response.body.empty() && response.headers.find("Content-Length");
  if (!handler_knows_length) {
    response.headers.set("Content-Length", std::to_string(response.body.size()));
  }
  if (method == "HEAD") {
    response.body.clear();
  }
  return response;
}

std::string head_text(const Response& response) {
  std::string text;
  text.reserve(64 + response.headers.size() * 48);
  text.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  text.append(reason_phrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
  text.append("\r\n");
  return text;
}

bool connection_has(const Headers& headers, std::string_view option) {
  for (const auto& [name, value] : headers) {
    if (!equals_ignoring_case(name, "Connection")) {
      continue;
    }
    for (const auto part : split(value, ',')) {
      if (equals_ignoring_case(trimmed(part), option)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace casewire::http
