#include "scenarios/cli/opencx_side_doors.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "scenarios/language/numbers.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"
#include "scenarios/vocabulary/widget.hpp"
#include "sim/mail/message.hpp"

namespace casewire::scenarios {
namespace {

using sim::opencx::Platform;
using sim::opencx::SessionView;

std::string agent_of(const Json& body) { return string_member(body, "agent", "Agent"); }

struct SessionDeed {
  const char* name;
  std::vector<LoneDeed::Member> members;  ///< beside `session`
  const char* meaning;
  std::function<Platform::Done(Platform&, const std::string& session, const Json& body)> act;
};

const std::vector<SessionDeed>& session_deeds() {
  static const LoneDeed::Member kText{"text"}, kAgent{"agent", false}, kSummary{"summary"};
  static const std::vector<SessionDeed> deeds{
      {"answer",
       {kText, {"takes", false}},
       "the AI answers; takes: it writes for so long",
       [](Platform& p, const std::string& s, const Json& b) -> Platform::Done {
         if (!b.contains("takes")) return p.answer(s, string_member(b, "text"), {});
         const auto takes = read_duration(string_member(b, "takes"));
         if (!takes) return fail(takes.error().problem);
         return p.answer(s, string_member(b, "text"), *takes);
       }},
      {"hand-off",
       {kSummary},
       "the AI hands off to people",
       [](Platform& p, const std::string& s, const Json& b) { return p.hand_off(s, string_member(b, "summary")); }},
      {"say-nothing",
       {},
       "the AI decides not to answer",
       [](Platform& p, const std::string& s, const Json&) { return p.say_nothing(s); }},
      {"resolve",
       {{"assumed", false, false}},
       "the AI closes the session as solved; assumed: since nobody wrote any more",
       [](Platform& p, const std::string& s, const Json& b) {
         return p.resolve(s, b.contains("assumed") && b["assumed"] == true);
       }},
      {"take-over",
       {kAgent},
       "somebody takes it from the AI",
       [](Platform& p, const std::string& s, const Json& b) { return p.agent_takes_over(s, agent_of(b)); }},
      {"agent-hand-off",
       {kSummary, kAgent},
       "somebody hands it to people elsewhere",
       [](Platform& p, const std::string& s, const Json& b) {
         return p.agent_hands_off(s, agent_of(b), string_member(b, "summary"));
       }},
      {"hand-back",
       {kAgent},
       "somebody gives it back to the AI",
       [](Platform& p, const std::string& s, const Json& b) { return p.agent_hands_back(s, agent_of(b)); }},
      {"agent-message",
       {kText, kAgent, {"files", false, false}},
       "somebody answers in the Inbox; the customer gets it by mail",
       [](Platform& p, const std::string& s, const Json& b) {
         std::vector<sim::opencx::AgentFile> files;
         for (auto& [name, content] : files_told(b)) files.push_back({name, media_type_of(name), std::move(content)});
         return p.agent_writes(s, agent_of(b), string_member(b, "text"), std::move(files));
       }},
      {"agent-note",
       {kText, kAgent},
       "somebody notes something that nobody else sees",
       [](Platform& p, const std::string& s, const Json& b) { return p.agent_notes(s, agent_of(b), string_member(b, "text")); }},
      {"close",
       {kAgent, {"resolved", false, false}},
       "somebody closes the session; resolved: false as unsolved",
       [](Platform& p, const std::string& s, const Json& b) {
         return p.agent_closes(s, agent_of(b), !b.contains("resolved") || b["resolved"] != false);
       }},
      {"reopen",
       {kAgent},
       "somebody opens it again",
       [](Platform& p, const std::string& s, const Json& b) { return p.agent_reopens(s, agent_of(b)); }},
  };
  return deeds;
}

/// The session that is meant; empty when there is none.
std::string session_meant(const Platform& platform, const Json& body) {
  const auto sessions = platform.sessions();
  const std::string named = string_member(body, "session");
  if (!named.empty()) {
    const auto found = std::find_if(sessions.begin(), sessions.end(), [&](const SessionView& s) {
      return s.id == named || std::to_string(s.ticket_number) == named;
    });
    return found == sessions.end() ? named : found->id;
  }
  const auto newest = std::max_element(sessions.begin(), sessions.end(), [](const SessionView& a, const SessionView& b) {
    return a.last_contact_message < b.last_contact_message;
  });
  return newest == sessions.end() || newest->last_contact_message == 0 ? std::string{} : newest->id;
}

/// Whose mail it is, and when it is written; what customers write alike.
class Desk {
 public:
  Desk(sim::mail::Exchange& exchange, std::string support, std::function<WallTime()> now)
      : exchange_(exchange), support_(std::move(support)), now_(std::move(now)) {}

