#include "tests/soak/town.hpp"

#include <stdexcept>

#include "base/text/json.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"

namespace casewire::soak {
namespace {

constexpr const char* kSupport = "help@acme.test";

std::string bytes(Rng& rng) {
  constexpr std::uint64_t kMost = 20'000;
  std::string content;
  for (auto left = 1 + rng.below(kMost); left > 0; --left) content += static_cast<char>(rng.below(256));
  return content;
}

/// What people do always succeeds here, or the town is wrong about its world.
template <class Done>
void must(const Done& done, const char* what) {
  if (!done) throw std::runtime_error(std::string(what) + ": " + done.error());
}

}  // namespace

std::vector<Customer> inhabitants(std::size_t count) {
  std::vector<Customer> customers;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = std::to_string(i);
    customers.push_back({"Dana " + number, "dana" + number + "@example.test"});
  }
  return customers;
}

Town::Town(std::vector<Customer> customers, Pace pace, scenarios::Ring& ring, Rng& rng)
    : customers_(std::move(customers)),
      lives_(customers_.size()),
      longest_pause_(pace.longest_pause),
      ring_(ring),
      world_(ring.world()),
      rng_(rng) {
  for (std::size_t i = 0; i < customers_.size(); ++i) {
    lives_[i].acts_left = 2 + rng_.below(6);
    due_.push({milliseconds(rng_.below(static_cast<std::uint64_t>(pace.arrivals.count()) + 1)), i});
  }
}

std::optional<milliseconds> Town::next() const { return due_.empty() ? std::nullopt : std::optional(due_.top().first); }

void Town::live(milliseconds now) {
  while (!due_.empty() && due_.top().first <= now) {
    const std::size_t who = due_.top().second;
    due_.pop();
    ++acts_;
    if (const auto later = act(who)) due_.push({now + *later, who});
  }
}

/// Mostly a few seconds, now and then at once: into the very window in which a call is in doubt.
milliseconds Town::pause() {
  constexpr std::uint64_t kAtOnce = 300;
  const auto longest = static_cast<std::uint64_t>(longest_pause_.count());
  return milliseconds(rng_.below(4) == 0 ? rng_.below(kAtOnce) : kAtOnce + rng_.below(longest));
}

