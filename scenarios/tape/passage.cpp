#include "scenarios/tape/passage.hpp"

#include <optional>

#include "base/http/connection_headers.hpp"
#include "base/http/content_coding.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/masking.hpp"

namespace casewire::scenarios {

namespace {

/// What the two connections of a proxy settle each for itself.
void remove_hop_headers(http::Headers& headers) {
  http::remove_connection_headers(headers);
  for (const char* name : {"accept-encoding", "expect"}) headers.remove(name);
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string origin_of(const std::string& url) { return std::string(http::Request{.target = url}.origin()); }

constexpr std::size_t kLargest = 64u << 20;

bool is_login(const http::Request& request) { return request.path().find("/oauth2/") != std::string_view::npos; }

}  // namespace

Passage::Passage(http::Transport& transport, std::string upstream, http::Deadline deadline)
    : transport_(transport), upstream_(without_slash(std::move(upstream))), deadline_(deadline) {}

http::Handler Passage::handler(std::string own_url) {
  return [this, own_url = std::move(own_url)](const http::Request& request) { return pass(request, own_url); };
}

std::string Passage::target_of(const http::Request& request) const {
  const std::lock_guard lock(mutex_);
  return (instance_.empty() || is_login(request) ? upstream_ : instance_) + request.target;
}

http::Reply Passage::pass(const http::Request& request, const std::string& own_url) {
  http::Request onward = request;
  onward.target = target_of(request);
  remove_hop_headers(onward.headers);
  const std::string upstream_origin = origin_of(onward.target);
  // What the client says of the proxy it means of the system.
  onward.target = replaced(std::move(onward.target), percent_encoded(own_url), percent_encoded(upstream_origin));
  if (is_valid_utf8(onward.body)) onward.body = replaced(std::move(onward.body), own_url, upstream_origin);
  auto answer = transport_.send(onward, deadline_);
  if (!answer) {
    // The client is left in the same doubt; the recorder is told why.
    return {.response = {.status = 0, .body = std::string(name_of(answer.error().kind))},
            .wire = http::Wire::reset_before_status};
  }
  learn_instance(request, *answer);
  http::Response& response = *answer;
  http::Headers headers;
  for (const http::Header& header : response.headers) {
    headers.add(header.name, replaced(replaced(header.value, upstream_origin, own_url), upstream_, own_url));
  }
  remove_hop_headers(headers);
  response.headers = std::move(headers);
  const auto instance = [&] {
    const std::lock_guard lock(mutex_);
    return instance_;
  }();
  const auto with_own_addresses = [&](std::string text) {
    text = replaced(std::move(text), upstream_origin, own_url);
    return instance.empty() ? text : replaced(std::move(text), instance, own_url);
  };
  if (!response.headers.find("content-encoding")) {
    if (is_valid_utf8(response.body)) response.body = with_own_addresses(std::move(response.body));
  } else if (const auto plain = http::uncoded(response.headers, response.body, kLargest); plain && is_valid_utf8(*plain)) {
    // What nobody asked to be compressed stays so, unless it leads past the proxy.
    if (std::string ours = with_own_addresses(*plain); ours != *plain) {
      response.body = std::move(ours);
      response.headers.remove("content-encoding");
    }
  }
  return {.response = std::move(response)};
}

void Passage::learn_instance(const http::Request& request, const http::Response& response) {
  if (!is_login(request) || response.status != 200) return;
  const auto body = parse_json(http::uncoded(response.headers, response.body, kLargest).value_or(response.body));
  const std::string instance = body && body->is_object() ? string_member(*body, "instance_url") : std::string();
  if (instance.empty()) return;
  const std::lock_guard lock(mutex_);
  instance_ = without_slash(instance);
}

}  // namespace casewire::scenarios
