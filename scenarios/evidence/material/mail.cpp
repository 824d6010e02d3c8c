// Mails as somebody's mail program keeps them.

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"
#include "sim/mail/automatic.hpp"
#include "sim/mail/message.hpp"
#include "sim/mail/message/composed.hpp"

namespace casewire::scenarios {
namespace {

/// Programs that leave out In-Reply-To name what is answered as the last of the References (RFC 5322 3.6.4).
std::string answered_by(const sim::mail::Message& message) {
  if (!message.in_reply_to.empty() || message.references.empty()) return message.in_reply_to;
  return message.references.back();
}

}  // namespace

void read_mail(const std::string& file, const std::string& place, std::string_view mail, Evidence& evidence) {
  const Origin origin{file, place};
  const auto message = sim::mail::parse(mail, file);
  if (!message) {
    evidence.unused.push_back(origin.text() + ": " + message.error().problem);
    evidence.testimony.lacks_mail(origin.text() + " was not used");
    return;
  }
  if (!message->date || message->from.address.empty()) {
    evidence.unused.push_back(origin.text() + (message->date ? ": the mail has no sender" : ": the mail has no date"));
    evidence.testimony.lacks_mail(origin.text() + " was not used");
    return;
  }
  sim::MailPassage passage{.from = message->from.address,
                           .subject = message->subject,
                           .message_id = message->message_id,
                           .in_reply_to = answered_by(*message),
                           .references = message->references,
                           .text = sim::mail::composed(message->text),
                           .verdict = "delivered"};
  // Without its name it is known by all that it says, so that two copies are one mail and two mails are two.
  if (passage.message_id.empty())
    passage.message_id =
        hex(sha256(iso8601(*message->date) + "\n" + passage.from + "\n" + passage.subject + "\n" + passage.text));
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
  // Of a list, or to hidden recipients, only whoever put it into the mailbox says whose that is.
  for (const auto& [name, value] : message->other_headers) {
    const bool names_mailbox = equals_ignoring_case(name, "Delivered-To") || equals_ignoring_case(name, "X-Original-To") ||
                               equals_ignoring_case(name, "Envelope-To");
    const std::string address = lowercase(trimmed(value));
    const bool is_named = std::any_of(passage.to.begin(), passage.to.end(),
                                      [&](const std::string& to) { return equals_ignoring_case(to, address); });
    if (names_mailbox && !is_named && address.find('@') != std::string::npos) passage.to.push_back(address);
  }
  const bool is_automatic = sim::mail::automatic_kind(*message) != sim::mail::Automatic::no;
  if (is_automatic) evidence.automatic_mails.insert(passage.message_id);
  // What a mail server sends back never arrived; what a person passes on did.
  std::size_t attached = 0;
  for (const sim::mail::Attachment& attachment : message->attachments) {
    if (is_automatic || attachment.media_type != "message/rfc822") continue;
    const std::string inner = (place.empty() ? "" : place + ", ") + "attached mail " + std::to_string(++attached);
    read_mail(file, inner, attachment.content, evidence);
    evidence.guess("that " + file + " " + inner + " is as it arrived: somebody passed it on");
  }
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
