// What reps wrote, and what of it reached the customer.

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/evidence/weighing/reading.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

/// As much of the reply as is told from others: a signature, or what was cut off, need not have come along.
std::string beginning_of(const Written& reply) {
  constexpr std::size_t kToldApart = 16;
  const std::string text = string_member(reply.record->fields, "TextBody");
  std::string letters;
  for (const std::string_view line : split(text, '\n')) {
    letters += letters_of(line);
    if (letters.size() >= kToldApart) break;
  }
  return letters.size() >= kWordsByChance ? letters : std::string();
}

/// A mail that may be the reply and that the invariant did not count: it is dated before, quotes it, has it in part, or does not say that it went to her.
std::string mail_with(const Story& story, const Written& reply) {
  if (std::string mail = mail_before(story, reply); !mail.empty()) return mail;
  const std::string beginning = beginning_of(reply);
  for (const sim::Entry& entry : story.entries) {
    const auto* mail = entry.as<sim::MailPassage>();
    if (mail == nullptr || entry.sequence < reply.entry->sequence || !is_in_material(story, entry) ||
        story.customers.contains(lowercase(mail->from)))
      continue;
    const std::string where = story.origins.at(entry.sequence).text(), text = whole_text(story, entry);
    const bool has_words = text.find(reply.text) != std::string::npos;
    if (has_words && !is_to(*mail, reply.customer)) return where + " holds its words and does not say that it went to her";
    if (has_words && sim::folded(mail->text).find(reply.text) == std::string::npos) return where + " quotes it";
    if (!has_words && !beginning.empty() && letters_of(text).find(beginning) != std::string::npos)
      return where + " begins as it does, and has not all of its words";
  }
  return {};
}

const Written* reply_at(const std::vector<Written>& replies, const sim::Violation& violation) {
  const auto reply =
      std::find_if(replies.begin(), replies.end(), [&](const Written& one) { return one.entry->sequence == violation.entry; });
  return reply == replies.end() ? nullptr : &*reply;
}

std::string doubt_about_sending(const Story& story, const Written& reply) {
  const auto row = story.rows.find(reply.record->id);
  if (row == story.rows.end() || !story.testimony.is_exported("EmailMessage", row->first)) return {};
  if (truth(member(row->second.fields, "IsDeleted"))) return "when " + row->second.origin.text() + " was deleted is not in it";
  return row->second.fields.contains("Status") ? std::string() : silence_about(row->second, "Status") + ": it may be a draft";
}

/// Without the lines that are marked as somebody else's, whatever announces them.
std::string unmarked(const std::string& text) {
  std::string own;
  for (const std::string_view line : split(text, '\n')) {
    if (!trimmed(line).starts_with('>')) own.append(line).append("\n");
  }
  return sim::folded(own);
}

bool came_before(const Story& story, const std::string& words, const sim::Entry& mail) {
  return std::any_of(story.entries.begin(), story.entries.end(), [&](const sim::Entry& entry) {
    const auto* earlier = entry.as<sim::MailPassage>();
    return earlier != nullptr && entry.sequence < mail.sequence && sim::folded(earlier->text).find(words) != std::string::npos;
  });
}

/// Whether the mail says a reply again, or has it there from the first time.
Weight weigh_saying(const Story& story, const sim::Entry& mail) {
  const std::string& text = mail.as<sim::MailPassage>()->text;
  const std::string where = story.origins.at(mail.sequence).text(), all = sim::folded(text), own = unmarked(text);
  std::string again;  // the longest of those that she had before
  bool has_another = false;
  for (const Written& reply : replies_of(story)) {
    if (all.find(reply.text) == std::string::npos) continue;
    const bool is_again = came_before(story, reply.text, mail);
    has_another = has_another || !is_again;
    if (is_again && reply.text.size() > again.size()) again = reply.text;
  }
  if (again.empty() || own.find(again) == std::string::npos) return unknown(where + " may quote it");
  if (again.size() < kWordsByChance) return unless("so few words stand in other texts by chance");
  if (has_another) return unless(where + " brings another reply, and may quote this one");
  return unless(story.testimony.doubt_of_rows("EmailMessage"));
}

}  // namespace

Weight weigh_reply_lost(const Story& story, const sim::Violation& violation) {
  const auto replies = replies_of(story);
  const Written* reply = reply_at(replies, violation);
  if (reply == nullptr) return proved();
  if (std::string doubt = doubt_about_sending(story, *reply); !doubt.empty()) return unknown(doubt);
  const std::string to = string_member(reply->record->fields, "ToAddress");
  if (!to.empty() && !reply->customer.empty() && lowercase(to).find(reply->customer) == std::string::npos)
    return unknown(story.origins.at(violation.entry).text() + " went to " + to);
  if (std::string mail = mail_with(story, *reply); !mail.empty()) return unknown(mail);
  return unless(story.testimony.doubt_of_arrival(reply->customer, reply->entry->at));
}

std::string reply_lost_left_open(const Story& story) {
  if (std::string doubt = story.testimony.doubt_of_rows("EmailMessage"); !doubt.empty()) return doubt;
  for (const Written& reply : replies_of(story)) {
    if (std::string doubt = doubt_about_sending(story, reply); !doubt.empty()) return doubt;
    if (reply.text.empty()) return "what the reply of " + story.origins.at(reply.entry->sequence).text() + " says is not in it";
    if (!story.testimony.has_mail_of(reply.customer)) return "her mailbox would show all that she got";
  }
  return {};
}

Weight weigh_reply_twice(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  if (entry.as<sim::MailPassage>() == nullptr) return {Weight::Kind::other, {}};
  if (!is_in_material(story, entry)) return unless("OpenCX says so twice, and no mailbox of hers shows that both were mailed");
  return weigh_saying(story, entry);
}

std::string reply_twice_left_open(const Story& story) {
  if (std::string doubt = story.testimony.doubt_of_rows("EmailMessage"); !doubt.empty()) return doubt;
  for (const Written& reply : replies_of(story)) {
    if (std::string doubt = story.testimony.doubt_of_mailbox(reply.customer, reply.entry->at); !doubt.empty()) return doubt;
    if (std::string mail = mail_before(story, reply); !mail.empty()) return mail;
  }
  return {};
}

Weight weigh_order(const Story& story, const sim::Violation& violation) {
  const bool is_seen = is_in_material(story, entry_of(story, violation));
  return is_seen ? proved() : unless("only OpenCX says in which order they were sent");
}

}  // namespace casewire::scenarios
