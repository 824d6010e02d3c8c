#pragma once
// Requests that stand in one and use what earlier ones answered: the part that /composite and /composite/graph share.

#include <string>
#include <vector>

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

/// What one subrequest came to.
struct PartAnswer {
  std::string reference;
  int status = 200;
  http::Headers headers{};
  std::string body{};  ///< JSON; empty: null
};

struct CompositeRun {
  std::vector<PartAnswer> answers;
  bool rolled_back = false;
  std::string not_modelled{};
};

/// What is wrong with the array of subrequests; the whole request then fails with 400.
std::optional<Answer> check_parts(const Json& parts, std::size_t parts_max);
/// Runs them in order. With `all_or_none` the first failure takes everything back; nothing is committed here.
/// `place`: where the array stands in the body, for positions in error texts.
CompositeRun run_parts(Call& call, Json parts, const JsonPath& place, bool all_or_none);
/// `{"compositeResponse":[...]}`
std::string composite_text(const std::vector<PartAnswer>& answers);

}  // namespace casewire::sim::salesforce
