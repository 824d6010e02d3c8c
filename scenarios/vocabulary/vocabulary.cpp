#include "scenarios/vocabulary/vocabulary.hpp"

#include "scenarios/vocabulary/families.hpp"
#include "sim/opencx/platform.hpp"
#include "sim/salesforce/org.hpp"
#include "sim/world/write_calls.hpp"

namespace casewire::scenarios {
namespace {

/// What faults may strike: the vendor's own operations, and any of those that change something.
std::vector<std::string> and_any_write(std::vector<std::string> operations) {
  operations.emplace_back(sim::kAnyWrite);
  return operations;
}

}  // namespace

const Vocabulary& casewire_vocabulary() {
  static const Vocabulary vocabulary(
      {staging_sentences(),  org_sentences(),           file_sentences(),       setting_sentences(),     call_fault_sentences(),
       outage_sentences(),   webhook_fault_sentences(), mail_fault_sentences(), org_trouble_sentences(), bridge_fault_sentences(),
       store_sentences(),    customer_sentences(),      ai_sentences(),         rep_sentences(),         record_sentences(),
       org_mail_sentences(), inbox_sentences(),         operator_sentences(),   time_sentences(),        case_checks(),
       mail_checks(),        conversation_checks(),     bridge_checks(),        operator_checks()},
      {{"Salesforce", and_any_write(sim::salesforce::Org::operation_names())},
       {"OpenCX", and_any_write(sim::opencx::Platform::operation_names())}},
      sim::salesforce::Org::refusal_codes());
  return vocabulary;
}

}  // namespace casewire::scenarios