  using Told = Result<Json, std::string>;

  Told mail(const Json& body) {
    Message mail = written(body);
    mail.to = {{"", string_member(body, "to", support_)}};
    mail.subject = string_member(body, "subject");
    const std::string about = string_member(body, "about");
    if (is(body, "reply") || is(body, "everybody") || is(body, "unthreaded") || !about.empty()) {
      const auto original = about.empty() ? newest_received(mail) : newest_about(mailbox(mail), about);
      if (!original) return fail(about.empty() ? nobody_wrote_to(mail) : mail.from.address + " has no mail about " + about);
      const std::string subject = std::exchange(mail.subject, {});
      answer_to(*original, mail.from.address, mail);
      if (!subject.empty()) mail.subject = subject;
      if (is(body, "everybody")) answer_everybody(*original, mail.from.address, mail);
      if (is(body, "unthreaded")) take_thread_headers(mail);
    }
    return send(mail, compose(mail));
  }
  Told forward(const Json& body) {
    Message mail = written(body);
    const auto original = newest_in(mailbox(mail));
    if (!original) return fail(mail.from.address + " has no mail to forward");
    mail.to = {{"", string_member(body, "to", support_)}};
    scenarios::forward(*original, mail);
    return send(mail, compose(mail));
  }
  Told out_of_office(const Json& body) {
    Message mail = written(body);
    const auto original = newest_received(mail);
    if (!original) return fail(nobody_wrote_to(mail));
    answer_by_itself(*original, mail);
    return send(mail, compose(mail));
  }
  /// As a mail server does that got no answer: byte for byte.
  Told again(const Json& body) {
    const auto sent = exchange_.mailbox(string_member(body, "from")).sent();
    if (sent.empty()) return fail(string_member(body, "from") + " has sent no mail");
    return send(sent.back().message, compose(sent.back().message));
  }
  Told raw(const Json& body) {
    const auto mail = sim::mail::parse(string_member(body, "mail"), "the mail");
    if (!mail) return fail(mail.error().problem);
    return send(*mail, with_wire_line_ends(string_member(body, "mail")));
  }

 private:
  using Message = sim::mail::Message;
  static bool is(const Json& body, const char* name) { return body.contains(name) && body[name] == true; }
  static std::string nobody_wrote_to(const Message& mail) { return "nobody has written to " + mail.from.address + " yet"; }
  sim::mail::Mailbox& mailbox(const Message& mail) { return exchange_.mailbox(mail.from.address); }
  std::optional<sim::mail::Received> newest_received(const Message& mail) {
    const auto received = mailbox(mail).received();
    return received.empty() ? std::nullopt : std::optional(received.back());
  }

  Message written(const Json& body) {
    Message mail;
    mail.from = {string_member(body, "name"), string_member(body, "from")};
    mail.text = string_member(body, "text");
    mail.date = now_();
    mail.message_id = "mail-" + std::to_string(++number_) + "@customers.test";
    for (const std::string& copy : texts_told(body, "cc")) mail.cc.push_back({"", copy});
    for (auto& [name, content] : files_told(body)) {
      mail.attachments.push_back({.name = name, .media_type = media_type_of(name), .content = std::move(content)});
    }
    return mail;
  }

  Told send(const Message& mail, std::string rfc5322) {
    sim::mail::Envelope envelope{.sender = mail.from.address, .recipients = {}, .message = std::move(rfc5322)};
    for (const auto* who : {&mail.to, &mail.cc}) {
      for (const auto& one : *who) envelope.recipients.push_back(one.address);
    }
    // She has a mailbox from now on, and so has whoever gets a copy.
    mailbox(mail).sent(mail, now_());
    for (const auto& copy : mail.cc) {
      if (copy.address != support_) exchange_.mailbox(copy.address);
    }
    const auto reply = exchange_.receive(envelope);
    if (reply.code >= 300) return fail(std::to_string(reply.code) + " " + reply.text);
    return Json{{"message_id", mail.message_id}};
  }

