#pragma once
// A row that does not go to the customer leaves a line in the log and a reason in the ledger, once for each of its versions: a draft may
// be sent later. The sweep tells by it that the row was looked at.

#include <string>
#include <vector>

#include "bridge/reconcile/context.hpp"
#include "bridge/replies/selection.hpp"

namespace casewire::bridge {

/// May throw StoreFailure.
void note_refusals(const Context& context, const std::string& case_id, const std::vector<replies::RefusedRow>& refused);

/// Whether a job has dealt with that version of a row: it was sent since, or refused.
bool is_dealt_with(const Context& context, const std::string& row_id, const std::string& version);

}  // namespace casewire::bridge
