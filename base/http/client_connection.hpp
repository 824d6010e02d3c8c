#pragma once
// A client's TCP or TLS connection with one total deadline over everything it does. Counts what it handed to the kernel, so that
// "nothing was sent" is a fact. POSIX sockets and OpenSSL, non-blocking with poll(). Not thread-safe. Internal to base/http.

#include <sys/types.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/http/outgoing.hpp"
#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/text/result.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace casewire::http {

/// The time an exchange has, from its first step to its last: by `clock`, or without one real time.
class Budget {
 public:
  explicit Budget(milliseconds whole, const Runtime* clock = nullptr, const Permit* permit = nullptr)
      : whole_(whole), clock_(clock), permit_(permit), begun_(clock != nullptr ? clock->steady_now() : SteadyTime{}) {}
  milliseconds whole() const { return whole_; }
  milliseconds left() const {
    const auto gone = clock_ != nullptr ? clock_->steady_now() - begun_ : stopwatch_.elapsed();
    return std::max(whole_ - gone, milliseconds{0});
  }
  /// Deadline::permit.
  bool may_write() const { return permit_ == nullptr || permit_->lasts(); }
  bool is_spent() const { return left() == milliseconds{0}; }
  /// How long to wait in real time before looking again: another clock may jump meanwhile.
  milliseconds patience() const { return clock_ != nullptr ? std::min(left(), milliseconds{1}) : left(); }

 private:
  milliseconds whole_;
  const Runtime* clock_;
  const Permit* permit_;
  SteadyTime begun_;
  RealStopwatch stopwatch_;
};

/// Certificate authorities and protocol versions, shared by all TLS connections of a transport. Thread-safe.
class TlsTrust {
 public:
  /// Empty: the system's authorities.
  explicit TlsTrust(const std::string& ca_file);
  ~TlsTrust();
  TlsTrust(const TlsTrust&) = delete;
  TlsTrust& operator=(const TlsTrust&) = delete;
  ssl_ctx_st* context() const { return context_; }
  /// What was wrong with the file; empty when it could be read.
  const std::string& problem() const { return problem_; }

 private:
  ssl_ctx_st* context_;
  std::string problem_;
};

class ClientConnection {
 public:
  /// Connected, and with TLS the peer's certificate is verified for `origin.host`. `trust` is needed for TLS only. The name look-up
  /// is the C library's and knows no deadline of ours.
  static Result<std::unique_ptr<ClientConnection>, std::string> open(const Origin& origin, const TlsTrust* trust,
                                                                     const Budget& budget, bool public_only = false);
  ~ClientConnection();
  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;

  /// -1: an error, or the budget is spent.
  ssize_t write(const char* bytes, std::size_t count, const Budget& budget);
  /// 0: the peer closed in an orderly way. -1: an error, or the budget is spent.
  ssize_t read(char* into, std::size_t bytes_max, const Budget& budget);

  /// Open, and nothing came since the last answer. What came unasked (an answer to nothing, the end of the stream) makes a
  /// connection unfit for another request.
  bool is_fresh() const;
  /// Bytes that the kernel accepted; with TLS, of the records that carried them.
  std::size_t bytes_sent() const { return bytes_sent_; }

  ssize_t send_some(const char* bytes, std::size_t count);
  ssize_t receive_some(char* into, std::size_t bytes_max);

 private:
  explicit ClientConnection(int descriptor) : descriptor_(descriptor) {}
  Result<void, std::string> secure(const Origin& origin, const TlsTrust& trust, const Budget& budget);
  bool wait_for(short events, const Budget& budget) const;
  bool wait_for_tls(int outcome, const Budget& budget) const;

  int descriptor_;
  ssl_st* tls_ = nullptr;
  std::size_t bytes_sent_ = 0;
};

}  // namespace casewire::http
