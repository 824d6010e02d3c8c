#include "scenarios/language/value_kind.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "scenarios/language/value_kinds/families.hpp"

namespace casewire::scenarios {

const ValueKind& value_kind_named(std::string_view name) {
  static const std::vector<ValueKind> all = [] {
    std::vector<ValueKind> kinds;
    for (auto family : {kinds_of_names(), kinds_of_texts(), kinds_of_numbers(), kinds_of_systems(), kinds_of_fixtures()}) {
      kinds.insert(kinds.end(), family.begin(), family.end());
    }
    return kinds;
  }();
  const auto found = std::find_if(all.begin(), all.end(), [&](const ValueKind& kind) { return kind.name == name; });
  if (found == all.end()) {
    std::fprintf(stderr, "a form names the kind of value \"%.*s\", which there is not\n", static_cast<int>(name.size()),
                 name.data());
    std::abort();
  }
  return *found;
}

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

Slip expected_kind(std::string_view kind, std::string_view found, std::string hint) {
  return {"expected " + std::string(value_kind_named(kind).description) + ", found " + in_quotes(found), std::move(hint)};
}

}  // namespace casewire::scenarios
