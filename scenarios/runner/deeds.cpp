// What people, faults and time do in a scenario.

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {
namespace {

using sim::mail::Message;

const char* name_of(System system) { return system == System::salesforce ? "salesforce" : "opencx"; }

std::string media_type_of(const std::string& file) {
  static const std::map<std::string, std::string, std::less<>> kTypes = {
      {"pdf", "application/pdf"}, {"png", "image/png"}, {"jpg", "image/jpeg"}, {"txt", "text/plain"}, {"csv", "text/csv"}};
  const auto dot = file.rfind('.');
  const auto found = dot == std::string::npos ? kTypes.end() : kTypes.find(lowercase(std::string_view(file).substr(dot + 1)));
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

Result<std::string, Outcome> content_of(Stage& stage, const std::string& file) {
  auto content = stage.fixtures().read("files", file);
  if (!content) return fail(Outcome{Outcome::End::harness_fault, {}, content.error()});
  return std::move(*content);
}

/// Puts the mail on the wire and into the sender's own "sent" folder.
Outcome send(Stage& stage, const std::string& customer, const Message& message, std::string rfc5322) {
  sim::mail::Envelope envelope{.sender = message.from.address, .recipients = {}, .message = std::move(rfc5322)};
  for (const auto& to : message.to) envelope.recipients.push_back(to.address);
  for (const auto& cc : message.cc) envelope.recipients.push_back(cc.address);
  sim::mail::Delivery delivery;
  stage.ring().perform([&] {
    stage.mailbox_of(customer).sent(message, stage.ring().now());
    delivery = stage.world().mail().send(envelope);
  });
  if (delivery.accepted()) return {};
  return Outcome::failed("the mail is accepted", std::to_string(delivery.code) + " " + delivery.text);
}

Result<Message, Outcome> written_by(Stage& stage, const std::string& customer, const std::string& text,
                                    const std::vector<std::string>& files) {
  const std::string& address = stage.address_of(customer);
  Message message;
  message.from = {customer, address};
  message.message_id = alphanumeric(stage.world().people_rng(), 20) + "@" + address.substr(address.find('@') + 1);
  message.date = stage.ring().now();
  message.text = text;
  for (const std::string& file : files) {
    auto content = content_of(stage, file);
    if (!content) return fail(std::move(content.error()));
    message.attachments.push_back({.name = file, .media_type = media_type_of(file), .content = std::move(*content)});
  }
  return message;
}

Outcome act(Stage& stage, const CustomerEmails& deed) {
  auto message = written_by(stage, deed.customer, deed.text, deed.files);
  if (!message) return message.error();
  message->to = {{"", deed.address}};
  message->subject = deed.subject;
  return send(stage, deed.customer, *message, sim::mail::compose(*message));
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

Outcome act(Stage& stage, const CustomerSendsMail& deed) {
  auto raw = stage.fixtures().read("mail", deed.mail);
  if (!raw) return {Outcome::End::harness_fault, {}, raw.error()};
  auto message = sim::mail::parse(*raw, deed.mail);
  if (!message) return {Outcome::End::harness_fault, {}, render(message.error())};
  if (!equals_ignoring_case(message->from.address, stage.address_of(deed.customer))) {
    return {Outcome::End::harness_fault, {}, deed.mail + " is from " + message->from.address + ", not from " + deed.customer};
  }
  return send(stage, deed.customer, *message, with_wire_line_ends(*raw));
}

/// The newest mail that the customer has to do with: what a person answers.
std::optional<sim::mail::Received> newest_mail(Stage& stage, const std::string& customer) {
  std::optional<sim::mail::Received> newest;
  for (const auto& folder : {stage.mailbox_of(customer).sent(), stage.mailbox_of(customer).received()}) {
    if (!folder.empty() && (!newest || folder.back().at >= newest->at)) newest = folder.back();
  }
  return newest;
}

Outcome act(Stage& stage, const CustomerReplies& deed) {
  const auto newest = newest_mail(stage, deed.customer);
  if (!newest) return Outcome::failed(deed.customer + " has a mail to reply to", "an empty mailbox");
  auto message = written_by(stage, deed.customer, deed.text, deed.files);
  if (!message) return message.error();
  const Message& original = newest->message;
  const bool own = equals_ignoring_case(original.from.address, stage.address_of(deed.customer));
  message->to = own ? original.to : std::vector{original.from};
  message->subject = lowercase(original.subject).starts_with("re:") ? original.subject : "Re: " + original.subject;
  message->in_reply_to = original.message_id;
  message->references = original.references;
  message->references.push_back(original.message_id);
  message->text += "\n\nOn " + rfc5322_date(newest->at) + ", " + original.from.address + " wrote:\n";
  for (const std::string_view line : split(original.text, '\n')) message->text += "> " + std::string(line) + "\n";
  return send(stage, deed.customer, *message, sim::mail::compose(*message));
}

Outcome act(Stage& stage, const AiHandsOff& deed) {
  bool done = false;
  stage.ring().perform([&] { done = stage.world().platform().hand_off(deed.summary); });
  return done ? Outcome{} : Outcome::failed("a conversation that the AI can hand off", "none");
}

Outcome act(Stage& stage, const AiAnswers& deed) {
  bool done = false;
  stage.ring().perform([&] { done = stage.world().platform().answer(deed.text, deed.writing); });
  return done ? Outcome{} : Outcome::failed("a conversation that waits for the AI", "none");
}

Outcome rep_outcome(const std::string& rep, const Result<std::string, std::string>& result) {
  return result ? Outcome{} : Outcome::failed("Salesforce lets " + rep + " do this", result.error());
}

Outcome act(Stage& stage, const RepReplies& deed) {
  std::vector<sim::salesforce::OrgFile> files;
  for (const std::string& file : deed.files) {
    auto content = content_of(stage, file);
    if (!content) return content.error();
    files.push_back({file, std::move(*content), media_type_of(file)});
  }
  Result<std::string, std::string> row = std::string();
  stage.ring().perform(
      [&] { row = stage.world().org().reply(stage.rep_id(deed.rep), stage.cases().at(deed.case_name), deed.text, files); });
  return rep_outcome(deed.rep, row);
}

Outcome act(Stage& stage, const RepComments& deed) {
  Result<std::string, std::string> row = std::string();
  stage.ring().perform([&] {
    row = stage.world().org().comment(stage.rep_id(deed.rep), stage.cases().at(deed.case_name), deed.text, deed.published);
  });
  return rep_outcome(deed.rep, row);
}

Outcome update_case(Stage& stage, const std::string& rep, const std::string& case_name, const Json& fields) {
  Result<void, std::string> done;
  stage.ring().perform([&] { done = stage.world().org().update(stage.rep_id(rep), stage.cases().at(case_name), fields); });
  return done ? Outcome{} : Outcome::failed("Salesforce lets " + rep + " do this", done.error());
}

Outcome act(Stage& stage, const RepTakesCase& deed) {
  return update_case(stage, deed.rep, deed.case_name, {{"OwnerId", stage.rep_id(deed.rep)}});
}

Outcome act(Stage& stage, const RepSetsStatus& deed) {
  return update_case(stage, deed.rep, deed.case_name, {{"Status", deed.status}});
}

Outcome act(Stage& stage, const AgentTakesOver& deed) {
  bool done = false;
  stage.ring().perform([&] { done = stage.world().platform().take_over(deed.agent, stage.address_of(deed.customer)); });
  return done ? Outcome{} : Outcome::failed("a conversation with " + deed.customer, "none");
}

Outcome act(Stage& stage, const TimePasses& deed) {
  stage.world().journal().append("clock", sim::TimeSkip{stage.ring().now() + deed.duration});
  return outcome_of(pass(stage.ring(), deed.duration));
}

Outcome act(Stage& stage, const DeliverRecordedWebhooks&) {
  Replayer* replayer = stage.world().replayer();
  if (replayer == nullptr) return Outcome::failed("a recording", "no sentence \"Given the recording ...\"");
  for (const Exchange& webhook : replayer->webhooks()) {
    int status = 0;
    stage.ring().perform([&] { status = stage.world().deliver_webhook(webhook.from, webhook.request); });
    if (status < 200 || status > 299) {
      return Outcome::failed("the bridge takes the recorded webhook from " + webhook.from, "status " + std::to_string(status));
    }
    if (Outcome outcome = outcome_of(settle(stage.ring())); outcome.end != Outcome::End::done) return outcome;
  }
  return {};
}

Outcome arm(Stage& stage, const std::string& sentence, sim::Fault fault) {
  fault.sentence = sentence;
  stage.world().faults().arm(std::move(fault));
  return {};
}

using Kind = sim::Fault::Kind;

Outcome act_fault(Stage& stage, const LoseAnswer& fault, const std::string& sentence) {
  return arm(stage, sentence, {.kind = Kind::lose_answer, .system = name_of(fault.system), .operation = fault.operation});
}
Outcome act_fault(Stage& stage, const RefuseCalls& fault, const std::string& sentence) {
  return arm(stage, sentence,
             {.kind = Kind::refuse,
              .system = name_of(fault.system),
              .operation = fault.operation,
              .count = fault.count,
              .status = fault.status});
}
Outcome act_fault(Stage& stage, const LoseWebhook& fault, const std::string& sentence) {
  return arm(stage, sentence, {.kind = Kind::lose_webhook, .system = name_of(fault.system)});
}
Outcome act_fault(Stage& stage, const RepeatWebhook& fault, const std::string& sentence) {
  return arm(stage, sentence, {.kind = Kind::repeat_webhook, .system = name_of(fault.system)});
}
Outcome act_fault(Stage& stage, const CrashAfterCall& fault, const std::string& sentence) {
  return arm(stage, sentence, {.kind = Kind::crash_after, .count = fault.call});
}
Outcome act_fault(Stage& stage, const CrashBeforeCall& fault, const std::string& sentence) {
  return arm(stage, sentence, {.kind = Kind::crash_before, .count = fault.call});
}

Outcome act(Stage& stage, const ExpireAccessToken&) {
  stage.world().org().expire_access_tokens();
  stage.world().journal().append("salesforce", sim::FaultStrike{"the access token expires", "salesforce"});
  return {};
}

Outcome act(Stage& stage, const KillBridge&) {
  stage.ring().kill_bridge();
  return {};
}
Outcome act(Stage& stage, const StopBridge&) {
  auto stopped = stage.ring().stop_bridge();
  return stopped ? Outcome{} : Outcome::failed("the bridge ends on SIGTERM", stopped.error());
}
Outcome act(Stage& stage, const StartBridge&) {
  auto started = stage.ring().start_bridge();
  return started ? Outcome{} : Outcome::failed("the bridge starts", started.error());
}

}  // namespace

std::optional<Outcome> do_deed(Stage& stage, const Action& action, const std::string& sentence) {
  return std::visit(
      [&](const auto& deed) -> std::optional<Outcome> {
        if constexpr (requires { act_fault(stage, deed, sentence); }) {
          return act_fault(stage, deed, sentence);
        } else if constexpr (requires { act(stage, deed); }) {
          return act(stage, deed);
        } else {
          return std::nullopt;
        }
      },
      action);
}

}  // namespace casewire::scenarios
