#pragma once
// What a fake that runs alone shows of itself: mails, events it sent out and how they were taken, requests it cannot answer for.

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/transport.hpp"

namespace casewire::scenarios {

/// Standard output in whole lines, from any thread.
class Screen {
 public:
  /// One line; a text of several lines is indented behind its first.
  void show(std::string_view label, std::string_view text);
  /// What was appended to a list of complaints since the last call.
  void show_new(const std::vector<std::string>& complaints);

 private:
  std::mutex mutex_;
  std::size_t complaints_shown_ = 0;
};

/// Sends as `inner` does, and shows what each event met.
class ShowingTransport final : public http::Transport {
 public:
  ShowingTransport(http::Transport& inner, Screen& screen) : inner_(inner), screen_(screen) {}
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override;

 private:
  http::Transport& inner_;
  Screen& screen_;
};

}  // namespace casewire::scenarios
