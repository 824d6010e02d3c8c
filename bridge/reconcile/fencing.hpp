#pragma once
// A person is on the Case. In a conversation that people have the AI is silent; in another one of the contact on the same Case it may
// go on, for OpenCX lets nobody take a session from it without saying something there. The log says where, once for each person.

#include <string>
#include <vector>

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

/// `sessions` are those of the Case that no person is in; `person` is the rep's user id. May throw StoreFailure.
void tell_where_the_ai_may_speak(const Context& context, const std::string& case_id, const std::vector<std::string>& sessions,
                                 const std::string& person);

/// A rep has become the Case's owner: looks at its sessions, once for each owner.
Stopped fence_for_owner(const Context& context, const Job& job, const std::string& case_id, const std::string& owner_id,
                        const std::vector<Link>& links);

}  // namespace casewire::bridge
