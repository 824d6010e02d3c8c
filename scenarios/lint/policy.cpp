#include "base/text/json.hpp"
#include "scenarios/lint.hpp"

namespace casewire::scenarios {

Result<LintPolicy> read_lint_policy(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return fail(json.error());
  const auto complain = [&](const std::string& problem) {
    return fail(
        Diagnostic{.where = {std::string(file), {}},
                   .problem = problem,
                   .hint = R"({"domains": [...], "strings": [...], "unused": [...], "days_max": 365, "api_version_min": 60})"});
  };
  if (!json->is_object()) return complain("a policy is an object");
  LintPolicy policy;
  for (const auto& [name, value] : json->items()) {
    auto* list = name == "domains"   ? &policy.domains
                 : name == "strings" ? &policy.strings
                 : name == "unused"  ? &policy.unused
                                     : nullptr;
    if (list != nullptr) {
      if (!value.is_array()) return complain("\"" + name + "\" is a list of strings");
      for (const Json& one : value) {
        if (!one.is_string()) return complain("\"" + name + "\" is a list of strings");
        list->insert(one.get<std::string>());
      }
    } else if (name == "days_max" || name == "api_version_min") {
      if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 100'000) return complain("\"" + name + "\" is a number");
      if (name == "days_max") policy.days_max = value.get<int>();
      if (name == "api_version_min") policy.api_version_min = value.get<int>();
    } else {
      return complain("a policy has no member \"" + name + "\"");
    }
  }
  return policy;
}

}  // namespace casewire::scenarios
