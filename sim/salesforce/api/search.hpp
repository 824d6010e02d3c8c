#pragma once
// The two resources that search texts. Source: REST API Developer Guide, "Search", "Parameterized Search".

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

Answer run_sosl(Call& call);
/// By GET or POST.
Answer run_parameterized_search(Call& call);

}  // namespace casewire::sim::salesforce