  sim::mail::Exchange& exchange_;
  const std::string support_;
  const std::function<WallTime()> now_;
  std::atomic<int> number_ = 0;
};

Json mailbox_of(sim::mail::Exchange& exchange, const std::string& address) {
  Json mails = Json::array();
  for (const auto& received : exchange.mailbox(address).received()) {
    const sim::mail::Message& mail = received.message;
    Json files = Json::array();
    for (const auto& attachment : mail.attachments) files.push_back(attachment.name);
    mails.push_back({{"from", mail.from.address},
                     {"subject", mail.subject},
                     {"text", mail.text},
                     {"message_id", mail.message_id},
                     {"in_reply_to", mail.in_reply_to},
                     {"files", std::move(files)}});
  }
  return mails;
}

}  // namespace

std::vector<LoneDeed> opencx_deeds(Platform& platform, sim::mail::Exchange& exchange, std::string support_address,
                                   std::function<WallTime()> now) {
  using Member = LoneDeed::Member;
  const Member kFrom{"from"}, kText{"text"}, kName{"name", false}, kTo{"to", false}, kCc{"cc", false, false},
      kFiles{"files", false, false};
  const auto desk = std::make_shared<Desk>(exchange, std::move(support_address), std::move(now));
  const auto visitors = std::make_shared<std::atomic<std::uint64_t>>(0);
  std::vector<LoneDeed> deeds{
      {"mail",
       {kFrom,
        kText,
        {"subject", false},
        kTo,
        kName,
        kCc,
        kFiles,
        {"reply", false, false},
        {"about", false},
        {"everybody", false, false},
        {"unthreaded", false, false}},
       "a customer writes; reply: true answers the newest mail she got, about: the newest with that in its subject; everybody: those on Cc "
       "too; unthreaded: without the headers of its thread",
       [desk](const Json& body) { return desk->mail(body); }},
      {"raw-mail",
       {{"mail"}},
       "a customer sends a mail as it stands there, headers and all",
       [desk](const Json& body) { return desk->raw(body); }},
      {"mail-again",
       {kFrom},
       "her last mail comes once more, byte for byte",
       [desk](const Json& body) { return desk->again(body); }},
      {"forward",
       {kFrom, kText, kTo, kName, kCc, kFiles},
       "a customer forwards the newest mail of her mailbox",
       [desk](const Json& body) { return desk->forward(body); }},
      {"out-of-office",
       {kFrom, kText, kName},
       "her mailbox answers the newest mail she got by itself",
       [desk](const Json& body) { return desk->out_of_office(body); }},
      {"chat",
       {kFrom, kText, kName},
       "a visitor writes in the widget of a website; answers the session",
       [&platform, visitors](const Json& body) -> Result<Json, std::string> {
         const std::string from = string_member(body, "from");
         const auto session =
             chat_on_website(platform, {from, string_member(body, "name", from), ++*visitors}, string_member(body, "text"));
         if (!session) return fail(session.error());
         return Json{{"session", *session}};
       }},
      {"mailbox",
       {{"of"}},
       "what has arrived at that address",
       [&exchange](const Json& body) -> Result<Json, std::string> { return mailbox_of(exchange, string_member(body, "of")); }},
      {"merge-contacts",
       {{"duplicate"}, {"into"}},
       "two contacts, by address, turn out to be one person",
       [&platform](const Json& body) -> Result<Json, std::string> {
         const auto done = platform.merge_contacts(string_member(body, "duplicate"), string_member(body, "into"));
         if (!done) return fail(done.error());
         return Json::object();
       }},
  };
  for (const SessionDeed& deed : session_deeds()) {
    std::vector<LoneDeed::Member> members = deed.members;
    members.push_back({"session", false});
    deeds.push_back(
        {deed.name, std::move(members), deed.meaning, [&platform, &deed](const Json& body) -> Result<Json, std::string> {
           const std::string session = session_meant(platform, body);
           if (session.empty()) return fail(std::string("nobody wrote yet"));
           const auto done = deed.act(platform, session, body);
           if (!done) return fail(done.error());
           return Json{{"session", session}};
         }});
  }
  return deeds;
}

Json opencx_state(const Platform& platform) {
  Json sessions = Json::array();
  for (const SessionView& session : platform.sessions()) {
    Json history = Json::array();
    for (const auto& event : session.history) {
      Json one{{"type", event.type}, {"at", iso8601(event.at)}};
      if (!event.sender_type.empty()) one["sender"] = event.sender_type;
      if (!event.sender_name.empty()) one["name"] = event.sender_name;
      if (!event.text.empty()) one["text"] = event.text;
      if (!event.attachment_names.empty()) one["files"] = event.attachment_names;
      history.push_back(std::move(one));
    }
    sessions.push_back({{"id", session.id},
                        {"ticket", session.ticket_number},
                        {"contact", session.contact_address},
                        {"status", session.status},
                        {"owner", session.owner},
                        {"custom_data", session.custom_data},
                        {"history", std::move(history)}});
  }
  return {{"sessions", std::move(sessions)}};
}

}  // namespace casewire::scenarios
