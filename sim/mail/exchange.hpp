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
  /// Asked of each mail that would be accepted: the fault that strikes it, if one does (fault_plan.hpp, Of::mail). Set it before
  /// the first mail.
  void on_mail(std::function<std::optional<Strike>(const Envelope&, std::uint64_t entry)> meet) { meet_ = std::move(meet); }
  /// What RCPT TO is answered: 550 for an address that nobody reads in a domain with forwarding rules; anybody else may be elsewhere.
  Reply recipient(std::string_view address) const;
  /// Delivers to those who are here, and says in the journal who is not: a copy to an outsider is a normal thing. 550 when nobody is.
  Reply receive(const Envelope& envelope);

 private:
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
};

}  // namespace casewire::sim::mail
