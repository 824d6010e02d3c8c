#pragma once
// Requests in the words of fault sentences: "Case create", "Case update", "CaseComment create", "file create", "query", "token".
// A composite is named by its parts, a collection by each kind of its rows. Nothing here changes anything.

#include <string>
#include <vector>

#include "sim/salesforce/api/routes.hpp"

namespace casewire::sim::salesforce {

std::vector<std::string> operations_of(const OrgState& org, const http::Request& request);
/// Every name that operations_of() can give for the standard objects, sorted.
std::vector<std::string> operation_names();

/// Lets the next `count` saves that the API makes of that operation fail; the error says what is wrong with operation or code.
Result<void, std::string> order_refusal(OrgState& org, std::string_view operation, std::string_view code, std::size_t count,
                                        std::size_t rows_before);

// For the route table.
std::vector<std::string> names_of_composite(const Naming& naming);
std::vector<std::string> names_of_collection(const Naming& naming);
std::vector<std::string> names_of_batch(const Naming& naming);
std::vector<std::string> names_of_tree(const Naming& naming);
std::vector<std::string> names_of_graph(const Naming& naming);
std::vector<std::string> names_of_upsert(const Naming& naming);

}  // namespace casewire::sim::salesforce
