#pragma once
// Where is it, what happened to it, what comes next: for a session, a Case, or a message (an EmailMessage, a history item, a file). From the
// ledger, and from what this process remembers.

#include <string>

#include "base/text/json.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// `id` as somebody read it somewhere: 15 or 18 characters of Salesforce, with or without "session:" or "case:". May throw StoreFailure.
Json trace_json(const Insight& insight, const std::string& id);

/// The Cases of a session, or the sessions of a Case; "unknown" as trace_json says it. May throw StoreFailure.
Json links_json(const Insight& insight, const std::string& id);

/// A job as an operator reads it: when it is due, how often it failed and why. Null: there is none.
Json job_json(const Insight& insight, const std::string& subject);

}  // namespace casewire::bridge
