#include <map>
#include <optional>
#include <set>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// Nothing is doubled, towards the customer or on a Case.
std::vector<Find> nothing_is_doubled(const History& history) {
  std::vector<Find> out;
  std::set<std::pair<std::string, std::string>> seen;
  for (const Utterance& reply : history.rep_replies) {
    const std::string to = addressee(history, reply);
    if (reply.text.empty() || !seen.insert({to, reply.text}).second) continue;
    const auto written = count_where(history.rep_replies, [&](const Utterance& r) {
      const std::string hers = addressee(history, r);
      return contains(r.text, reply.text) && (to.empty() || hers.empty() || hers == to);
    });
    std::set<std::string> ids;
    std::optional<std::uint64_t> one_too_many;
    for (const Mail& mail : history.mails) {
      if (!is_outbound(history, mail) || mail.entry < reply.entry || !contains(mail.text, reply.text)) continue;
      if (!to.empty() && mail.to != to) continue;  // I7 judges that
      // Short words such as "Yes." are said again.
      if (const auto* own = own_words_of_opencx(history, mail); own && contains(own->text, reply.text)) continue;
      // The same mail delivered again (its sender saw no answer) is one mail to every mailbox.
      if (ids.insert(mail.message_id).second && ids.size() > written && !one_too_many) one_too_many = mail.entry;
    }
    if (one_too_many) out.push_back({"the customer got the reply " + quoted(reply.text) + " more than once", *one_too_many});
  }

  std::map<std::pair<std::string, std::string>, std::size_t> written_on_case;
  for (const Utterance& comment : history.case_comments_by_bridge) {
    const std::size_t count = ++written_on_case[{comment.place, comment.text}];
    if (count < 2) continue;
    out.push_back({"the Case has the comment " + quoted(comment.text) + " " + std::to_string(count) + " times", comment.entry});
  }
  for (const SessionMoment& event : history.session_events) {
    if (!is_message(event) || event.sender != "contact" || event.text.size() < kSearchedBytesMin) continue;
    std::map<std::string, std::size_t> on_case;
    const auto said = count_where(history.session_events, [&](const SessionMoment& e) { return contains(e.text, event.text); });
    for (const Utterance& comment : history.case_comments_by_bridge) {
      if (!contains(comment.text, event.text) || ++on_case[comment.place] <= said) continue;
      const bool known = std::any_of(out.begin(), out.end(), [&](const Find& v) { return v.entry == comment.entry; });
      if (!known)
        out.push_back({"the customer's message " + quoted(event.text) + " stands on the Case more than once", comment.entry});
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kNothingTwice{
    .id = "I2",
    .title = "Nothing is doubled",
    .shown =
        "No reply reaches its customer in more mails (by Message-ID) than it was written to that customer, mails "
        "with the AI's or an Inbox agent's own words not counted; no comment of the bridge stands twice on a Case;"
        " no customer message stands on a Case more often than it was said.",
    .source = "every reader expects it",
    .make_judge = [] { return Judge(nothing_is_doubled); }};

}  // namespace casewire::sim
