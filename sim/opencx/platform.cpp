#include "sim/opencx/platform.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <mutex>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/html_text.hpp"
#include "base/text/strings.hpp"
#include "sim/mail/message.hpp"
#include "sim/opencx/cross_origin.hpp"
#include "sim/opencx/desk.hpp"
#include "sim/opencx/email_in.hpp"
#include "sim/opencx/email_out.hpp"
#include "sim/opencx/events.hpp"
#include "sim/opencx/gate.hpp"
#include "sim/opencx/lanes.hpp"
#include "sim/opencx/rest.hpp"
#include "sim/opencx/webhooks.hpp"

namespace casewire::sim::opencx {
namespace {

/// Waits between the tries of a mail that is put off or not answered (assumed).
constexpr std::array<std::chrono::seconds, 4> kMailRetries{std::chrono::seconds{5}, std::chrono::seconds{30},
                                                           std::chrono::minutes{2}, std::chrono::minutes{10}};

struct AnswerRule {
  std::string text;
  std::chrono::milliseconds after{0};
};

}  // namespace

/// Shared with the tasks it starts: they may wake after the platform has gone, and then do nothing.
class Platform::Impl : public std::enable_shared_from_this<Impl> {
  using Done = Platform::Done;

 public:
  Impl(PlatformOptions options, Surroundings surroundings, mail::MailTransport& mail)
      : options_(std::move(options)),
        world_(surroundings),
        mail_(mail),
        gate_(options_, surroundings.transport),
        desk_(options_, surroundings) {}

  void close() { closed_ = true; }

  // ---- HTTP

  http::Reply handle(const http::Request& request) {
    if (is_preflight(request)) return {preflight_answer(request)};
    auto call = gate_.read(request, world_.runtime.now());
    auto response = call ? transact([&] { return perform(desk_, options_, *call); }) : std::move(call.error());
    allow_origin(request, response);
    return {std::move(response)};
  }

  void gather_handoffs(std::size_t count) {
    const std::scoped_lock lock{mutex_};
    handoffs_to_gather_ = count;
  }

  void behave(Behaviour behaviour) {
    gate_.limit_calls(behaviour.calls_a_minute);
    if (!behaviour.new_api_key.empty()) gate_.replace_key(behaviour.new_api_key);
    const std::scoped_lock lock{mutex_};
    desk_.behave(behaviour);
  }

  Behaviour behaviour() {
    const std::scoped_lock lock{mutex_};
    return desk_.behaviour();
  }

  // ---- mail

  mail::Reply receive(const mail::Envelope& envelope) {
    const bool for_us = std::any_of(envelope.recipients.begin(), envelope.recipients.end(), [&](const std::string& recipient) {
      return equals_ignoring_case(recipient, options_.inbound_address);
    });
    if (!for_us) return {550, "5.1.1 No such mailbox"};
    const auto message = mail::parse(envelope.message);
    if (!message) return {554, "5.6.0 No mail"};
    if (const auto why = transact([&] { return take_mail(desk_, options_, *message, envelope.cause); })) {
      skipped(*message, *why, envelope.cause);
    }
    return {};
  }

  /// The vendor says nothing; the journal and the screen do.
  void skipped(const mail::Message& message, const std::string& why, std::uint64_t cause) {
    world_.journal.append(
        "opencx", SessionEvent{.type = "email_skipped", .text = why, .from = message.from.address, .subject = message.subject},
        cause);
    if (options_.tell) {
      options_.tell("mail of " + (message.from.address.empty() ? "nobody" : message.from.address) + " \"" + message.subject +
                    "\" was skipped: " + why);
    }
  }

  // ---- autopilot and people

  void answer_every_message(std::string text, std::chrono::milliseconds after) {
    const std::scoped_lock lock{mutex_};
    rule_ = AnswerRule{std::move(text), after};
  }

  void set_silence(AiSilence silence) {
    const std::scoped_lock lock{mutex_};
    desk_.set_silence(silence);
  }

  bool answer_newest(std::string text, std::chrono::milliseconds writing) {
    Question question;
    {
      const std::scoped_lock lock{mutex_};
      const auto* waiting = desk_.with_newest_message([&](const Session& s) { return desk_.ai_may_answer(s); });
      if (waiting == nullptr) return false;
      question.session = waiting->id;
    }
    if (writing.count() > 0) {
      world_.runtime.spawn("opencx AI", [self = shared_from_this(), question, rule = AnswerRule{std::move(text), writing}] {
        self->write_answer(question, rule);
      });
    } else {
      finish_answer(question, std::move(text));
    }
    return true;
  }

