#include "sim/opencx/desk.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "sim/opencx/events.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr const char* kAiName = "AI";

}  // namespace

// ---- looking

Session* Desk::session(std::string_view id) {
  const auto found = sessions_.find(id);
  return found == sessions_.end() ? nullptr : &found->second;
}

Session* Desk::by_ticket(int number) {
  const auto found = tickets_.find(number);
  return found == tickets_.end() ? nullptr : session(found->second);
}

Contact* Desk::contact(std::string_view id) {
  const auto found = contacts_.find(id);
  return found == contacts_.end() ? nullptr : &found->second;
}

Contact* Desk::contact_by_email(std::string_view email) {
  const auto found = contacts_by_email_.find(lowercase(email));
  return found == contacts_by_email_.end() ? nullptr : contact(found->second);
}

const StoredFile* Desk::file(std::string_view id) const {
  const auto found = files_.find(id);
  if (found == files_.end()) return nullptr;
  const auto& place = found->second;
  return &sessions_.find(place.session)->second.history.at(place.item).files.at(place.file);
}

Session* Desk::with_newest_message(const std::function<bool(const Session&)>& holds) {
  Session* newest = nullptr;
  for (auto& [id, session] : sessions_) {
    if (session.last_contact_message == 0 || !holds(session)) continue;
    if (newest == nullptr || session.last_contact_message > newest->last_contact_message) newest = &session;
  }
  return newest;
}

WallTime Desk::now() const {
  const auto now = world_.runtime.now();
  if (behaviour_.time_grain <= milliseconds{1}) return now;
  return WallTime{now.time_since_epoch() / behaviour_.time_grain * behaviour_.time_grain};
}

const Session* Desk::as_of(const Session& session, milliseconds lag) const {
  if (session.is_deleted) return nullptr;
  if (lag <= milliseconds{0}) return &session;
  const auto found = versions_.find(session.id);
  if (found == versions_.end()) return &session;
  const auto then = world_.runtime.now() - lag;
  const Session* seen = nullptr;
  for (const auto& version : found->second) {
    if (version.at <= then) seen = &version.session;
  }
  return seen;
}

void Desk::behave(Behaviour behaviour) {
  behaviour_ = behaviour;
  versions_.clear();
  // What is there when readers fall behind has been there for long enough.
  for (const auto& [id, session] : sessions_) keep_version(session, {});
}

void Desk::keep_version(const Session& session, WallTime at) {
  constexpr std::size_t kVersionsMax = 1000;
  const auto lag = std::max(behaviour_.read_lag, behaviour_.index_lag);
  if (lag <= milliseconds{0}) return;
  auto& versions = versions_[session.id];
  // Nobody is so far behind that he would see a version whose successor is old enough.
  const auto then = world_.runtime.now() - lag;
  while (versions.size() > 1 && (versions[1].at <= then || versions.size() >= kVersionsMax)) versions.erase(versions.begin());
  versions.push_back({at, session});
  versions.back().session.history.clear();
  versions.back().session.history_size = session.history.size();
}

const StoredFile* Desk::upload(std::string_view id) const {
  const auto found = uploads_.find(id);
  return found == uploads_.end() ? nullptr : &found->second;
}

bool Desk::is_blocked(const Session& session) const {
  const auto found = contacts_.find(session.contact);
  return found != contacts_.end() && blocklist_.holds(found->second.email);
}

bool Desk::ai_may_answer(const Session& session) const {
  if (!session.is_open() || session.owner == Owner::human || is_blocked(session)) return false;
  return session.owner == Owner::ai || silence_ == AiSilence::once_a_person_is_active;
}

// ---- changes

Contact& Desk::add_contact(std::string email, std::string name) {
  Contact contact{.id = new_id(), .email = std::move(email), .name = std::move(name), .phone_number = {}};
  contact.created_at = contact.updated_at = now();
  if (!contact.email.empty()) contacts_by_email_.emplace(lowercase(contact.email), contact.id);
  contact_order_.push_back(contact.id);
  const std::string id = contact.id;
  return contacts_.emplace(id, std::move(contact)).first->second;
}

