#pragma once
// Runs a bound query: finds the rows, filters, sorts, cuts, shows. Without ORDER BY rows come by Id.

#include "sim/salesforce/soql/bound.hpp"
#include "sim/salesforce/soql/complaint.hpp"
#include "sim/salesforce/soql/reader.hpp"

namespace casewire::sim::salesforce::soql {

/// The rows of the result in its order, cut by OFFSET and LIMIT. `parent` is the outer row of a child subquery, or null.
std::vector<const Record*> matching_rows(const BoundQuery& query, const Reader& reader, const Record* parent = nullptr);

/// The groups of an aggregate query as REST shows them. Fails beyond 2,000 groups.
Result<Records, Error> aggregate_records(const BoundQuery& query, const Reader& reader);

/// Rows as REST shows them, by the query's selection.
Records shown_records(const std::vector<const Record*>& rows, const BoundQuery& query, const Reader& reader,
                      const Options& options);

/// -1, 0, 1 by one key, nulls placed as it says.
int compare_by_key(const OrderKey& key, const Value& a, const Value& b);

}  // namespace casewire::sim::salesforce::soql
