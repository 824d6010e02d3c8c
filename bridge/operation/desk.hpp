#pragma once
// The operator's desk: questions and orders as words ("parked", "retry", "case:500..."), answers as JSON.

#include <string>
#include <vector>

#include "base/text/json.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// `{"answer": {...}}` or `{"error": "..."}`. Thread-safe; a store that fails is an error like any other.
Json answer_operator(const Insight& insight, const std::vector<std::string>& words);

}  // namespace casewire::bridge
