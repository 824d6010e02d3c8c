#pragma once
// One HTTP/1.1 request from bytes as they come, on Beast's parser, with a stricter door in front: what two readers of a
// request could understand differently is refused (RFC 9112 sections 5 and 6, and 11.2 on request smuggling).
// Internal to base/http; Beast is included in the .cpp only.

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/http/message.hpp"

namespace casewire::http {

class RequestParser {
 public:
  struct Limits {
    std::size_t header_bytes_max;
    std::size_t body_bytes_max;
  };
  enum class State { head, body, complete, refused };

  explicit RequestParser(Limits limits);
  ~RequestParser();

  /// Returns how many bytes were used up; the rest must come again, with more behind it. At `complete` the rest belongs to the
  /// next request.
  std::size_t feed(std::string_view bytes);

  State state() const;
  /// At `refused`: the status that says why. The connection cannot be used any more.
  int refusal() const;
  /// At `body`, before any of it came: the client waits for "100 Continue".
  bool expects_continue() const;
  /// From `body` on.
  bool keep_alive() const;
  /// At `body`: the request, with what has come of its body so far left out.
  const Request& head() const;
  /// At `complete`, once.
  Request take();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace casewire::http
