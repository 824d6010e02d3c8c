#pragma once
// Replies that are older than this process and that the ledger does not know: before one of them is sent, and before an unknown message
// of an agent becomes a comment, the bridge looks whether a former self has sent it (cases/former.hpp).

#include <vector>

#include "bridge/cases/former.hpp"
#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

/// Whether what is of that instant, by the vendor's clock, may be older than this process.
bool may_be_of_a_former_self(const Context& context, const Vendor& vendor, WallTime at);

/// Looks into the histories of these sessions, and takes what it finds into the ledger. True: it was sent.
Outcome<bool> was_sent_formerly(const Context& context, const Job& job, const cases::UnknownReply& reply,
                                const std::vector<Link>& links);

/// Outgoing replies on these Cases that the ledger does not know, oldest first.
Outcome<std::vector<cases::UnknownReply>> read_unknown_replies(const Context& context, const std::vector<std::string>& case_ids,
                                                               std::string_view trace);

}  // namespace casewire::bridge
