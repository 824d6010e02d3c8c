#pragma once
// What a rep does with a reply that has gone out already. The customer has it, so no second mail follows, and the rep is told on the Case
// what she has (F57). By the API a sent mail can only be deleted (Object Reference, "EmailMessage", Usage); a public comment that counts as a
// reply can be changed too.

#include <string>
#include <vector>

#include "bridge/reconcile/context.hpp"
#include "bridge/replies/selection.hpp"

namespace casewire::bridge {

/// What a row said when it was sent, where other words were sent with it: to be committed with the send's own entry.
LedgerEntry said_entry(const replies::Row& row, const std::string& session_id, std::string digest, WallTime now);

/// Notes on the Case for rows that were changed or deleted after they had gone out. May throw StoreFailure.
Stopped tell_of_afterthoughts(const Context& context, const Job& job, const std::string& case_id, const replies::Selection& rows);

/// Versions of sent rows that were looked at: the sweep need not tell of them again.
std::vector<Mark> seen_versions(const Context& context, const std::vector<replies::Row>& rows);

/// Whether a row that is deleted by now asks for nothing: it had never gone out, or the rep was told.
bool is_deletion_dealt_with(Store& store, const std::string& row_id);

}  // namespace casewire::bridge