bool Desk::change_email(Contact& contact, std::string email) {
  const Contact* holder = contact_by_email(email);
  if (holder != nullptr && holder != &contact) return false;
  contacts_by_email_.erase(lowercase(contact.email));
  contacts_by_email_.emplace(lowercase(email), contact.id);
  contact.email = std::move(email);
  return true;
}

void Desk::merge_contacts(Contact& duplicate, Contact& into) {
  for (auto& [id, session] : sessions_) {
    if (session.contact == duplicate.id) session.contact = into.id;
  }
  for (auto& [address, owner] : contacts_by_email_) {
    if (owner == duplicate.id) owner = into.id;
  }
  if (into.email.empty()) into.email = duplicate.email;
  if (into.name.empty()) into.name = duplicate.name;
  into.updated_at = now();
  remove_contact(duplicate.id);
}

void Desk::delete_contact(const std::string& id) {
  for (auto& [session_id, session] : sessions_) {
    if (session.contact == id) session.contact.clear();
  }
  remove_contact(id);
}

std::string Desk::keep_upload(StoredFile file) {
  constexpr std::size_t kUploadsMax = 1000;
  if (upload_order_.size() >= kUploadsMax) {
    uploads_.erase(upload_order_.front());
    upload_order_.erase(upload_order_.begin());
  }
  file.id = new_id();
  const std::string id = file.id;
  upload_order_.push_back(id);
  uploads_.emplace(id, std::move(file));
  return id;
}

void Desk::keep_uuid(std::string uuid) {
  constexpr std::size_t kUuidsMax = 10'000;
  uuids_.insert(uuid);
  uuid_order_.push_back(std::move(uuid));
  if (uuid_order_.size() > kUuidsMax) {
    uuids_.erase(uuid_order_.front());
    uuid_order_.pop_front();
  }
}

void Desk::touch(Session& session) {
  session.updated_at = now();
  keep_version(session, world_.runtime.now());
}

void Desk::write_payload(Session& session, std::string type, Json payload, std::uint64_t cause) {
  const bool is_score = type == "csat_submitted";
  const auto written = write(session, {.type = std::move(type), .payload = payload}, cause);
  if (is_score) announce(session, events::kCsat, events::csat(session, payload, now()), written.entry);
}

void Desk::remove_contact(const std::string& id) {
  std::erase_if(contacts_by_email_, [&](const auto& entry) { return entry.second == id; });
  std::erase(contact_order_, id);
  contacts_.erase(id);
}

Session& Desk::open_session(std::string contact, std::string channel, std::string title, std::string support_address) {
  Session session;
  session.id = new_id();
  session.ticket_number = new_ticket_number();
  session.contact = std::move(contact);
  session.channel = std::move(channel);
  session.title = std::move(title);
  session.support_address = std::move(support_address);
  session.created_at = session.updated_at = session.last_message_at = now();
  tickets_.emplace(session.ticket_number, session.id);
  order_.push_back(session.id);
  const std::string id = session.id;
  auto& opened = sessions_.emplace(id, std::move(session)).first->second;
  keep_version(opened, world_.runtime.now());
  return opened;
}

/// Five digits by default (docs.open.cx email/forwarding-rules); six once those are nearly used up (assumed).
int Desk::new_ticket_number() {
  constexpr int kTries = 64;
  for (int tries = 0; tries < kTries; ++tries) {
    const int number = 10'000 + static_cast<int>(world_.rng.below(90'000));
    if (!tickets_.contains(number)) return number;
  }
  return std::max(tickets_.rbegin()->first + 1, 100'000);
}

