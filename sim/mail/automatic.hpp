#pragma once
// Mails that no person writes: out-of-office answers (RFC 3834) and reports that a mail could not be delivered (RFC 3464), and how
// they are told from people's mails.

#include <optional>
#include <string>
#include <string_view>

#include "sim/mail/message.hpp"

namespace casewire::sim::mail {

enum class Automatic {
  no,
  answer,     ///< out of office, "we got your mail": Auto-Submitted, X-Autoreply, Precedence ...
  bounce,     ///< a delivery report of a failure or a delay
  generated,  ///< other mails of machines, lists and newsletters
};
Automatic automatic_kind(const Message& message);

/// The answer that a mailbox gives to `received` in its owner's name; nullopt where RFC 3834 2 forbids one: to automatic mail, to
/// lists, to nobody. `text` is what the owner left.
std::optional<Message> out_of_office(const Message& received, std::string_view owner, std::string_view text,
                                     std::string message_id, WallTime now);

struct Failure {
  std::string recipient{};
  std::string status = "5.1.1";  ///< RFC 3463
  std::string reason = "no such mailbox";
};
/// RFC 5322 text of a multipart/report to `sender` with the failed mail's headers, CRLF line ends.
std::string delivery_report(const Message& failed, std::string_view sender, const Failure& failure, std::string_view message_id,
                            WallTime now);

}  // namespace casewire::sim::mail
