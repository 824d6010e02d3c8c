#pragma once
// The server's half of one SMTP conversation as a function of bytes: no socket, no clock. Follows RFC 5321, with SIZE (RFC 1870),
// 8BITMIME (RFC 6152), PIPELINING (RFC 2920) and enhanced status codes (RFC 2034). Only CR LF ends a line: a lone LF or CR is
// refused and ends the conversation, since servers that guess there disagree about where a mail ends ("SMTP smuggling", 2023).
// Text lines may be of any length (RFC 5321 4.5.3.1 allows more than 998 bytes): mails of real programs have such. A source route is
// taken and dropped (4.1.1.3), as is <postmaster> without a domain taken (4.5.1). Left out: AUTH, STARTTLS, SMTPUTF8.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/mail/envelope.hpp"

namespace casewire::sim::mail {

struct SmtpLimits {
  std::string name;
  std::size_t message_bytes_max = 0;
  std::size_t recipients_max = 0;
};

class SmtpDialogue {
 public:
  /// What to do next: say something, hand a mail to the handler (then call answered()), close.
  struct Turn {
    std::string say{};
    std::optional<Envelope> mail{};
    bool close = false;
  };

  /// `recipient` answers each RCPT; without one every mailbox address is taken.
  explicit SmtpDialogue(SmtpLimits limits, RecipientHandler recipient = {})
      : limits_(std::move(limits)), recipient_(std::move(recipient)) {}
  std::string greeting() const;
  void take(std::string_view bytes) { buffer_ += bytes; }
  /// The next complete command or mail; nullopt when more bytes are needed. Pipelined commands come one by one.
  std::optional<Turn> next();
  /// The line that answers the mail of the last Turn.
  std::string answered(const Reply& reply);

 private:
  std::optional<Turn> next_command();
  std::optional<Turn> next_of_data();
  Turn command(std::string_view line);
  std::string mail_from(std::string_view arguments);
  std::string rcpt_to(std::string_view arguments);
  std::string mail_parameter(std::string_view parameter);
  Turn begin_data();
  Turn end_of_data();
  Turn mistake(std::string line);
  void forget_mail();

  SmtpLimits limits_;
  RecipientHandler recipient_;
  std::string buffer_;
  std::size_t looked_at_ =
      0;  // bytes of buffer_ that hold no line end, so that a long line is not searched anew with each packet
  bool greeted_ = false;
  bool has_sender_ = false;
  bool in_data_ = false;
  std::string data_problem_;  // why the mail that is being read will be refused
  std::size_t mistakes_ = 0;
  Envelope envelope_;
};

}  // namespace casewire::sim::mail
