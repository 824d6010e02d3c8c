#pragma once
// What a query would show, without its rows: `columns=true` beside `q`, by which the vendor's CLI lays out its tables.
// Shape: the answers that the CLI's own tests keep (salesforcecli/plugin-data, test/test-files/queryFields.exemplars.ts); the
// parameter is not in the REST API Developer Guide.

#include "sim/salesforce/soql/soql.hpp"

namespace casewire::sim::salesforce::soql {

/// `{"columnMetadata":[...],"entityName":"Case","groupBy":false,"idSelected":true,"keyPrefix":"500"}`, or why it cannot be asked.
Result<Json, Error> columns(const ParsedQuery& query, const Database& database);

}  // namespace casewire::sim::salesforce::soql
