#include <map>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// One thread, one From address: each mail to the customer answers a mail of hers or one she got, from the address she wrote to.
std::vector<Find> one_thread_one_from(const History& history) {
  std::vector<Find> out;
  std::map<std::string, std::string> support_address_of_thread;  // by message id: whom the thread was opened with
  for (const Mail& mail : history.mails) {
    if (!mail.accepted) continue;
    if (history.customer_addresses.contains(mail.from)) {
      const auto known = support_address_of_thread.find(mail.in_reply_to);
      support_address_of_thread[mail.message_id] = known == support_address_of_thread.end() ? mail.to : known->second;
      continue;
    }
    if (!is_outbound(history, mail)) continue;
    const auto thread = support_address_of_thread.find(mail.in_reply_to);
    if (thread == support_address_of_thread.end()) {
      out.push_back({"the mail " + quoted(mail.subject) + " to " + mail.to + " answers no mail of its thread", mail.entry});
      continue;
    }
    if (mail.from != thread->second) {
      out.push_back({"the thread with " + thread->second + " was continued from " + mail.from, mail.entry});
    }
    support_address_of_thread[mail.message_id] = thread->second;
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
