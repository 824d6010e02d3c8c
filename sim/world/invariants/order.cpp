#include <map>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// A rep's replies on one Case arrive in the order in which they were written.
std::vector<Find> order_is_kept(const History& history) {
  std::vector<Find> out;
  std::map<std::string, std::uint64_t> last_on_case;
  for (const Utterance& reply : history.rep_replies) {
    const auto mail = std::find_if(history.mails.begin(), history.mails.end(), [&](const Mail& m) {
      return m.entry > reply.entry && is_outbound(history, m) && says(m.text, reply.text);
    });
    if (mail == history.mails.end()) continue;
    std::uint64_t& last = last_on_case[reply.place];
    if (mail->entry < last) out.push_back({"the reply " + quoted(reply.text) + " overtook an earlier one", mail->entry});
    last = std::max(last, mail->entry);
  }
  return out;
}

}  // namespace

const Invariant rows::kOrder{.id = "I4",
                             .title = "Order is kept",
                             .shown = "The replies on one Case arrive in the order in which they were written.",
                             .source = "every reader expects it",
                             .make_judge = [] { return Judge(order_is_kept); }};

}  // namespace casewire::sim
