#pragma once
// How anyone calls anyone.

#include <chrono>

#include <string>
#include <string_view>

#include "base/http/message.hpp"
#include "base/text/result.hpp"

namespace casewire::http {

/// What is known when there is no answer. Only `not_sent` is safe to repeat blindly.
struct TransportError {
  enum class Kind {
    not_sent,        ///< the server cannot have seen the request: no connection, TLS refused, bad URL
    sent_no_answer,  ///< it may have acted: reset, time-out or close before a status line
    cut_answer,      ///< it did act and began to answer: the status is known to exist, the body is not complete
  };
  Kind kind = Kind::not_sent;
  std::string what;  ///< for logs; holds no header and no body
};
std::string_view name_of(TransportError::Kind kind);

/// Whether a request may still go out: a right that ends, such as a lease. Any thread.
class Permit {
 public:
  virtual ~Permit() = default;
  virtual bool lasts() const = 0;
};

/// How long the whole exchange may take, connecting included.
struct Deadline {
  std::chrono::milliseconds within{10'000};
  /// Asked before each piece of the request goes out, however long its sender has stood still since the piece before: once it has ended no more of it
  /// does. nullptr: nobody minds. Outlives the call.
  const Permit* permit = nullptr;
};

class Transport {
 public:
  virtual ~Transport() = default;
  /// `request.target` is an absolute URL. Any status is a Response: 4xx and 5xx are answers. Redirects are not followed.
  /// May be called from any task of its runtime.
  virtual Result<Response, TransportError> send(const Request& request, Deadline deadline) = 0;
};

}  // namespace casewire::http
