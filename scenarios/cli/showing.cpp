#include "scenarios/cli/showing.hpp"

#include <iostream>

#include "base/text/json.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::size_t kLabelWidth = 6;

/// The name of the event that a request carries; for any other request its method. Never the URL: it may hold a secret.
std::string subject_of(const http::Request& request) {
  const auto body = parse_json(request.body, "request");
  const std::string event = body && body->is_object() ? string_member(*body, "event") : std::string{};
  return event.empty() ? request.method + " request" : event;
}

}  // namespace

void Screen::show(std::string_view label, std::string_view text) {
  std::string lines{label};
  lines.resize(std::max(label.size() + 1, kLabelWidth), ' ');
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += std::string(kLabelWidth, ' ');
  }
  const std::lock_guard lock(mutex_);
  std::cout << lines << "\n" << std::flush;
}

void Screen::show_new(const std::vector<std::string>& complaints) {
  std::unique_lock lock(mutex_);
  const std::size_t first = std::exchange(complaints_shown_, std::max(complaints_shown_, complaints.size()));
  lock.unlock();
  for (std::size_t i = first; i < complaints.size(); ++i) show("wrong", complaints[i]);
}

Result<http::Response, http::TransportError> ShowingTransport::send(const http::Request& request, http::Deadline deadline) {
  auto answer = inner_.send(request, deadline);
  screen_.show("event",
               subject_of(request) + " -> " + (answer ? std::to_string(answer->status) : "no answer: " + answer.error().what));
  return answer;
}

}  // namespace casewire::scenarios
