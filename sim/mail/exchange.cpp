#include "sim/mail/exchange.hpp"

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::mail {
namespace {

MailPassage mail_entry(const Envelope& envelope, const Result<Message>& message) {
  MailPassage mail{.from = envelope.sender, .to = envelope.recipients};
  if (!message) return mail;
  if (!message->from.address.empty()) mail.from = message->from.address;
  mail.subject = message->subject;
  mail.message_id = message->message_id;
  mail.in_reply_to = message->in_reply_to;
  mail.references = message->references;
  mail.text = message->text;
  for (const auto& attachment : message->attachments) {
    mail.attachments.push_back({attachment.name, attachment.content.size(), hex(sha256(attachment.content))});
  }
  return mail;
}

/// Fakes of this world put the cause of a mail into a header of its own; other programs' mails have none.
std::uint64_t cause_in(const Result<Message>& message) {
  if (!message) return 0;
  for (const auto& [name, value] : message->other_headers) {
    if (equals_ignoring_case(name, "traceparent")) return cause_of(value);
  }
  return 0;
}

}  // namespace

Mailbox& Exchange::mailbox(std::string_view address) {
  const std::scoped_lock lock{mutex_};
  auto& mailbox = mailboxes_[lowercase(address)];
  if (!mailbox) mailbox = std::make_unique<Mailbox>();
  return *mailbox;
}

void Exchange::forward(std::string_view address, std::string forward_to, MailHandler handler) {
  const std::scoped_lock lock{mutex_};
  rules_[lowercase(address)] = {std::move(forward_to), std::move(handler)};
}

Reply Exchange::receive(const Envelope& envelope) {
  std::vector<Mailbox*> mailboxes;
  std::vector<Rule> rules;
  std::string unknown;
  {
    const std::scoped_lock lock{mutex_};
    for (const auto& recipient : envelope.recipients) {
      const std::string address = lowercase(recipient);
      const auto mailbox = mailboxes_.find(address);
      const auto rule = rules_.find(address);
      if (mailbox != mailboxes_.end()) mailboxes.push_back(mailbox->second.get());
      if (rule != rules_.end()) rules.push_back(rule->second);
      if (mailbox == mailboxes_.end() && rule == rules_.end() && unknown.empty()) unknown = recipient;
    }
  }
  const auto message = parse(envelope.message);
  // Written before anybody acts on the mail: what they do has it as its cause.
  const auto entry = journal_.append("mail", mail_entry(envelope, message), cause_in(message));
  const auto verdict = [&](std::string text, Reply reply) {
    journal_.amend<MailPassage>(entry, [&](MailPassage& mail) { mail.verdict = std::move(text); });
    return reply;
  };
  if (!unknown.empty()) return verdict("refused: nobody reads " + unknown, {550, "5.1.1 <" + unknown + ">: no such mailbox"});
  if (!message) return verdict("refused: no mail", {554, "5.6.0 the message has no header"});

  // Forwarding first: a mail that could not be handed on is in no mailbox either, so the sender may repeat it whole.
  Reply answer;
  for (const auto& rule : rules) {
    answer = rule.handler({envelope.sender, {rule.forward_to}, envelope.message, entry});
    if (answer.code < 200 || answer.code >= 300) {
      return verdict("refused by " + rule.forward_to + ": " + std::to_string(answer.code), answer);
    }
    if (answer.damage == Damage::dropped_before_data) return verdict("dropped", answer);
  }
  for (auto* mailbox : mailboxes) mailbox->receive(*message, now_());
  return verdict(rules.empty() ? "delivered" : "forwarded", answer);
}

}  // namespace casewire::sim::mail