  bool hand_off(std::string summary) {
    return transact([&] {
      Session* session = desk_.with_newest_message([](const Session& s) { return s.is_open(); });
      if (session != nullptr) desk_.ai_hands_off(*session, std::move(summary));
      return session != nullptr;
    });
  }

  bool take_over(std::string_view agent_name, std::string_view contact_address) {
    return transact([&] {
      const Contact* contact = desk_.contact_by_email(contact_address);
      const auto& order = desk_.in_order();
      const auto newest = std::find_if(order.rbegin(), order.rend(), [&](const std::string& id) {
        return contact != nullptr && desk_.session(id)->contact == contact->id;
      });
      if (newest == order.rend()) return false;
      desk_.agent_takes_over(*desk_.session(*newest), std::string{agent_name}, 0);
      return true;
    });
  }

  /// One change of one session, which must be there and fulfil `may`: a text says why it does not.
  Done in_session(std::string_view id, const std::function<std::string(const Session&)>& may,
                  const std::function<void(Session&)>& change) {
    return transact([&]() -> Done {
      Session* session = desk_.session(id);
      if (session == nullptr) return fail("no session " + std::string{id});
      if (std::string problem = may(*session); !problem.empty()) return fail(std::move(problem));
      change(*session);
      return {};
    });
  }
  static std::string anything(const Session&) { return {}; }
  static std::string while_open(const Session& session) { return session.is_open() ? "" : "the session is " + session.status; }
  std::string while_ai_may_answer(const Session& session) const {
    if (desk_.ai_may_answer(session)) return {};
    if (session.is_open() && desk_.is_blocked(session)) return "the contact is blocked";
    return session.is_open() ? std::string{"the session is owned by "} + name_of(session.owner)
                             : "the session is " + session.status;
  }

  Done answer(std::string_view id, std::string text, std::chrono::milliseconds writing) {
    const Question question{std::string{id}};
    const auto may = [this](const Session& session) { return while_ai_may_answer(session); };
    if (writing.count() == 0) {
      return in_session(id, may, [&](Session& session) { desk_.ai_answers(session, std::move(text), 0); });
    }
    auto begun = in_session(id, may, [](Session&) {});
    if (begun) {
      world_.runtime.spawn("opencx AI", [self = shared_from_this(), question, rule = AnswerRule{std::move(text), writing}] {
        self->write_answer(question, rule);
      });
    }
    return begun;
  }

  Done say_nothing(std::string_view id) {
    return in_session(
        id, [this](const Session& s) { return while_ai_may_answer(s); }, [this](Session& s) { desk_.ai_says_nothing(s); });
  }
  Done hand_off(std::string_view id, std::string summary) {
    return in_session(id, while_open, [&](Session& session) { desk_.ai_hands_off(session, std::move(summary)); });
  }
  Done resolve(std::string_view id, bool is_assumed) {
    return in_session(
        id, [this](const Session& s) { return while_ai_may_answer(s); }, [&](Session& s) { desk_.ai_resolves(s, is_assumed); });
  }
  Done agent_takes_over(std::string_view id, std::string agent) {
    return in_session(id, while_open, [&](Session& session) { desk_.agent_takes_over(session, std::move(agent), 0); });
  }
  Done agent_hands_off(std::string_view id, std::string agent, std::string summary) {
    return in_session(id, anything, [&](Session& s) { desk_.agent_hands_off(s, std::move(agent), std::move(summary)); });
  }
  Done agent_hands_back(std::string_view id, std::string agent) {
    return in_session(id, while_open, [&](Session& session) { desk_.agent_hands_back(session, std::move(agent)); });
  }
  Done agent_writes(std::string_view id, std::string agent, std::string text, std::vector<AgentFile> files) {
    AgentMessage message{.text = std::move(text), .agent_name = std::move(agent)};
    for (auto& file : files) {
      message.files.push_back({{}, std::move(file.name), std::move(file.media_type), std::move(file.content)});
    }
    return in_session(id, anything, [&](Session& session) { desk_.agent_answers_in_inbox(session, std::move(message)); });
  }
  Done agent_notes(std::string_view id, std::string agent, std::string text) {
    return in_session(id, anything, [&](Session& s) { desk_.agent_notes(s, std::move(agent), std::move(text)); });
  }
  Done agent_closes(std::string_view id, std::string agent, bool is_resolved) {
    return in_session(id, while_open, [&](Session& session) {
      desk_.set_status(session, is_resolved ? "closed_resolved" : "closed_unresolved", "agent", 0, std::move(agent));
    });
  }
  Done agent_deletes(std::string_view id) {
    return in_session(id, anything, [&](Session& session) { desk_.agent_deletes(session); });
  }
  Done agent_reopens(std::string_view id, std::string agent) {
    const auto closed = [](const Session& s) { return std::string{s.is_open() ? "the session is open" : ""}; };
    return in_session(id, closed, [&](Session& session) { desk_.agent_reopens(session, std::move(agent)); });
  }
  Done merge_contacts(std::string_view duplicate_address, std::string_view into_address) {
    return transact([&]() -> Done {
      Contact* duplicate = desk_.contact_by_email(duplicate_address);
      Contact* into = desk_.contact_by_email(into_address);
      if (duplicate == nullptr) return fail("no contact " + std::string{duplicate_address});
      if (into == nullptr) return fail("no contact " + std::string{into_address});
      if (duplicate == into) return fail(std::string{"they are one contact already"});
      desk_.merge_contacts(*duplicate, *into);
      return {};
    });
  }

