#pragma once
// SMTP on real sockets: a small strict server (RFC 5321: EHLO, HELO, MAIL with SIZE, RCPT, DATA, RSET, NOOP, QUIT; PIPELINING,
// 8BITMIME; dot-stuffing; bare LF refused; each recipient answered) and the client that the fakes send with. No TLS, no AUTH: loopback only.
// The damages of a Reply are done on the socket: dropped_before_data ends in a reset, dropped_after_data in a plain close, both
// in place of the answer to the message.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "base/runtime/runtime.hpp"
#include "base/text/result.hpp"
#include "sim/mail/envelope.hpp"

namespace casewire::sim::mail {

struct SmtpServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  std::string name = "mail.casewire.test";  ///< in the greeting
  std::size_t message_bytes_max = 35u << 20;
  std::size_t recipients_max = 100;
  std::size_t connections_max = 64;
  std::chrono::milliseconds read_timeout{30'000};  ///< real time
  RecipientHandler recipient{};                    ///< answers each RCPT; without one every mailbox address is taken
};

class SmtpServer {
 public:
  /// `handler` runs on the server's one thread, inside a BusyScope; a Reply's delay passes on `runtime`'s clock and holds up its
  /// own connection only. The error names the address and the system's reason.
  static Result<std::unique_ptr<SmtpServer>> start(Runtime& runtime, MailHandler handler, SmtpServerOptions options = {});
  ~SmtpServer();
  std::uint16_t port() const;
  void stop();

 private:
  class Impl;
  explicit SmtpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Real time; safe from any thread; one connection a mail. Goes to the recipients that are taken; a mail that all are refused of ends
/// with the last refusal.
class SmtpTransport final : public MailTransport {
 public:
  /// `within`: how long the whole delivery may take.
  SmtpTransport(std::string host, std::uint16_t port, std::chrono::milliseconds within = std::chrono::milliseconds{30'000})
      : host_(std::move(host)), port_(port), within_(within) {}
  Delivery send(const Envelope& envelope) override;

 private:
  std::string host_;
  std::uint16_t port_;
  std::chrono::milliseconds within_;
};

/// The simulated ring's: calls the handler on the sender's fiber.
class DirectMailTransport final : public MailTransport {
 public:
  DirectMailTransport(Runtime& runtime, MailHandler handler) : runtime_(runtime), handler_(std::move(handler)) {}
  Delivery send(const Envelope& envelope) override;

 private:
  Runtime& runtime_;
  MailHandler handler_;
};

}  // namespace casewire::sim::mail