std::string Desk::contact_writes(Session& session, ContactMessage message, std::uint64_t cause) {
  if (!session.is_open()) reopen(session, "system_reopened_session", cause);
  const bool is_first = session.messages == 0;
  const Contact* who = contact(session.contact);
  const std::string name = who == nullptr ? "" : who->name.empty() ? who->email : who->name;
  session.last_contact_message = ++contact_messages_;
  const auto written = write(session,
                             {.type = "message",
                              .sender_type = "contact",
                              .sender_name = name,
                              .text = message.text,
                              .subject = std::move(message.subject),
                              .files = std::move(message.files)},
                             cause);
  if (is_first) {
    announce(session, events::kStarted, events::started(session, who, message.text, now()), written.entry);
  } else {
    announce(session, events::kContactResponse, events::response(session, "message", message.text, now()), written.entry);
  }
  if (ai_may_answer(session)) todo_.asked.push_back({session.id, written.entry});
  return written.id;
}

std::string Desk::agent_writes(Session& session, AgentMessage message, std::uint64_t cause) {
  if (!session.is_open()) reopen(session, "agent_reopened_session", cause);
  if (message.takes_over && session.owner != Owner::human) {
    session.agent_id = message.agent_id;
    agent_takes_over(session, message.agent_name, cause);
  }
  const auto written = write(session,
                             {.type = "message",
                              .sender_type = "human_agent",
                              .sender_name = message.agent_name,
                              .text = message.text,
                              .files = message.files},
                             cause);
  announce(session, events::kAgentResponse, events::response(session, "response", message.text, now()), written.entry);
  mail_contact(session, message.agent_name, std::move(message.text), std::move(message.files), written.entry);
  return written.id;
}

void Desk::ai_answers(Session& session, std::string text, std::uint64_t cause) {
  if (!ai_may_answer(session)) {
    write(session, {.type = "ai_response_cancelled"}, cause);
    return;
  }
  const auto written = write(session, {.type = "message", .sender_type = "ai", .sender_name = kAiName, .text = text}, cause);
  announce(session, events::kAiResponse, events::response(session, "response", text, now()), written.entry);
  mail_contact(session, {}, std::move(text), {}, written.entry);
}

void Desk::ai_says_nothing(Session& session) { write(session, {.type = "ai_decided_to_not_reply"}, 0); }

void Desk::ai_resolves(Session& session, bool is_assumed) {
  session.status = "closed_resolved";
  session.ai_closure_type = is_assumed ? "assumed_resolved" : "resolved";
  const auto written =
      write(session, {.type = is_assumed ? "ai_assumed_the_session_resolved" : "ai_decided_to_resolve_the_issue"}, 0);
  announce(session, events::kClosed, events::closed(session, now()), written.entry);
}

void Desk::ai_hands_off(Session& session, std::string summary) {
  if (session.owner == Owner::ai) session.owner = Owner::none;
  hand_off(session, std::move(summary), {}, "ai_decided_to_handoff_the_conversation");
}

void Desk::agent_hands_off(Session& session, std::string agent, std::string summary) {
  if (!session.is_open()) reopen(session, "agent_reopened_session", 0);
  session.owner = Owner::none;
  hand_off(session, std::move(summary), std::move(agent), "human_agent_decided_to_take_over");
}

void Desk::hand_off(Session& session, std::string summary, std::string agent, const char* reason) {
  session.handoff = Handoff{summary};
  session.ai_closure_type = "handed_off";
  const auto written = write(session, {.type = "handoff", .sender_name = std::move(agent), .text = summary}, 0);
  announce(session, events::kHandoff, events::handoff(session, reason, summary, now()), written.entry);
}

void Desk::agent_hands_back(Session& session, std::string agent) {
  session.owner = Owner::ai;
  session.agent_name.clear();
  session.agent_id.clear();
  session.handoff.reset();
  session.ai_closure_type.clear();
  write(session, {.type = "ai_resumed_by_system", .sender_name = std::move(agent)}, 0);
}

void Desk::agent_takes_over(Session& session, std::string name, std::uint64_t cause) {
  session.owner = Owner::human;
  session.agent_name = name;
  if (session.agent_id.empty()) session.agent_id = number_of_agent(name);
  const auto written = write(session, {.type = "agent_took_session_from_ai", .sender_name = std::move(name)}, cause);
  announce(session, events::kHandoff, events::handoff(session, "human_agent_decided_to_take_over", "", now()), written.entry);
}

