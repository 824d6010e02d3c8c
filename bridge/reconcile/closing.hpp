#pragma once
// When a Case is closed its sessions are closed too.

#include <string>
#include <vector>

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

struct ClosedCase {
  std::string id;
  std::string closed_at;  ///< ClosedDate as Salesforce wrote it
};

/// Sets the Case's sessions to resolved, once per closing, and once more after each reply that opened one again. A session with words of
/// the contact that are on no Case yet is not closed under her hands (F79): its own job finds a place for them, and the closing waits
/// for it. `links` are the Case's.
Stopped close_sessions(const Context& context, const Job& job, const ClosedCase& closed, const std::vector<Link>& links);

/// The closed Case that waits for this session's words, once all of them have their place: it may be closed now. Nullopt: none waits.
std::optional<std::string> closing_that_waits(const Context& context, const std::string& session_id,
                                              const std::vector<opencx::HistoryItem>& history);
/// Commit it with the hint for that Case.
Mark closing_goes_on(const std::string& session_id);

/// Committed with a courtesy of the contact (cases/courtesy.hpp) that was put on a closed Case: her mail has opened the session again.
Mark close_again(const std::string& session_id, const std::string& case_id);
/// Closes it, if it is to be closed again.
Stopped close_what_courtesy_opened(const Context& context, const Job& job, const std::string& session_id);

}  // namespace casewire::bridge
