#include "scenarios/vocabulary/vocabulary.hpp"

#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {

const Vocabulary& casewire_vocabulary() {
  static const Vocabulary vocabulary(
      {staging_sentences(), wire_fault_sentences(), bridge_fault_sentences(), customer_sentences(), ai_sentences(),
       rep_sentences(), inbox_sentences(), time_sentences(), case_checks(), mail_checks(), conversation_checks(),
       bridge_checks()},
      {{"Salesforce", {"Case create", "Case update", "CaseComment create", "file create", "query", "token"}},
       {"OpenCX",
        {"message send", "session read", "session update", "session list", "history read", "contact read", "file read"}}});
  return vocabulary;
}

}  // namespace casewire::scenarios