std::string Desk::number_of_agent(const std::string& name) {
  return std::to_string(agents_.try_emplace(name, 101 + agents_.size()).first->second);
}

std::string Desk::agent_answers_in_inbox(Session& session, AgentMessage message) {
  if (session.owner != Owner::human) {
    session.owner = Owner::human;
    session.agent_name = message.agent_name;
    session.agent_id = number_of_agent(message.agent_name);
    write(session, {.type = "agent_assigned_by_system", .sender_name = message.agent_name}, 0);
  }
  return agent_writes(session, std::move(message), 0);
}

void Desk::agent_notes(Session& session, std::string agent, std::string text) {
  write(session,
        {.type = "agent_comment", .sender_type = "human_agent", .sender_name = std::move(agent), .text = std::move(text)}, 0);
}

void Desk::agent_reopens(Session& session, std::string agent) {
  if (!session.is_open()) reopen(session, "agent_reopened_session", 0, std::move(agent));
}

void Desk::agent_deletes(Session& session) {
  session.is_deleted = true;
  note(session, "deleted", "", 0);
}

void Desk::set_status(Session& session, std::string_view status, std::string_view by, std::uint64_t cause, std::string name) {
  if (session.status == status) return;
  if (status == "open") return reopen(session, "system_reopened_session", cause);
  session.status = status;
  const auto written =
      write(session, {.type = std::string{status} + "_by_" + std::string{by}, .sender_name = std::move(name)}, cause);
  announce(session, events::kClosed, events::closed(session, now()), written.entry);
}

void Desk::reopen(Session& session, std::string type, std::uint64_t cause, std::string name) {
  session.status = "open";
  write(session, {.type = std::move(type), .sender_name = std::move(name)}, cause);
}

// ---- what every change leaves behind

Desk::Written Desk::write(Session& session, HistoryItem item, std::uint64_t cause) {
  item.id = new_id();
  item.at = session.updated_at = now();
  if (item.type == "message") ++session.messages, session.last_message_at = item.at;
  SessionEvent event{.session = session.id,
                     .ticket = session.ticket_number,
                     .type = item.type,
                     .owner = std::string(name_of(session.owner)),
                     .message_id = item.id,
                     .sender = item.sender_type,
                     .name = item.sender_name,
                     .text = item.text};
  for (const auto& file : item.files) event.attachments.push_back(file_seen(file.name, file.content));
  for (std::size_t at = 0; at < item.files.size(); ++at) {
    item.files[at].id = new_id();
    files_.emplace(item.files[at].id, FilePlace{session.id, session.history.size(), at});
  }
  Written written{item.id, world_.journal.append("opencx", std::move(event), cause)};
  session.history.push_back(std::move(item));
  keep_version(session, world_.runtime.now());
  return written;
}

std::uint64_t Desk::note(const Session& session, std::string type, std::string text, std::uint64_t cause) {
  return world_.journal.append("opencx",
                               SessionEvent{.session = session.id,
                                            .ticket = session.ticket_number,
                                            .type = std::move(type),
                                            .owner = std::string(name_of(session.owner)),
                                            .text = std::move(text)},
                               cause);
}

void Desk::announce(const Session& session, std::string type, Json data, std::uint64_t cause) {
  if (options_.webhook_url.empty()) return;
  std::string body = dump_json(events::envelope(type, std::move(data)));
  todo_.events.push_back({session.id, "msg_" + alphanumeric(world_.rng, 24), std::move(type), std::move(body), cause});
}

void Desk::mail_contact(const Session& session, std::string sender_name, std::string text, std::vector<StoredFile> files,
                        std::uint64_t cause) {
  const Contact* who = contact(session.contact);
  if (session.channel != "email" || who == nullptr || who->email.empty()) return;
  const std::string domain = session.support_address.substr(session.support_address.find('@') + 1);
  todo_.mails.push_back(
      {session.id, uuid(world_.rng) + "@" + domain, std::move(sender_name), std::move(text), std::move(files), cause});
}

}  // namespace casewire::sim::opencx
