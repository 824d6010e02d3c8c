// What customers write.

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"
#include "scenarios/vocabulary/widget.hpp"

namespace casewire::scenarios {
namespace {

using sim::mail::Message;
using sim::mail::Received;

/// What several sentences may say of a mail.
Message written(Stage& stage, const Action& action) {
  Message mail = mail_written_by(stage, action.text("customer"), action.text("text"), action.texts("file"));
  if (const auto sender = action.text_if_any("sender")) mail.from.address = *sender;
  for (const std::string& copy : action.texts("copy")) mail.cc.push_back({"", copy});
  return mail;
}

Played send(Stage& stage, const Action& action, const Message& mail) {
  return send_mail(stage, action.text("customer"), mail, sim::mail::compose(mail));
}

Played emails(Stage& stage, const Action& action) {
  Message mail = written(stage, action);
  mail.to = {{"", action.text("address")}};
  mail.subject = action.text("subject");
  return send(stage, action, mail);
}

/// Small ones, of which each has bytes of its own.
Played emails_files(Stage& stage, const Action& action) {
  Message mail = written(stage, action);
  mail.to = {{"", action.text("address")}};
  mail.subject = action.text("subject");
  for (std::size_t i = 1; i <= action.count(); ++i) {
    const std::string number = std::to_string(i);
    mail.attachments.push_back(
        {.name = "page-" + number + ".txt", .media_type = "text/plain", .content = "This is page " + number + ".\n"});
  }
  return send(stage, action, mail);
}

Played emails_nobody(Stage& stage, const Action& action) {
  Message mail = written(stage, action);
  mail.to = {{"", action.text("address")}};
  mail.subject = action.text("subject");
  const Played sent = send(stage, action, mail);
  return sent.done() ? Played::failed("the mail is refused", "it was accepted") : Played{};
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

Played sends_the_raw_mail(Stage& stage, const Action& action) {
  const std::string raw = with_run_values(stage, action.text("customer"), action.text("text"));
  const auto message = sim::mail::parse(raw, "the mail below");
  if (!message) return Played::failed("a mail", render(message.error(), raw));
  return send_mail(stage, action.text("customer"), *message, with_wire_line_ends(raw));
}

// ---- answers

Played answer(Stage& stage, const Action& action, const std::optional<Received>& original) {
  if (!original) return Played::failed(action.text("customer") + " has that mail", "it is not in her mailbox");
  Message mail = written(stage, action);
  answer_to(*original, stage.address_of(action.text("customer")), mail);
  if (action.says("to everybody")) answer_everybody(*original, stage.address_of(action.text("customer")), mail);
  return send(stage, action, mail);
}

Played replies(Stage& stage, const Action& action) {
  return answer(stage, action, newest_mail_of(stage, action.text("customer")));
}

Played replies_to_that_mail(Stage& stage, const Action& action) {
  return answer(stage, action, newest_mail_about(stage, action.text("customer"), action.text("subject")));
}

Played replies_without_headers(Stage& stage, const Action& action) {
  const auto original = newest_mail_of(stage, action.text("customer"));
  if (!original) return Played::failed(action.text("customer") + " has that mail", "it is not in her mailbox");
  Message mail = written(stage, action);
  answer_to(*original, stage.address_of(action.text("customer")), mail);
  take_thread_headers(mail);
  return send(stage, action, mail);
}

Played forwards(Stage& stage, const Action& action) {
  const auto original = newest_mail_of(stage, action.text("customer"));
  if (!original) return Played::failed(action.text("customer") + " has a mail to forward", "an empty mailbox");
  Message mail = written(stage, action);
  mail.to = {{"", action.text("address")}};
  forward(*original, mail);
  return send(stage, action, mail);
}

Played is_out_of_office(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const auto original = newest_received_by(stage, customer);
  if (!original) return Played::failed(customer + " has received a mail that can be answered by itself", "none");
  Message mail = written(stage, action);
  answer_by_itself(*original, mail);
  return send(stage, action, mail);
}

Played sends_mails_back(Stage& stage, const Action& action) {
  const std::string& address = stage.address_of(action.text("customer"));
  const sim::mail::Failure failure{.recipient = address, .status = "5.2.0", .reason = action.text("text")};
  stage.ring().perform([&] { stage.world().exchange().set_bouncing(address, failure); });
  return {};
}

Played chats(Stage& stage, const Action& action) {
  sim::opencx::Platform& platform = stage.world().platform();
  const Visitor visitor{stage.address_of(action.text("customer")), action.text("customer"),
                        stage.world().people_rng().below(kVisitors)};
  std::string problem;
  stage.ring().perform([&] {
    const auto session = chat_on_website(platform, visitor, action.text("text"));
    if (!session) return void(problem = session.error());
    if (const auto done = platform.hand_off(*session, action.text("summary")); !done) problem = done.error();
  });
  if (!problem.empty()) throw HarnessFault("the chat widget is refused: " + problem);
  return {};
}

/// In turns, a second apart; the AI first, since she has written already.
Played converses(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const std::string of = " of " + std::to_string(action.count()) + ".";
  for (std::size_t i = 1; i <= action.count(); ++i) {
    const auto session = conversation_of(stage, customer);
    const std::string text = "Answer " + std::to_string(i) + of;
    bool done = false;
    if (session) stage.ring().perform([&] { done = bool(stage.world().platform().answer(session->id, text)); });
    if (!done) return Played::failed("a conversation that waits for the AI", session ? conversation_line(*session) : "none");
    stage.said({text, {}, session->id});
    if (Played quiet = played(pass(stage.ring(), Stage::kDeedTime)); !quiet.done()) return quiet;
    const auto original = newest_received_by(stage, customer);
    if (!original) return Played::failed(customer + " has received that answer", "it is not in her mailbox");
    Message mail = mail_written_by(stage, customer, "Question " + std::to_string(i) + of, {});
    answer_to(*original, stage.address_of(customer), mail);
    if (Played sent = send_mail(stage, customer, mail, sim::mail::compose(mail)); !sent.done()) return sent;
    if (Played quiet = played(pass(stage.ring(), Stage::kDeedTime)); !quiet.done()) return quiet;
  }
  return {};
}

Played sends_again(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const auto sent = stage.mailbox_of(customer).sent();
  if (sent.empty()) return Played::failed(customer + " has sent a mail", "none");
  return send_mail(stage, customer, sent.back().message, sim::mail::compose(sent.back().message));
}

}  // namespace

Family customer_sentences() {
  const Traits writes{.makes = {{Fact::mail, "customer"}}};
  const Traits answers{.needs = {{Fact::mail, "customer"}}};
  return {
      Group::deed,
      "What customers do",
      {
          {"{customer} emails {address:support} [with a copy to {copy:address}] about {subject} [with the file {file} [and the file "
           "{file}]...]: {text}",
           R"(Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?")", "A new mail, by SMTP",
           writes, emails},
          {"{customer} emails {address:support} about {subject} with {count} small files: {text}",
           R"(Dana emails help@acme.test about "Order 1182" with 60 small files: "All my receipts.")",
           "`page-1.txt`, `page-2.txt` and so on", writes, emails_files},
          {"{customer} emails {address:support} from {sender:address} about {subject}: {text}",
           R"(Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?")",
           "A new mail from another address than hers", writes, emails},
          {"{customer} emails {address} in vain about {subject}: {text}",
           R"(Dana emails helpp@acme.test in vain about "Order 1182": "Where is it?")",
           "A mail to an address that nobody answers: it is refused", writes, emails_nobody},
          {"{customer} sends the mail {mail}", R"(Dana sends the mail "order-1182.eml")",
           "A raw mail from the fixtures, byte for byte; its From is the customer's address", writes, sends_the_mail},
          {"{customer} sends the raw mail: {text}",
           R"(Dana sends the raw mail: "From: dana@example.test\nTo: help@acme.test\nSubject: Order 1182\n\nWhere is it?")",
           "As it stands, best in a doc string. `%message-id%` and `%subject%` stand for those of the newest mail in her mailbox",
           writes, sends_the_raw_mail},
          {"{customer} chats on the website, and the AI hands off {summary:text}: {text}",
           R"(Dana chats on the website, and the AI hands off "Refund": "Where is it?")",
           "No mail but a conversation of another channel",
           {},
           chats},
          {"{customer} and the AI write to each other {count} times", "Dana and the AI write to each other 30 times",
           "In her conversation, in turns: \"Answer 1 of 30.\", \"Question 1 of 30.\" and so on", answers, converses},
          {"{customer} sends the same mail again", "Dana sends the same mail again",
           "Her last one, byte for byte, as a mail server does that got no answer", answers, sends_again},
          {"{customer} replies [to everybody] [with a copy to {copy:address}] [with the file {file} [and the file {file}]...]: {text}",
           R"(Dana replies: "Any news?")",
           "An answer to the newest mail of the customer's mailbox, with quoted text, as mail programs send it; to everybody: to those on "
           "Cc too",
           answers, replies},
          {"{customer} replies from {sender:address}: {text}", R"(Dana replies from dana@home.test: "Any news?")",
           "The same from another address than hers", answers, replies},
          {"{customer} replies to the mail about {subject}: {text}",
           R"(Dana replies to the mail about "Order 1182": "Any news?")", "The newest of her mailbox whose subject says that",
           answers, replies_to_that_mail},
          {"{customer} replies without thread headers: {text}", R"(Dana replies without thread headers: "Any news?")",
           "As some mail programs do: the subject is all that tells what it answers", answers, replies_without_headers},
          {"{customer} forwards the mail to {address:support}: {text}",
           R"(Dana forwards the mail to help@acme.test: "See below.")", "The newest of her mailbox, quoted below, as a new mail",
           answers, forwards},
          {"{customer}'s out-of-office answers: {text}", R"(Dana's out-of-office answers: "I am away.")",
           "By itself, to the newest mail she received, with the headers of RFC 3834", answers, is_out_of_office},
          {"{customer}'s mail server sends mails back: {text}",
           R"(Dana's mail server sends mails back: "mailbox full")",
           "From now on it takes each mail and reports to its sender that it could not be delivered, and why (RFC 3464)",
           {},
           sends_mails_back},
      }};
}

}  // namespace casewire::scenarios
