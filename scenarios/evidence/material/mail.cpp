// Mails as somebody's mail program keeps them.

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"
#include "sim/mail/message.hpp"

namespace casewire::scenarios {

void read_mail(const std::string& file, const std::string& place, std::string_view mail, Evidence& evidence) {
  const Origin origin{file, place};
  const auto message = sim::mail::parse(mail, file);
  if (!message) {
    evidence.unused.push_back(origin.text() + ": " + message.error().problem);
    return;
  }
  if (!message->date || message->from.address.empty()) {
    evidence.unused.push_back(origin.text() + (message->date ? ": the mail has no sender" : ": the mail has no date"));
    return;
  }
  sim::MailPassage passage{.from = message->from.address,
                           .subject = message->subject,
                           .message_id = message->message_id,
                           .in_reply_to = message->in_reply_to,
                           .references = message->references,
                           .text = message->text,
                           .verdict = "delivered"};
  for (const auto* list : {&message->to, &message->cc}) {
    for (const sim::mail::Address& address : *list) {
      passage.to.push_back(address.address);
      if (!address.name.empty()) evidence.names.try_emplace(lowercase(address.address), address.name);
    }
  }
  if (!message->from.name.empty()) evidence.names.try_emplace(lowercase(message->from.address), message->from.name);
  for (const sim::mail::Attachment& attachment : message->attachments) {
    const std::string digest = hex(sha256(attachment.content));
    evidence.keep_file(digest, attachment.content);
    passage.attachments.push_back({attachment.name, attachment.content.size(), digest});
  }
  evidence.has_mailbox = true;
  evidence.mails.emplace_back(mail);
  evidence.clues.push_back({*message->date, origin, std::move(passage)});
}

void read_mailbox(const std::string& file, std::string_view mailbox, Evidence& evidence) {
  std::string mail;
  std::size_t number = 0;
  const auto flush = [&] {
    if (number != 0) read_mail(file, "mail " + std::to_string(number), mail, evidence);
    mail.clear();
  };
  for (std::string_view line : split(mailbox, '\n')) {
    if (line.starts_with("From ")) {
      flush();
      ++number;
      continue;
    }
    // What began a line with "From " was escaped by one ">" more than it had.
    const std::size_t depth = line.find_first_not_of('>');
    if (depth != std::string_view::npos && depth > 0 && line.substr(depth).starts_with("From ")) line.remove_prefix(1);
    mail.append(line) += '\n';
  }
  flush();
}

}  // namespace casewire::scenarios
