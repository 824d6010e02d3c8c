// The Tooling API as far as this org has what it tells of: the package's classes and triggers, and its Named Credential. Everything
// else of it is refused. Source: Tooling API, "REST Resources".

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/resources.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::array<std::string_view, 3> kToolingObjects{"ApexClass", "ApexTrigger", "NamedCredential"};

// An org without source tracking has not got it, and that is how the vendor's CLI finds out: the text is the one it looks for
// (forcedotcom/sfdx-core, src/org/org.ts, supportsSourceTracking).
bool needs_source_tracking(std::string_view object) { return equals_ignoring_case(object, "SourceMember"); }

// Behind its own segment a path of this API is one of the data API.
Answer as_data(Call& call, Answer (*answer)(Call&)) {
  const auto object = call.segments.size() > 2 ? call.segments[2] : std::string{};
  if (needs_source_tracking(object)) return not_found();
  if (!object.empty() && !is_tooling_object(object)) return not_modelled("the object " + object + " of the Tooling API");
  call.api = "/tooling";
  call.segments.erase(call.segments.begin());
  return answer(call);
}

}  // namespace

bool is_tooling_object(std::string_view name) {
  return std::any_of(kToolingObjects.begin(), kToolingObjects.end(),
                     [&](std::string_view known) { return equals_ignoring_case(name, known); });
}

Answer refuse_tooling_query(const std::string& object) {
  if (needs_source_tracking(object)) return error_answer(400, "INVALID_TYPE", "sObject type '" + object + "' is not supported.");
  return not_modelled("the object " + object + " of the Tooling API");
}

Answer describe_tooling(Call& call) {
  auto answer = as_data(call, describe_global);
  if (!answer.body) return answer;  // not changed since the client has asked
  Json list = Json::array();
  for (auto& one : (*answer.body)["sobjects"])
    if (is_tooling_object(string_member(one, "name"))) list.push_back(std::move(one));
  (*answer.body)["sobjects"] = std::move(list);
  return answer;
}

Answer describe_tooling_basic(Call& call) { return as_data(call, describe_basic); }
Answer describe_tooling_object(Call& call) { return as_data(call, describe_object); }
Answer read_tooling_row(Call& call) { return as_data(call, read_row); }

}  // namespace casewire::sim::salesforce
