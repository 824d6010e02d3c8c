// What customers write.

#include "base/text/strings.hpp"
#include "scenarios/vocabulary/families.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"

namespace casewire::scenarios {
namespace {

Played emails(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  auto mail = mail_written_by(stage, customer, action.text("text"), action.texts("file"));
  mail.to = {{"", action.text("address")}};
  mail.subject = action.text("subject");
  return send_mail(stage, customer, mail, sim::mail::compose(mail));
}

/// Fixtures are text files with the line ends of the checkout; on the wire a line ends with CR LF.
std::string with_wire_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 40);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

Played sends_the_mail(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const std::string& name = action.text("mail");
  const std::string raw = stage.fixture("mail", name);
  const auto message = sim::mail::parse(raw, name);
  if (!message) return Played::harness_fault(render(message.error()));
  if (!equals_ignoring_case(message->from.address, stage.address_of(customer))) {
    return Played::harness_fault(name + " is from " + message->from.address + ", not from " + customer);
  }
  return send_mail(stage, customer, *message, with_wire_line_ends(raw));
}

Played replies(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const auto newest = newest_mail_of(stage, customer);
  if (!newest) return Played::failed(customer + " has a mail to reply to", "an empty mailbox");
  auto mail = mail_written_by(stage, customer, action.text("text"), action.texts("file"));
  answer_to(*newest, stage.address_of(customer), mail);
  return send_mail(stage, customer, mail, sim::mail::compose(mail));
}

}  // namespace

Family customer_sentences() {
  return {Group::deed,
          "What customers do",
          {
              {"{customer} emails {address:support} about {subject} [with the file {file} [and the file {file}]...]: {text}",
               R"(Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?")",
               "A new mail, by SMTP",
               {.makes = {{Fact::mail, "customer"}}},
               emails},
              {"{customer} sends the mail {mail}",
               R"(Dana sends the mail "order-1182.eml")",
               "A raw mail from the fixtures, byte for byte; its From is the customer's address",
               {.makes = {{Fact::mail, "customer"}}},
               sends_the_mail},
              {"{customer} replies [with the file {file} [and the file {file}]...]: {text}",
               R"(Dana replies: "Any news?")",
               "An answer to the newest mail of the customer's mailbox, with quoted text, as mail programs send it",
               {.needs = {{Fact::mail, "customer"}}},
               replies},
          }};
}

}  // namespace casewire::scenarios
