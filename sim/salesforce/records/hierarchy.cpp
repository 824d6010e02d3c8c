#include "sim/salesforce/records/hierarchy.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kDepthMax = 1000;

}  // namespace

SaveErrors check_hierarchy(Draft& draft, std::string_view reference) {
  if (!draft.wrote(reference)) return {};
  auto above = draft.text(reference);
  for (std::size_t depth = 0; !above.empty() && depth < kDepthMax; ++depth) {
    if (above == draft.id) return {record_error("CIRCULAR_DEPENDENCY", "attempt to violate hierarchy constraints")};
    const Row* row = draft.store.find(above);
    above = row ? row->text(reference) : std::string{};
  }
  return {};
}

}  // namespace casewire::sim::salesforce
