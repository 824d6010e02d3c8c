#include "sim/salesforce/soql/plans.hpp"

#include "sim/salesforce/soql/asker.hpp"
#include "sim/salesforce/soql/syntax.hpp"

namespace casewire::sim::salesforce::soql {

Result<std::shared_ptr<const Plan>, Error> Plans::plan(std::string_view text, const std::string& asker, const Database& database,
                                                       bool with_deleted) {
  if (const auto kept = kept_.find(text); kept != kept_.end()) return kept->second;
  auto parsed = parse(text);
  if (!parsed) return fail(std::move(parsed.error()));
  auto made = soql::plan(asked_by(std::move(*parsed), asker), database, with_deleted);
  if (!made) return fail(std::move(made.error()));
  const auto plan = std::make_shared<const Plan>(std::move(*made));
  if (plan->is_lasting && !plan->query.tree->only_own && text.size() <= kTextBytesMax) {
    if (kept_.size() >= kPlansMax) kept_.clear();
    kept_.emplace(text, plan);
  }
  return plan;
}

}  // namespace casewire::sim::salesforce::soql
