#pragma once
// The one mail exchange of a world: a recipient address leads to a mailbox or to a forwarding rule, or is somebody outside of this
// world. Mail to outsiders only is refused (550).

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "sim/mail/automatic.hpp"
#include "sim/mail/envelope.hpp"
#include "sim/mail/mailbox.hpp"
#include "sim/world/faults.hpp"
#include "sim/world/journal.hpp"

namespace casewire::sim::mail {

/// Thread-safe. Journals every mail it is given (kind "mail") with its verdict.
class Exchange {
 public:
  Exchange(Journal& journal, std::function<WallTime()> now) : journal_(journal), now_(std::move(now)) {}

  /// The mailbox of an address; made on first use. Addresses compare without case.
  Mailbox& mailbox(std::string_view address);
  /// Mail to `address` is handed on, bytes unchanged, to `handler` with `forward_to` as its recipient (a forwarding rule).
  void forward(std::string_view address, std::string forward_to, MailHandler handler);
  /// From now on the mailbox answers by itself in its owner's absence: each sender once (RFC 3834). Empty: no longer.
  void set_out_of_office(std::string_view address, std::string text);
  /// From now on mails to the address are taken, and a report comes back that they could not be delivered (RFC 3464). nullopt: no
  /// longer.
  void set_bouncing(std::string_view address, std::optional<Failure> failure);
  /// Asked of each mail that would be accepted: the fault that strikes it, if one does (fault_plan.hpp, Of::mail). Set it before
  /// the first mail.
  void on_mail(std::function<std::optional<Strike>(const Envelope&, std::uint64_t entry)> meet) { meet_ = std::move(meet); }
  /// What RCPT TO is answered: 550 for an address that nobody reads in a domain with forwarding rules; anybody else may be elsewhere.
  Reply recipient(std::string_view address) const;
  /// Delivers to those who are here, and says in the journal who is not: a copy to an outsider is a normal thing. 550 when nobody is.
  Reply receive(const Envelope& envelope);

 private:
  /// What an owner or a server does with each mail that comes in.
  struct Habit {
    std::string out_of_office;
    std::vector<std::string> answered;  ///< senders who were told
    std::optional<Failure> failure;
  };
  std::vector<Envelope> automatic_mails(const Envelope& envelope, const Message& message, std::uint64_t entry);
  bool is_read(const std::string& address) const;
  bool serves(std::string_view domain) const;
  struct Rule {
    std::string forward_to;
    MailHandler handler;
  };
  Reply deliver(const Envelope& envelope, const Message& message, const std::vector<Mailbox*>& mailboxes,
                const std::vector<Rule>& rules, std::uint64_t entry, std::string& verdict);

  Journal& journal_;
  std::function<WallTime()> now_;
  std::function<std::optional<Strike>(const Envelope&, std::uint64_t entry)> meet_;
  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Mailbox>> mailboxes_;
  std::map<std::string, Rule> rules_;
  std::map<std::string, Habit> habits_;
  std::size_t automatic_mails_ = 0;
};

}  // namespace casewire::sim::mail