  // ---- what checks read

  std::vector<SessionView> sessions() {
    const std::scoped_lock lock{mutex_};
    std::vector<SessionView> views;
    for (const auto& id : desk_.in_order())
      if (const Session& session = *desk_.session(id); !session.is_deleted) views.push_back(view(session));
    return views;
  }

  std::optional<SessionView> session(std::string_view id) {
    const std::scoped_lock lock{mutex_};
    const Session* found = desk_.session(id);
    return found == nullptr ? std::nullopt : std::optional(view(*found));
  }

  std::optional<SessionView> newest_session() {
    const std::scoped_lock lock{mutex_};
    return desk_.in_order().empty() ? std::nullopt : std::optional(view(*desk_.session(desk_.in_order().back())));
  }

  std::vector<std::string> violations() const { return gate_.violations(); }

 private:
  /// A task to start once the lock is gone.
  using Start = std::pair<std::string, std::function<void()>>;

  /// Runs `change` under the lock, files what it wants done, and starts the tasks for it.
  template <class Change>
  std::invoke_result_t<Change> transact(Change change) {
    std::vector<Start> starts;
    auto result = [&] {
      const std::scoped_lock lock{mutex_};
      auto outcome = change();
      file_todo(starts);
      return outcome;
    }();
    for (auto& [name, task] : starts) world_.runtime.spawn(std::move(name), std::move(task));
    return result;
  }

  void file_todo(std::vector<Start>& starts) {
    Todo todo = desk_.todo();
    const auto file = [&](auto& lanes, auto item, const char* name, void (Impl::*work)(const std::string&)) {
      const std::string lane = item.session;
      const auto pushed = lanes.push(lane, std::move(item));
      using Pushed = typename std::decay_t<decltype(lanes)>::Pushed;
      if (pushed == Pushed::full) gate_.note(std::string{name} + ": too many wait for session " + lane);
      if (pushed == Pushed::start) starts.emplace_back(name, [self = shared_from_this(), work, lane] { ((*self).*work)(lane); });
    };
    gather_handoffs(todo.events);
    for (auto& event : todo.events) file(events_, std::move(event), "opencx webhooks", &Impl::work_off_events);
    for (auto& mail : todo.mails) file(mails_, std::move(mail), "opencx mail", &Impl::work_off_mails);
    for (auto& mail : todo.bulk) {
      starts.emplace_back("opencx mail", [self = shared_from_this(), mail = std::move(mail)] { self->deliver_bulk(mail); });
    }
    if (!rule_) return;
    for (auto& question : todo.asked) {
      starts.emplace_back("opencx AI",
                          [self = shared_from_this(), question, rule = *rule_] { self->write_answer(question, rule); });
    }
  }

  /// Takes the handoffs' webhooks that are to go out together out of `events`, and puts the one of all in when the last has come.
  void gather_handoffs(std::vector<Event>& events) {
    for (auto event = events.begin(); event != events.end();) {
      if (gathered_.size() >= handoffs_to_gather_ || event->type != "conversation.handoff_to_human") {
        ++event;
        continue;
      }
      gathered_.push_back(*event);
      if (gathered_.size() < handoffs_to_gather_) {
        event = events.erase(event);
        continue;
      }
      auto all = Json::array();
      for (const Event& one : gathered_) {
        const auto told = parse_json(one.body);
        for (const Json& data : member(*told, "data")) all.push_back(data);
      }
      event->body = dump_json(events::envelope(event->type, std::move(all)));
      gathered_.clear();
      handoffs_to_gather_ = 0;
    }
  }

