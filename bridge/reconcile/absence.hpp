#pragma once
// "Not there" is what a gateway says too, or a replica that lags: one such answer is never believed. Only what has been missing for
// minutes, at every look, is gone.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

/// Salesforce's own word for it.
inline constexpr std::string_view kDeleted = "ENTITY_IS_DELETED";
inline constexpr milliseconds kAbsenceBelievedAfter{10 * 60'000};

/// Notes the first time. True once `what` ("session:<id>", "case:<id>", "file:<id>") was missing for kAbsenceBelievedAfter, in this process's
/// life: before it nobody may have looked. May throw StoreFailure.
bool is_gone_for_good(const Context& context, const std::string& what);
/// It was seen: an earlier "not there" was none.
void is_there(const Context& context, const std::string& what);
/// The jobs that were parked because a Case was deleted, its own and those of its sessions, by the Case's id; some hundreds at most. One that is shown has come
/// out of the bin (F76), of which nothing else may tell: the vendor does not say that this touches the row.
std::map<std::string, std::vector<std::string>> parked_by_deleted_case(Store& store);
/// A 404 as a failure: transient while it is not believed, permanent afterwards. Any other failure stays what it is.
Failure judged(const Context& context, const std::string& what, Failure failure);

}  // namespace casewire::bridge
