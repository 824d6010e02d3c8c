#pragma once
// Jobs that were given up until a person acts.

#include <string>

#include "base/text/json.hpp"
#include "base/text/result.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// At most so many are listed, or retried by one word.
inline constexpr std::size_t kParkedShown = 500;

/// All may throw StoreFailure.
Json parked_json(const Insight& insight);
/// Its session's or Case's trace with the job. The error says that none is parked.
Result<Json, std::string> parked_job_json(const Insight& insight, const std::string& subject);
/// Tries it again, at once; "all" tries every one.
Result<Json, std::string> retry_parked(const Insight& insight, const std::string& subject);
/// Gives it up. What is written later, by a customer or a rep, makes a new job, which takes up what this one left.
Result<Json, std::string> drop_parked(const Insight& insight, const std::string& subject);

}  // namespace casewire::bridge