  // ---- tasks

  void write_answer(const Question& question, const AnswerRule& answer) {
    world_.runtime.sleep_for(answer.after);
    finish_answer(question, answer.text);
  }

  void finish_answer(const Question& question, std::string text) {
    if (closed_) return;
    transact([&] {
      if (Session* found = desk_.session(question.session)) desk_.ai_answers(*found, std::move(text), question.entry);
      return true;
    });
  }

  void work_off_events(const std::string& lane) {
    while (auto event = events_.next(lane)) deliver(*event);
  }

  void deliver(const Event& event) {
    for (std::size_t tries = 0;; ++tries) {
      if (closed_) return;
      const auto response =
          world_.transport.send(webhook_request(options_, behaviour(), event, world_.runtime.now()), {kWebhookTimeout});
      if (closed_ || (response && response->status >= 200 && response->status < 300)) return;
      if (tries == kWebhookRetries.size()) return note(event.session, "webhook_given_up", event.type, event.cause);
      world_.runtime.sleep_for(kWebhookRetries[tries]);
    }
  }

  void work_off_mails(const std::string& lane) {
    while (auto mail = mails_.next(lane)) deliver(*mail);
  }

  void deliver(const OutgoingMail& outgoing) {
    if (closed_) return;
    const auto envelope = envelope_of(outgoing);
    if (!envelope) return note(outgoing.session, "email_not_delivered", "the contact was deleted", outgoing.cause);
    for (std::size_t tries = 0;; ++tries) {
      const auto delivery = mail_.send(*envelope);
      if (closed_) return;
      if (delivery.accepted()) return remember_sent(outgoing);
      const std::string what =
          delivery.code == 0 ? "no answer: " + delivery.text : std::to_string(delivery.code) + " " + delivery.text;
      const bool is_refused = delivery.code >= 500;
      if (is_refused || tries == kMailRetries.size()) return note(outgoing.session, "email_not_delivered", what, outgoing.cause);
      note(outgoing.session, "email_deferred", what, outgoing.cause);
      world_.runtime.sleep_for(kMailRetries[tries]);
      if (closed_) return;
    }
  }

  /// The same bytes for each try; nullopt when the contact was deleted meanwhile.
  std::optional<mail::Envelope> envelope_of(const OutgoingMail& outgoing) {
    mail::Message message{.from = {}};
    {
      const WallTime now = world_.runtime.now();
      const std::scoped_lock lock{mutex_};
      const Session& session = *desk_.session(outgoing.session);
      const Contact* contact = desk_.contact(session.contact);
      if (contact == nullptr) return std::nullopt;
      message = outgoing_message(session, *contact, outgoing, now);
    }
    return mail::Envelope{message.from.address, {message.to.front().address}, mail::compose(message), outgoing.cause};
  }

  /// A mail of no session: one try (what becomes of it cannot be asked for).
  void deliver_bulk(const BulkMail& bulk) {
    if (bulk.delay.count() > 0) world_.runtime.sleep_for(bulk.delay);
    if (closed_) return;
    mail::Message message{.from = {bulk.sender_name, bulk.from}};
    message.to = {{"", bulk.to}};
    message.subject = bulk.subject;
    message.message_id = bulk.message_id;
    message.date = world_.runtime.now();
    message.html = bulk.html;
    message.text = text_of_html(bulk.html);
    if (bulk.cause != 0) message.other_headers = {{"traceparent", traceparent(bulk.cause)}};
    mail_.send({bulk.from, {bulk.to}, mail::compose(message), bulk.cause});
  }

  void remember_sent(const OutgoingMail& outgoing) {
    const std::scoped_lock lock{mutex_};
    desk_.session(outgoing.session)->thread.push_back(outgoing.message_id);
  }

  void note(const std::string& session, const char* type, std::string text, std::uint64_t cause) {
    const std::scoped_lock lock{mutex_};
    desk_.note(*desk_.session(session), type, std::move(text), cause);
  }

  SessionView view(const Session& session) {
    const Contact* contact = desk_.contact(session.contact);
    SessionView view{session.id,
                     session.ticket_number,
                     contact == nullptr ? "" : contact->email,
                     session.support_address,
                     session.status,
                     name_of(session.owner),
                     session.handoff.has_value(),
                     session.custom_data,
                     {},
                     session.thread,
                     session.last_contact_message};
    for (const auto& item : session.history) {
      HistoryEvent event{item.id, item.type, item.sender_type, item.sender_name, item.text, {}, item.at, {}};
      for (const auto& file : item.files) {
        event.attachment_names.push_back(file.name);
        event.files.push_back({file.name, file.media_type, file.content.size(), hex(sha256(file.content))});
      }
      view.history.push_back(std::move(event));
    }
    return view;
  }

