#pragma once
// A new store may follow one that was lost (F80). Then the bridge does not know who has an open Case, and a new mail of such a contact would stay with
// the AI as a stranger's does.

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

/// Of a store that has never been swept: it is unknown whether there are Cases of a former self.
Mark former_cases_unknown(WallTime now);
/// Once in a store's life, three quarters of an hour after its beginning, for at the beginning there is enough to do: the Cases that bear our mark, are open or were touched within a week, and are not known are worked on, and with each its conversation. What was left to the
/// AI meanwhile is found then (left_to_ai.hpp). True: there are some.
Outcome<bool> look_for_former_cases(const Context& context);

}  // namespace casewire::bridge
