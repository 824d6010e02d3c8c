#pragma once
// The mail seam: a mail server is a function from an envelope to a reply; a MailTransport carries envelopes, through real SMTP
// sockets in the process ring, directly in the simulated one.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::sim::mail {

struct Envelope {
  std::string sender;                   ///< MAIL FROM without angle brackets; empty for the null return path
  std::vector<std::string> recipients;  ///< RCPT TO
  std::string message;                  ///< RFC 5322, CRLF line ends, not dot-stuffed
  std::uint64_t cause = 0;  ///< journal entry that led to it, 0: unknown. Not part of the mail: SMTP does not carry it
};

/// How the server's answer to the mail reaches the sender.
enum class Damage {
  none,
  dropped_before_data,  ///< the connection closes before the message was taken
  dropped_after_data,   ///< the message was taken, the answer is lost: the sender will try again
};

struct Reply {
  int code = 250;  ///< 2xx accepted, 4xx try again, 5xx refused
  std::string text = "2.0.0 OK";
  std::chrono::milliseconds delay{0};
  Damage damage = Damage::none;
};

using MailHandler = std::function<Reply(const Envelope&)>;
/// What RCPT TO with that address is answered. Damage and delay do not count.
using RecipientHandler = std::function<Reply(std::string_view address)>;

/// `code` 0: no answer arrived (the message may have been taken).
struct Delivery {
  int code = 0;
  std::string text;
  bool accepted() const { return code >= 200 && code < 300; }
};

class MailTransport {
 public:
  virtual ~MailTransport() = default;
  /// Hands the envelope to the one mail exchange of the world. May be called from any task of its runtime.
  virtual Delivery send(const Envelope& envelope) = 0;
};

}  // namespace casewire::sim::mail
