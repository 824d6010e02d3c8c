// In which conversation a mail stands.

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/evidence/weighing/reading.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

const sim::MailPassage* mail_called(const Story& story, const std::string& message_id) {
  if (message_id.empty()) return nullptr;
  for (const sim::Entry& entry : story.entries) {
    const auto* mail = entry.as<sim::MailPassage>();
    if (mail != nullptr && mail->message_id == message_id) return mail;
  }
  return nullptr;
}

/// Through what it answers, and what that answers, it comes to a mail of hers.
bool leads_to_her(const Story& story, const sim::MailPassage& mail) {
  constexpr int kLongest = 1'000;
  const sim::MailPassage* at = &mail;
  for (int steps = 0; at != nullptr && steps < kLongest; ++steps) {
    if (story.customers.contains(lowercase(at->from))) return true;
    at = mail_called(story, at->in_reply_to);
  }
  return false;
}

/// It brings what the AI, an agent or a rep said. Anybody may write to her, and support may write about something else.
bool brings_their_words(const Story& story, const sim::Entry& entry, const sim::MailPassage& mail) {
  if (entry.cause != 0) return true;
  const std::string text = sim::folded(mail.text);
  const auto replies = replies_of(story);
  return std::any_of(replies.begin(), replies.end(),
                     [&](const Written& reply) { return !reply.text.empty() && text.find(reply.text) != std::string::npos; });
}

}  // namespace

Weight weigh_conversation(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  const auto* mail = entry.as<sim::MailPassage>();
  if (mail == nullptr) return proved();
  if (!brings_their_words(story, entry, *mail)) {
    if (!is_in_material(story, entry) || !story.supports.contains(lowercase(mail->from)) ||
        story.automatic_mails.contains(mail->message_id))
      return {Weight::Kind::none, {}};
    return unknown("whether " + story.origins.at(entry.sequence).text() + " belongs to her conversation is not in it");
  }
  if (!is_in_material(story, entry)) return unknown("only mails as the customer has them show their thread");
  if (leads_to_her(story, *mail)) return proved();
  for (const std::string& reference : mail->references) {
    const sim::MailPassage* answered = mail_called(story, reference);
    if (answered != nullptr && leads_to_her(story, *answered)) return {Weight::Kind::none, {}};
  }
  if (!mail->in_reply_to.empty())
    return unknown("the mail that " + story.origins.at(entry.sequence).text() + " answers is not in it");
  const bool has_hers = std::any_of(story.entries.begin(), story.entries.end(), [&](const sim::Entry& earlier) {
    const auto* hers = earlier.as<sim::MailPassage>();
    return hers != nullptr && earlier.sequence < entry.sequence && is_in_material(story, earlier) &&
           story.customers.contains(lowercase(hers->from)) && is_to(*mail, hers->from);
  });
  return has_hers ? proved()
                  : unknown("no mail of hers that " + story.origins.at(entry.sequence).text() + " should answer is in it");
}

std::string conversation_left_open(const Story& story) {
  for (const Written& reply : replies_of(story)) {
    if (std::string doubt = story.testimony.doubt_of_mailbox(reply.customer, reply.entry->at); !doubt.empty()) return doubt;
  }
  return {};
}

}  // namespace casewire::scenarios
