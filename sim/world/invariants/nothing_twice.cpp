#include <optional>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// Towards the customer.
void replies_come_once(const History& history, std::vector<Find>& out) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const Utterance& reply : history.rep_replies) {
    const std::string to = addressee(history, reply);
    if (reply.text.empty() || !seen.insert({to, reply.text}).second) continue;
    const auto written = count_where(history.rep_replies, [&](const Utterance& r) {
      const std::string hers = addressee(history, r);
      return says(r.text, reply.text) && (to.empty() || hers.empty() || hers == to);
    });
    std::set<std::string> ids;
    std::optional<std::uint64_t> one_too_many;
    for (const Mail& mail : history.mails) {
      if (!is_outbound(history, mail) || mail.entry < reply.entry || !says(mail.text, reply.text)) continue;
      if (!to.empty() && mail.to != to) continue;  // I7 judges that
      // Short words such as "Yes." are said again.
      if (const auto* own = own_words_of_opencx(history, mail); own && says(own->text, reply.text)) continue;
      // The same mail delivered again (its sender saw no answer) is one mail to every mailbox.
      if (ids.insert(mail.message_id).second && ids.size() > written && !one_too_many) one_too_many = mail.entry;
    }
    if (one_too_many) out.push_back({"the customer got the reply " + quoted(reply.text) + " more than once", *one_too_many});
  }
}

/// How often each text was said to or by OpenCX: in a message, a summary, a quotation.
class Said {
 public:
  explicit Said(const History& history) : history_(history) {}
  std::size_t how_often(const std::string& text) {
    const auto [known, is_new] = counts_.try_emplace(text);
    if (is_new) known->second = count_where(history_.session_events, [&](const SessionMoment& e) { return says(e.text, text); });
    return known->second;
  }

 private:
  const History& history_;
  std::map<std::string, std::size_t> counts_;
};

// A customer may write the same words again, and then they stand twice.
void comments_stand_once(const History& history, Said& said, std::vector<Find>& out) {
  std::map<std::pair<std::string, std::string>, std::size_t> written;
  for (const Utterance& comment : history.case_comments_by_bridge) {
    const std::size_t count = ++written[{comment.place, comment.text}];
    if (count < 2) continue;
    std::size_t all = 0, said_again = 0;
    bool is_a_summary = false;
    for (const SessionMoment& event : history.session_events) {
      is_a_summary = is_a_summary || (event.type == "handoff" && says(comment.text, event.text));
      if (!is_message(event) || event.text.size() < kSearchedBytesMin || !says(comment.text, event.text)) continue;
      ++all;
      said_again += said.how_often(event.text) >= count ? 1 : 0;
    }
    if (all != 0 && said_again == all) continue;
    // What another bridge says of its own, such as that a file could not be copied, may be so again.
    if (!history.bridge_is_ours && all == 0 && !is_a_summary) continue;
    out.push_back({"the Case has the comment " + quoted(comment.text) + " " + std::to_string(count) + " times", comment.entry});
  }
}

void messages_stand_once(const History& history, Said& said, std::vector<Find>& out) {
  std::map<std::string, std::set<std::string>> cases_of;
  std::set<std::string> judged;
  for (const SessionMoment& event : history.session_events) {
    if (!is_message(event) || event.text.size() < kSearchedBytesMin) continue;
    const std::string customer = customer_of(history, event.session);
    if (customer.empty() || !judged.insert(customer + "\n" + event.text).second) continue;
    const auto [hers, is_new] = cases_of.try_emplace(customer);
    if (is_new) hers->second = history.cases_of(customer);
    // Another bridge may keep her mails as mails beside a transcript in comments.
    std::map<std::string, std::size_t> times_in;
    for (const CaseText& text : history.texts_by_bridge) {
      // A summary may hold her words.
      if (text.object == "Case" || !hers->second.contains(text.case_id) || !says(text.text, event.text)) continue;
      if (++times_in[history.bridge_is_ours ? std::string() : text.object] != said.how_often(event.text) + 1) continue;
      const bool known = std::any_of(out.begin(), out.end(), [&](const Find& find) { return find.entry == text.entry; });
      if (!known)
        out.push_back({"the message " + quoted(event.text) + " stands on Cases more often than it was said", text.entry});
    }
  }
}

void files_hang_once(const History& history, std::vector<Find>& out) {
  std::map<std::pair<std::string, std::string>, std::size_t> sent;  // by Case and digest
  std::map<std::string, std::set<std::string>> cases_of;
  for (const SessionMoment& event : history.session_events) {
    if (event.files.empty()) continue;
    const auto [hers, is_new] = cases_of.try_emplace(customer_of(history, event.session));
    if (is_new) hers->second = history.cases_of(hers->first);
    for (const FileSeen& file : event.files)
      for (const std::string& id : hers->second) ++sent[{id, file.sha256}];
  }
  // The same file may hang on a mail and on the Case of that mail.
  std::map<std::pair<std::string, std::string>, std::size_t> hang;
  for (const FileLink& link : history.files) {
    if (link.by_id != history.integration_user_id || link.case_id.empty()) continue;
    if (++hang[{link.place, link.file.sha256}] <= std::max<std::size_t>(sent[{link.case_id, link.file.sha256}], 1)) continue;
    out.push_back({"the bytes of the file " + link.file.name + " are on the Case more than once", link.entry});
  }
}

std::vector<Find> nothing_is_doubled(const History& history) {
  std::vector<Find> out;
  Said said(history);
  replies_come_once(history, out);
  comments_stand_once(history, said, out);
  messages_stand_once(history, said, out);
  files_hang_once(history, out);
  return out;
}

}  // namespace

const Invariant rows::kNothingTwice{
    .id = "I2",
    .title = "Nothing is doubled",
    .shown =
        "No reply reaches its customer in more mails (by Message-ID) than it was written to that customer, mails with the AI's or an "
        "Inbox agent's own words not counted. No message stands on Cases of its customer, all taken together, in more rows of the "
        "bridge than it was said: who says the same words twice is no double, and another bridge may have it in each kind of row. No comment of the bridge stands twice on a Case (of another bridge: that holds a message or a summary), and no file's bytes hang on it, or on a mail of it, more often than "
        "they were sent.",
    .source = "every reader expects it",
    .make_judge = [] { return Judge(nothing_is_doubled); }};

}  // namespace casewire::sim
