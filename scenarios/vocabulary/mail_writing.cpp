#include "scenarios/vocabulary/mail_writing.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::scenarios {

using sim::mail::Message;

std::string media_type_of(const std::string& file) {
  static const std::map<std::string, std::string, std::less<>> kTypes = {
      {"pdf", "application/pdf"}, {"png", "image/png"}, {"jpg", "image/jpeg"}, {"txt", "text/plain"}, {"csv", "text/csv"}};
  const auto dot = file.rfind('.');
  const auto found = dot == std::string::npos ? kTypes.end() : kTypes.find(lowercase(std::string_view(file).substr(dot + 1)));
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

Message mail_written_by(Stage& stage, const std::string& customer, const std::string& text,
                        const std::vector<std::string>& files) {
  const std::string& address = stage.address_of(customer);
  Message message;
  message.from = {stage.display_name_of(customer), address};
  message.message_id = alphanumeric(stage.world().people_rng(), 20) + "@" + address.substr(address.find('@') + 1);
  message.date = stage.ring().now();
  message.text = text;
  for (const std::string& file : files) {
    message.attachments.push_back({.name = file, .media_type = media_type_of(file), .content = stage.file(file)});
  }
  return message;
}

std::optional<sim::mail::Received> newest_in(const sim::mail::Mailbox& mailbox) {
  std::optional<sim::mail::Received> newest;
  for (const auto& folder : {mailbox.sent(), mailbox.received()}) {
    if (!folder.empty() && (!newest || folder.back().at >= newest->at)) newest = folder.back();
  }
  return newest;
}

std::optional<sim::mail::Received> newest_about(const sim::mail::Mailbox& mailbox, const std::string& subject) {
  std::optional<sim::mail::Received> newest;
  for (const auto& folder : {mailbox.sent(), mailbox.received()}) {
    for (const auto& mail : folder) {
      const bool is_about = lowercase(mail.message.subject).find(lowercase(subject)) != std::string::npos;
      if (is_about && (!newest || mail.at >= newest->at)) newest = mail;
    }
  }
  return newest;
}

std::optional<sim::mail::Received> newest_mail_of(Stage& stage, const std::string& customer) {
  return newest_in(stage.mailbox_of(customer));
}

std::optional<sim::mail::Received> newest_received_by(Stage& stage, const std::string& customer) {
  const auto received = stage.mailbox_of(customer).received();
  return received.empty() ? std::nullopt : std::optional(received.back());
}

std::optional<sim::mail::Received> newest_mail_about(Stage& stage, const std::string& customer, const std::string& subject) {
  return newest_about(stage.mailbox_of(customer), subject);
}

void answer_everybody(const sim::mail::Received& received, const std::string& own_address, Message& mail) {
  for (const auto* others : {&received.message.to, &received.message.cc}) {
    for (const auto& other : *others) {
      const bool is_there = equals_ignoring_case(other.address, own_address) ||
                            std::any_of(mail.to.begin(), mail.to.end(),
                                        [&](const auto& to) { return equals_ignoring_case(to.address, other.address); });
      if (!is_there) mail.cc.push_back(other);
    }
  }
}

void take_thread_headers(Message& mail) {
  mail.in_reply_to.clear();
  mail.references.clear();
}

void answer_by_itself(const sim::mail::Received& received, Message& mail) {
  const Message& original = received.message;
  mail.to = {original.from};
  mail.subject = "Automatic reply: " + original.subject;
  mail.in_reply_to = original.message_id;
  mail.references = {original.message_id};
  mail.other_headers = {{"Auto-Submitted", "auto-replied"}, {"X-Auto-Response-Suppress", "All"}, {"Precedence", "bulk"}};
}

void forward(const sim::mail::Received& received, Message& mail) {
  const Message& original = received.message;
  mail.subject = "Fwd: " + original.subject;
  mail.text += "\n\n---------- Forwarded message ---------\nFrom: " + original.from.address + "\nSubject: " + original.subject +
               "\n\n" + original.text;
}

std::string with_wire_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 40);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

std::string with_run_values(Stage& stage, const std::string& customer, std::string text) {
  const auto newest = newest_mail_of(stage, customer);
  if (!newest) return text;
  const std::pair<std::string_view, const std::string&> values[] = {{"%message-id%", newest->message.message_id},
                                                                    {"%subject%", newest->message.subject}};
  for (const auto& [name, value] : values) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
      text.replace(at, name.size(), value);
    }
  }
  return text;
}

void answer_to(const sim::mail::Received& received, const std::string& own_address, Message& mail) {
  const Message& original = received.message;
  const bool own = equals_ignoring_case(original.from.address, own_address);
  mail.to = own ? original.to : std::vector{original.from};
  mail.subject = lowercase(original.subject).starts_with("re:") ? original.subject : "Re: " + original.subject;
  mail.in_reply_to = original.message_id;
  mail.references = original.references;
  mail.references.push_back(original.message_id);
  mail.text += "\n\nOn " + rfc5322_date(received.at) + ", " + original.from.address + " wrote:\n";
  for (const std::string_view line : split(original.text, '\n')) mail.text += "> " + std::string(line) + "\n";
}

Played send_mail(Stage& stage, const std::string& customer, const Message& message, std::string rfc5322) {
  sim::mail::Envelope envelope{.sender = message.from.address, .recipients = {}, .message = std::move(rfc5322)};
  for (const auto& to : message.to) envelope.recipients.push_back(to.address);
  for (const auto& cc : message.cc) envelope.recipients.push_back(cc.address);
  // Whoever stands on Cc has a mailbox somewhere, and so has the address she writes from.
  const auto& support = stage.staging().support_addresses;
  for (const auto& cc : message.cc) {
    if (std::find(support.begin(), support.end(), cc.address) == support.end()) stage.world().exchange().mailbox(cc.address);
  }
  stage.world().exchange().mailbox(message.from.address);
  sim::mail::Delivery delivery;
  stage.ring().perform([&] {
    stage.mailbox_of(customer).sent(message, stage.ring().now());
    delivery = stage.world().mail().send(envelope);
  });
  stage.wrote(customer);
  if (delivery.accepted()) return {};
  return Played::failed("the mail is accepted", std::to_string(delivery.code) + " " + delivery.text);
}

}  // namespace casewire::scenarios
