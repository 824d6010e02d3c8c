#pragma once
// "Not there" is what a gateway says too, or a replica that lags: one such answer is never believed. Only what has been missing for
// minutes, at every look, is gone.

#include <string>
#include <string_view>

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

inline constexpr milliseconds kAbsenceBelievedAfter{10 * 60'000};

/// Notes the first time. True once `what` ("session:<id>", "case:<id>", "file:<id>") was missing for kAbsenceBelievedAfter. May throw
/// StoreFailure.
bool is_gone_for_good(const Context& context, const std::string& what);
/// It was seen: an earlier "not there" was none.
void is_there(const Context& context, const std::string& what);
/// A 404 as a failure: transient while it is not believed, permanent afterwards. Any other failure stays what it is.
Failure judged(const Context& context, const std::string& what, Failure failure);

}  // namespace casewire::bridge
