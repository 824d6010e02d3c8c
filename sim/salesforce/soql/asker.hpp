#pragma once
// What a query has to do with who asks it.

#include "sim/salesforce/soql/soql.hpp"

namespace casewire::sim::salesforce::soql {

/// FOR VIEW or FOR REFERENCE: its rows count as viewed.
bool marks_viewed(const ParsedQuery& query);
/// The query as this user asks it: USING SCOPE mine means the rows that she owns, and nobody's without a user.
ParsedQuery asked_by(ParsedQuery query, std::string user_id);

}  // namespace casewire::sim::salesforce::soql