  const PlatformOptions options_;
  Surroundings world_;
  mail::MailTransport& mail_;
  Gate gate_;
  std::atomic<bool> closed_ = false;

  mutable std::mutex mutex_;  // guards everything below
  Desk desk_;
  std::optional<AnswerRule> rule_{};
  std::size_t handoffs_to_gather_ = 0;
  std::vector<Event> gathered_{};
  Lanes<Event> events_{};
  Lanes<OutgoingMail> mails_{};
};

Platform::Platform(PlatformOptions options, Surroundings surroundings, mail::MailTransport& mail)
    : impl_(std::make_shared<Impl>(std::move(options), surroundings, mail)) {}
Platform::~Platform() { impl_->close(); }

http::Reply Platform::handle(const http::Request& request) { return impl_->handle(request); }
std::vector<std::string> Platform::operations(const http::Request& request) const {
  const auto called = Description::embedded().find(request);
  return called ? std::vector{called->operation->name} : std::vector<std::string>{};
}
std::vector<std::string> Platform::operation_names() { return Description::embedded().names(); }
void Platform::behave(Behaviour behaviour) { impl_->behave(behaviour); }
void Platform::gather_handoffs(std::size_t count) { impl_->gather_handoffs(count); }
mail::Reply Platform::receive(const mail::Envelope& envelope) { return impl_->receive(envelope); }
void Platform::answer_every_message(std::string text, std::chrono::milliseconds after) {
  impl_->answer_every_message(std::move(text), after);
}
bool Platform::answer(std::string text, std::chrono::milliseconds writing) {
  return impl_->answer_newest(std::move(text), writing);
}
bool Platform::hand_off(std::string summary) { return impl_->hand_off(std::move(summary)); }
void Platform::set_silence(AiSilence silence) { impl_->set_silence(silence); }
bool Platform::take_over(std::string_view agent_name, std::string_view contact_address) {
  return impl_->take_over(agent_name, contact_address);
}
Platform::Done Platform::answer(std::string_view session, std::string text, std::chrono::milliseconds writing) {
  return impl_->answer(session, std::move(text), writing);
}
Platform::Done Platform::say_nothing(std::string_view session) { return impl_->say_nothing(session); }
Platform::Done Platform::hand_off(std::string_view session, std::string summary) {
  return impl_->hand_off(session, std::move(summary));
}
Platform::Done Platform::resolve(std::string_view session, bool is_assumed) { return impl_->resolve(session, is_assumed); }
Platform::Done Platform::agent_takes_over(std::string_view session, std::string agent) {
  return impl_->agent_takes_over(session, std::move(agent));
}
Platform::Done Platform::agent_hands_off(std::string_view session, std::string agent, std::string summary) {
  return impl_->agent_hands_off(session, std::move(agent), std::move(summary));
}
Platform::Done Platform::agent_hands_back(std::string_view session, std::string agent) {
  return impl_->agent_hands_back(session, std::move(agent));
}
Platform::Done Platform::agent_writes(std::string_view session, std::string agent, std::string text,
                                      std::vector<AgentFile> files) {
  return impl_->agent_writes(session, std::move(agent), std::move(text), std::move(files));
}
Platform::Done Platform::agent_notes(std::string_view session, std::string agent, std::string text) {
  return impl_->agent_notes(session, std::move(agent), std::move(text));
}
Platform::Done Platform::agent_closes(std::string_view session, std::string agent, bool is_resolved) {
  return impl_->agent_closes(session, std::move(agent), is_resolved);
}
Platform::Done Platform::agent_deletes(std::string_view session) { return impl_->agent_deletes(session); }
Platform::Done Platform::agent_reopens(std::string_view session, std::string agent) {
  return impl_->agent_reopens(session, std::move(agent));
}
Platform::Done Platform::merge_contacts(std::string_view duplicate_address, std::string_view into_address) {
  return impl_->merge_contacts(duplicate_address, into_address);
}
std::vector<SessionView> Platform::sessions() const { return impl_->sessions(); }
std::optional<SessionView> Platform::session(std::string_view id) const { return impl_->session(id); }
std::optional<SessionView> Platform::newest_session() const { return impl_->newest_session(); }
std::vector<std::string> Platform::violations() const { return impl_->violations(); }

}  // namespace casewire::sim::opencx
