#include <map>
#include <set>
#include <string>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

std::string joined(const std::set<std::string>& addresses) {
  std::string all;
  for (const std::string& one : addresses) all += (all.empty() ? "" : " and ") + one;
  return all;
}

// One thread, one From address: each mail to the customer answers a mail of hers or one she got, from the address she wrote to. Who has written to
// somebody else with the same mail is answered by the one of them that is support.
std::vector<Find> one_thread_one_from(const History& history) {
  std::vector<Find> out;
  std::map<std::string, std::set<std::string>> addressees_of_thread;  // by message id: whom the thread was opened with
  for (const Mail& mail : history.mails) {
    if (!mail.accepted) continue;
    if (history.customer_addresses.contains(mail.from)) {
      const auto known = addressees_of_thread.find(mail.in_reply_to);
      if (known == addressees_of_thread.end()) {
        addressees_of_thread[mail.message_id].insert(mail.to);
      } else {
        addressees_of_thread[mail.message_id] = known->second;
      }
      continue;
    }
    if (!is_outbound(history, mail)) continue;
    const auto thread = addressees_of_thread.find(mail.in_reply_to);
    if (thread == addressees_of_thread.end()) {
      out.push_back({"the mail " + quoted(mail.subject) + " to " + mail.to + " answers no mail of its thread", mail.entry});
      continue;
    }
    if (!thread->second.contains(mail.from)) {
      out.push_back({"the thread with " + joined(thread->second) + " was continued from " + mail.from, mail.entry});
    }
    addressees_of_thread[mail.message_id] = thread->second;
  }
  return out;
}

}  // namespace

const Invariant rows::kOneThread{
    .id = "I5",
    .title = "One thread, one From",
    .shown =
        "Each mail to the customer answers a mail of its thread, and comes from the address the thread was opened "
        "with.",
    .source = "the page: the conversation goes on in the same thread",
    .make_judge = [] { return Judge(one_thread_one_from); }};

}  // namespace casewire::sim
