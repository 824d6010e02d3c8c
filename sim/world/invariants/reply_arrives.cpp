#include <map>
#include <set>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

bool case_is_deleted(const History& history, const Utterance& reply) {
  const auto story = history.case_stories.find(reply.place);
  return story != history.case_stories.end() && story->second.is_gone && story->second.merged_into.empty();
}

/// Each conversation that names the Case was deleted in the Inbox.
bool conversations_are_deleted(const History& history, const Utterance& reply) {
  bool has_one = false;
  for (const auto& [session, cases] : history.cases_of_session) {
    const bool names_it = std::any_of(cases.begin(), cases.end(), [&](const auto& named) {
      return history.surviving(named.first) == history.surviving(reply.place);
    });
    if (names_it && !history.deleted_sessions.contains(session)) return false;
    has_one = has_one || names_it;
  }
  return has_one;
}

/// Another bridge may believe OpenCX that a message cannot be taken, if it says so on the Case.
bool is_refused_and_told(const History& history, const Utterance& reply) {
  if (history.bridge_is_ours) return false;
  std::uint64_t refused_at = 0;
  for (const Call& call : history.calls) {
    const bool is_send = call.to == "opencx" && call.method == "POST" && call.target.ends_with("/send");
    if (is_send && call.is_refused && call.entry > reply.entry && refused_at == 0) refused_at = call.entry;
  }
  return refused_at != 0 &&
         std::any_of(history.texts_by_bridge.begin(), history.texts_by_bridge.end(), [&](const CaseText& text) {
           return text.entry > refused_at && history.surviving(text.case_id) == history.surviving(reply.place);
         });
}

/// Nobody can send what was deleted with its Case, or where its conversation was; that it was is told.
bool has_nowhere_to_go(const History& history, const Utterance& reply) {
  if (is_refused_and_told(history, reply)) return true;
  return (case_is_deleted(history, reply) || conversations_are_deleted(history, reply)) && is_visibly_parked(history);
}

// Every public reply of a rep reaches the customer it was written to, as often as it was written.
std::vector<Find> no_reply_is_lost(const History& history) {
  std::vector<Find> out;
  std::map<std::pair<std::string, std::string>, std::size_t> written;
  for (const Utterance& reply : history.rep_replies) {
    // Without a word nothing is to be read in a mail; a file that it has is asked for by I13.
    if (reply.text.empty() || is_before_our_part(history, reply) || was_withdrawn_at_once(reply)) continue;
    const std::string to = addressee(history, reply);
    const std::size_t wanted = ++written[{to, reply.text}];
    const auto first = std::find_if(history.rep_replies.begin(), history.rep_replies.end(), [&](const Utterance& same) {
      return same.text == reply.text && addressee(history, same) == to;
    });
    std::set<std::string> arrived;
    for (const Mail& mail : history.mails) {
      const bool is_hers = to.empty() || mail.to == to;
      if (mail.entry > first->entry && is_hers && is_outbound(history, mail) && says(mail.text, reply.text)) {
        arrived.insert(mail.message_id);
      }
    }
    if (arrived.size() < wanted && !has_nowhere_to_go(history, reply)) {
      const std::string reached = arrived.empty()
                                      ? " never reached the customer"
                                      : " was written " + times(wanted) + " and reached the customer " + times(arrived.size());
      out.push_back({"the rep's reply " + quoted(reply.text) + reached, reply.entry});
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kReplyArrives{
    .id = "I1",
    .title = "No public reply of a rep is lost",
    .shown =
        "Each outgoing EmailMessage row of a rep (Status 3, not transmitted by Salesforce itself) is followed by "
        "an accepted mail that holds its text, to the customer the Case is with; replies of one text by as many "
        "mails. One that was deleted with its Case before it was sent, or whose conversation was deleted in the Inbox, is told of instead; so may be, by another bridge, on the Case, one that OpenCX refuses. Not "
        "meant: what its author deleted within a minute, one without a word, and what stood on a Case that somebody else has opened before anything of a conversation stood there. Before it is judged, up to 15 minutes pass, so that a sweep had its turn.",
    .source = "the page: a rep's reply reaches the customer",
    .is_awaited = true,
    .make_judge = [] { return Judge(no_reply_is_lost); }};

}  // namespace casewire::sim
