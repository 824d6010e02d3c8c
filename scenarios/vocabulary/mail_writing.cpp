#include "scenarios/vocabulary/mail_writing.hpp"

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
  message.from = {customer, address};
  message.message_id = alphanumeric(stage.world().people_rng(), 20) + "@" + address.substr(address.find('@') + 1);
  message.date = stage.ring().now();
  message.text = text;
  for (const std::string& file : files) {
    message.attachments.push_back({.name = file, .media_type = media_type_of(file), .content = stage.fixture("files", file)});
  }
  return message;
}

std::optional<sim::mail::Received> newest_mail_of(Stage& stage, const std::string& customer) {
  std::optional<sim::mail::Received> newest;
  for (const auto& folder : {stage.mailbox_of(customer).sent(), stage.mailbox_of(customer).received()}) {
    if (!folder.empty() && (!newest || folder.back().at >= newest->at)) newest = folder.back();
  }
  return newest;
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
