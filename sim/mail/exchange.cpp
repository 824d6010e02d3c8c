#include "sim/mail/exchange.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "sim/mail/addresses.hpp"

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
  for (const auto& attachment : message->attachments) mail.attachments.push_back(file_seen(attachment.name, attachment.content));
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

/// A mail server's words (RFC 5321 4.2.3, RFC 3463). A code that is none is taken for "try again later".
Reply refusal(const std::string& code) {
  if (code == "550") return {550, "5.1.1 no such mailbox"};
  if (code == "552") return {552, "5.2.2 the mailbox is full"};
  if (code == "554") return {554, "5.7.1 the message was refused"};
  if (code == "452") return {452, "4.2.2 the mailbox is over its quota"};
  if (code == "421") return {421, "4.3.2 the service is not available"};
  return {451, "4.7.1 greylisted, try again later"};
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

void Exchange::set_out_of_office(std::string_view address, std::string text) {
  mailbox(address);
  const std::scoped_lock lock{mutex_};
  habits_[lowercase(address)].out_of_office = std::move(text);
}

void Exchange::set_bouncing(std::string_view address, std::optional<Failure> failure) {
  mailbox(address);
  const std::scoped_lock lock{mutex_};
  habits_[lowercase(address)].failure = std::move(failure);
}

/// What the mailboxes that this mail came to send by themselves, from the null sender, so that nothing answers it (RFC 3834 4).
std::vector<Envelope> Exchange::automatic_mails(const Envelope& envelope, const Message& message, std::uint64_t entry) {
  constexpr std::size_t kAnsweredMax = 1000;
  std::vector<Envelope> mails;
  const std::scoped_lock lock{mutex_};
  if (envelope.sender.empty()) return mails;
  for (const auto& recipient : envelope.recipients) {
    const auto found = habits_.find(lowercase(recipient));
    if (found == habits_.end()) continue;
    auto& habit = found->second;
    const std::string id = "automatic-" + std::to_string(++automatic_mails_) + "@" + std::string{domain_of(found->first)};
    if (habit.failure) {
      Failure failure = *habit.failure;
      failure.recipient = recipient;
      mails.push_back({{}, {envelope.sender}, delivery_report(message, envelope.sender, failure, id, now_()), entry});
      continue;
    }
    const std::string sender = lowercase(message.from.address);
    const bool was_told = std::find(habit.answered.begin(), habit.answered.end(), sender) != habit.answered.end();
    if (habit.out_of_office.empty() || was_told || habit.answered.size() >= kAnsweredMax) continue;
    auto answer = out_of_office(message, recipient, habit.out_of_office, id, now_());
    if (!answer) continue;
    habit.answered.push_back(sender);
    answer->other_headers.emplace_back("traceparent", traceparent(entry));
    mails.push_back({{}, {message.from.address}, compose(*answer), entry});
  }
  return mails;
}

Reply Exchange::recipient(std::string_view address) const {
  const std::scoped_lock lock{mutex_};
  const std::string wanted = lowercase(address);
  if (is_read(wanted) || wanted == "postmaster" || !serves(domain_of(wanted))) return {250, "2.1.5 OK"};
  return {550, "5.1.1 <" + std::string{address} + ">: no such mailbox"};
}

bool Exchange::is_read(const std::string& address) const { return mailboxes_.contains(address) || rules_.contains(address); }

bool Exchange::serves(std::string_view domain) const {
  return std::any_of(rules_.begin(), rules_.end(), [&](const auto& rule) { return domain_of(rule.first) == domain; });
}

Reply Exchange::receive(const Envelope& envelope) {
  std::vector<Mailbox*> mailboxes;
  std::vector<Rule> rules;
  std::string unread;
  bool is_bounced = false;
  {
    const std::scoped_lock lock{mutex_};
    for (const auto& recipient : envelope.recipients) {
      const std::string address = lowercase(recipient);
      const auto mailbox = mailboxes_.find(address);
      const auto rule = rules_.find(address);
      const auto habit = habits_.find(address);
      const bool bounces = habit != habits_.end() && habit->second.failure;
      if (bounces) is_bounced = true;
      if (mailbox != mailboxes_.end() && !bounces) mailboxes.push_back(mailbox->second.get());
      if (rule != rules_.end()) rules.push_back(rule->second);
      if (mailbox == mailboxes_.end() && rule == rules_.end()) unread += (unread.empty() ? "" : ", ") + recipient;
    }
  }
  const auto message = parse(envelope.message);
  // Written before anybody acts on the mail: what they do has it as its cause.
  const auto entry = journal_.append("mail", mail_entry(envelope, message), cause_in(message));
  const auto verdict = [&](std::string text, Reply reply) {
    journal_.amend<MailPassage>(entry, [&](MailPassage& mail) { mail.verdict = std::move(text); });
    return reply;
  };
  if (mailboxes.empty() && rules.empty() && !is_bounced) {
    return verdict("refused: nobody reads " + unread, {550, "5.1.1 <" + unread + ">: no such mailbox"});
  }
  if (!message) return verdict("refused: no mail", {554, "5.6.0 " + message.error().problem});

  const std::optional<Strike> strike = meet_ ? meet_(envelope, entry) : std::nullopt;
  if (const auto* refuse = strike ? strike->as<Refuse>() : nullptr) {
    const Reply reply = refusal(refuse->code);
    return verdict("refused: " + std::to_string(reply.code) + " " + reply.text, reply);
  }
  const auto* lose = strike ? strike->as<Lose>() : nullptr;
  if (lose && lose->side == Side::before) return verdict("dropped", {.damage = Damage::dropped_before_data});
  std::string told;
  Reply reply = deliver(envelope, *message, mailboxes, rules, entry, told);
  if (const auto* repeat = strike ? strike->as<Repeat>() : nullptr) {
    std::string again;
    for (std::uint32_t more = 0; more < repeat->more; ++more) deliver(envelope, *message, mailboxes, rules, entry, again);
  }
  if (const auto* delay = strike ? strike->as<Delay>() : nullptr) reply.delay += delay->by;
  if (lose) reply.damage = Damage::dropped_after_data;
  if (is_bounced && mailboxes.empty() && rules.empty()) told = "sent back";
  if (is_bounced && !(mailboxes.empty() && rules.empty())) told += "; a report follows that it could not be to all";
  if (!unread.empty()) told += "; nobody here reads " + unread;
  const bool is_taken = reply.code >= 200 && reply.code < 300;
  const auto mails = is_taken ? automatic_mails(envelope, *message, entry) : std::vector<Envelope>{};
  reply = verdict(std::move(told), reply);
  for (const auto& mail : mails) receive(mail);  // one level deep: automatic mails come from the null sender
  return reply;
}

Reply Exchange::deliver(const Envelope& envelope, const Message& message, const std::vector<Mailbox*>& mailboxes,
                        const std::vector<Rule>& rules, std::uint64_t entry, std::string& verdict) {
  // Forwarding first: a mail that could not be handed on is in no mailbox either, so the sender may repeat it whole.
  Reply answer;
  for (const auto& rule : rules) {
    answer = rule.handler({envelope.sender, {rule.forward_to}, envelope.message, entry});
    if (answer.code < 200 || answer.code >= 300) {
      verdict = "refused by " + rule.forward_to + ": " + std::to_string(answer.code);
      return answer;
    }
    if (answer.damage == mail::Damage::dropped_before_data) {
      verdict = "dropped";
      return answer;
    }
  }
  for (auto* mailbox : mailboxes) mailbox->receive(message, now_());
  verdict = rules.empty() ? "delivered" : "forwarded";
  return answer;
}

}  // namespace casewire::sim::mail
