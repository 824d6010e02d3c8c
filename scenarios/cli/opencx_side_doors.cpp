#include "scenarios/cli/opencx_side_doors.hpp"

#include <algorithm>
#include <atomic>

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
       {kText},
       "the AI answers",
       [](Platform& p, const std::string& s, const Json& b) { return p.answer(s, string_member(b, "text")); }},
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
       {kText, kAgent},
       "somebody answers in the Inbox; the customer gets it by mail",
       [](Platform& p, const std::string& s, const Json& b) { return p.agent_writes(s, agent_of(b), string_member(b, "text")); }},
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

/// A mail of a customer: the newest that she got with that subject is answered, where there is one and `reply` is true.
Result<Json, std::string> send_mail(sim::mail::Exchange& exchange, const std::string& support, WallTime now, int number,
                                    const Json& body) {
  sim::mail::Message mail;
  mail.from = {string_member(body, "name"), string_member(body, "from")};
  mail.to = {{"", string_member(body, "to", support)}};
  mail.subject = string_member(body, "subject");
  mail.text = string_member(body, "text");
  mail.date = now;
  mail.message_id = "mail-" + std::to_string(number) + "@customers.test";
  if (body.contains("reply") && body["reply"] == true) {
    const auto received = exchange.mailbox(mail.from.address).received();
    if (received.empty()) return fail("nobody has written to " + mail.from.address + " yet");
    const sim::mail::Message& newest = received.back().message;
    mail.in_reply_to = newest.message_id;
    mail.references = newest.references;
    mail.references.push_back(newest.message_id);
    if (mail.subject.empty()) mail.subject = newest.subject.starts_with("Re: ") ? newest.subject : "Re: " + newest.subject;
  }
  if (body.contains("files") && body["files"].is_object()) {
    for (const auto& [name, content] : body["files"].items()) {
      if (content.is_string()) mail.attachments.push_back({.name = name, .content = content.get<std::string>()});
    }
  }
  exchange.mailbox(mail.from.address);  // she has one from now on
  const auto reply =
      exchange.receive({.sender = mail.from.address, .recipients = {mail.to.front().address}, .message = compose(mail)});
  if (reply.code >= 300) return fail(std::to_string(reply.code) + " " + reply.text);
  return Json{{"message_id", mail.message_id}};
}

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
  std::vector<LoneDeed> deeds{
      {"mail",
       {{"from"}, {"text"}, {"subject", false}, {"to", false}, {"name", false}, {"reply", false, false}, {"files", false, false}},
       "a customer writes; reply: true answers the newest mail she got",
       [&exchange, support = std::move(support_address), now, number = std::make_shared<std::atomic<int>>(0)](const Json& body) {
         return send_mail(exchange, support, now(), ++*number, body);
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
