#pragma once
// Several requests or rows in one request, beside composites and collections (resources.hpp).

#include <string>

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

/// "v66.0/sobjects/Case", as a batch may write it, is "/services/data/v66.0/sobjects/Case".
std::string whole_url(std::string url);

// batch.cpp; source: REST API Developer Guide, "Composite Batch"
Answer run_batch(Call& call);
// tree.cpp; "sObject Tree"
Answer run_tree(Call& call);
// graph.cpp; "Composite Graph"
Answer run_graph(Call& call);

}  // namespace casewire::sim::salesforce