std::optional<milliseconds> Town::act(std::size_t who) {
  constexpr milliseconds kLook{1'000};
  constexpr int kLooksMax = 300;
  Life& life = lives_[who];
  switch (life.next) {
    case Next::first_mail:
      mail(who, false);
      ++conversations_;
      life.session = find_session(who);
      life.next = Next::hand_off;
      return pause();
    case Next::hand_off:
      // What she wrote in the second of the closing stands on the closed Case, and the conversation is closed with it: she writes anew.
      life.next =
          world_.platform().hand_off(life.session, "Summary for " + customers_[who].name) ? Next::find_case : Next::first_mail;
      return kLook;
    case Next::find_case:
      life.open_case = find_open_case(who);
      if (life.open_case.empty()) {
        if (++life.looks < kLooksMax) return kLook;
        without_case_.push_back(customers_[who].promises.back().token + " in session " + life.session);
        return std::nullopt;
      }
      life.looks = 0;
      life.next = Next::act;
      return pause();
    case Next::act:
      if (life.acts_left-- == 0) return std::nullopt;
      anything(who);
      return pause();
  }
  return std::nullopt;
}

void Town::anything(std::size_t who) {
  Life& life = lives_[who];
  auto& org = world_.org();
  const auto chance = rng_.below(100);
  if (life.was_closed && chance < 50) {
    // In the old thread or in a new one: people have the first, the AI hands off the second.
    life.was_closed = false;
    if (mail(who, chance < 25)) {
      life.next = Next::find_case;
    } else {
      ++conversations_;
      life.session = find_session(who);
      life.next = Next::hand_off;
    }
  } else if (chance < 45) {
    reply(who);
  } else if (chance < 68) {
    if (!life.was_closed) mail(who, true);
  } else if (chance < 76) {
    if (!life.was_closed) mail(who, false);
  } else if (chance < 84) {
    const auto& note = promise(who, To::nobody, false);
    must(org.comment(some_rep(), life.open_case, "Internal: " + note.token, false), "an internal comment");
  } else if (chance < 88) {
    must(org.update(some_rep(), life.open_case, {{"OwnerId", some_rep()}}), "a rep takes the Case");
  } else if (chance < 92 && !life.was_closed) {
    const auto& word = promise(who, To::both, false);
    must(world_.platform().agent_writes(life.session, "Ivy", "In the Inbox: " + word.token), "an agent's message");
  } else {
    must(org.update(some_rep(), life.open_case, {{"Status", "Closed"}}), "a rep closes the Case");
    life.was_closed = true;
  }
}

Promise& Town::promise(std::size_t who, To to, bool may_have_file) {
  auto& promises = customers_[who].promises;
  promises.push_back({.token = token(who, promises.size()), .to = to});
  Promise& made = promises.back();
  if (may_have_file && rng_.below(5) == 0) {
    made.file = "file-" + std::to_string(who) + "-" + std::to_string(promises.size()) + ".bin";
    made.content = bytes(rng_);
  }
  return made;
}

bool Town::mail(std::size_t who, bool as_answer) {
  const Customer& customer = customers_[who];
  const Promise& words = promise(who, To::the_case, true);
  const auto now = ring_.now();
  sim::mail::Message message;
  message.from = {customer.name, customer.address};
  message.message_id = alphanumeric(rng_, 20) + "@example.test";
  message.date = now;
  message.text = "Where is my lamp? " + words.token;
  auto& mailbox = world_.exchange().mailbox(customer.address);
  const auto received = mailbox.received();
  const bool in_thread = as_answer && !received.empty();
  if (in_thread) {
    scenarios::answer_to(received.back(), customer.address, message);
  } else {
    message.to = {{"", kSupport}};
    message.subject = "Lamp " + words.token.substr(1, 7);
  }
  if (!words.file.empty()) message.attachments.push_back({.name = words.file, .content = words.content});
  mailbox.sent(message, now);
  sim::mail::Envelope envelope{customer.address, {}, sim::mail::compose(message)};
  for (const auto& to : message.to) envelope.recipients.push_back(to.address);
  const auto delivery = world_.mail().send(envelope);
  if (!delivery.accepted()) throw std::runtime_error("a customer's mail was refused: " + delivery.text);
  return in_thread;
}

void Town::reply(std::size_t who) {
  Promise& words = promise(who, To::the_mailbox, true);
  words.said_on = lives_[who].open_case;
  sim::salesforce::RepMail mail{.text = "It is on its way. " + words.token};
  if (!words.file.empty()) mail.files.push_back({words.file, words.content});
  must(world_.org().reply(some_rep(), words.said_on, mail), "a rep's reply");
}

/// Of the newest mail: nobody else acts meanwhile.
std::string Town::find_session(std::size_t who) const {
  std::string newest;
  std::size_t at = 0;
  for (const auto& session : world_.platform().sessions()) {
    if (session.contact_address != customers_[who].address || session.last_contact_message < at) continue;
    at = session.last_contact_message;
    newest = session.id;
  }
  if (newest.empty()) throw std::runtime_error("a customer's mail opened no conversation");
  return newest;
}

std::string Town::find_open_case(std::size_t who) const {
  const auto rows =
      world_.org().query("SELECT Id FROM Case WHERE IsClosed = false AND SuppliedEmail = '" + customers_[who].address + "'");
  if (!rows) throw std::runtime_error("the Cases cannot be read");
  return rows->empty() ? std::string() : string_member(rows->front(), "Id");
}

const std::string& Town::some_rep() {
  const auto& reps = world_.rep_ids();
  return std::next(reps.begin(), static_cast<std::ptrdiff_t>(rng_.below(reps.size())))->second;
}

}  // namespace casewire::soak
