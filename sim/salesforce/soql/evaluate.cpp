#include "sim/salesforce/soql/binder.hpp"
#include "sim/salesforce/soql/executor.hpp"

namespace casewire::sim::salesforce::soql {

Result<Plan, Error> plan(ParsedQuery query, const Database& database, bool with_deleted) {
  const Reader reader{database, with_deleted};
  const auto inner_values = [&reader](const BoundQuery& inner, const Operand& operand) {
    std::vector<Value> values;
    Value scratch;
    for (const Record* row : matching_rows(inner, reader)) values.push_back(reader.value(*row, operand, scratch));
    return values;
  };
  Binder binder{database.schema(), database.now(), query.text, inner_values};
  auto bound = binder.query(*query.tree);
  if (binder.error()) return fail(std::move(*binder.error()));
  return Plan{std::move(query), std::move(bound), binder.is_lasting()};
}

Result<Rows, Error> run(const Plan& plan, const Database& database, const Options& options) {
  const Reader reader{database, options.with_deleted};
  const BoundQuery& bound = *plan.bound;
  if (bound.grouped) {
    auto records = aggregate_records(bound, reader);
    if (!records) return fail(std::move(records.error()));
    const std::size_t total = records->size();
    return Rows{.total = total, .records = std::move(*records)};
  }
  const auto found = matching_rows(bound, reader);
  if (bound.count_only) return Rows{.total = found.size(), .records = {}};
  return Rows{.total = found.size(), .records = shown_records(found, bound, reader, options)};
}

Result<Rows, Error> evaluate(const ParsedQuery& query, const Database& database, const Options& options) {
  const auto planned = plan(query, database, options.with_deleted);
  return planned ? run(*planned, database, options) : fail(planned.error());
}

}  // namespace casewire::sim::salesforce::soql
