#pragma once
// Which sessions are the bridge's business: those that were handed off, those that are on a Case, those of a contact who was on one, and
// those of mail servers, which may tell what did not reach one. A contact who writes again before her Case is closed stays on it, also
// with a new mail that the AI keeps (F72). That she ever had a Case is remembered in the store, so that the AI's own conversations cost
// no call to either side.

#include <string>

#include "bridge/opencx/session.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

/// "contact:<address>"; the session's own subject while the address is not known.
std::string conversation_of(const opencx::Session& session);
/// The contact's address in it, lower case; empty where none was known.
std::string_view address_of(std::string_view conversation);
/// Remembered for good: the contact of that conversation had a Case.
Mark was_on_case(const std::string& conversation);
/// Whether the contact of that address, lower case, ever had one.
bool had_a_case(Store& store, std::string_view address);
/// Names the mark that says when an operator has given up a parked job.
std::string dropped_mark(const std::string& subject);
/// May throw StoreFailure.
bool is_of_interest(Store& store, const opencx::Session& session);

}  // namespace casewire::bridge
