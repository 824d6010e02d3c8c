#pragma once
// The families of sentences, in the order in which they are listed. Each function lives in the file of its name in families/, which does not include
// this: one family more would compile all of them.

#include "scenarios/language/sentence.hpp"

namespace casewire::scenarios {

// ---- Given
Family staging_sentences();
Family org_sentences();
Family file_sentences();
Family setting_sentences();
Family call_fault_sentences();
Family outage_sentences();
Family webhook_fault_sentences();
Family mail_fault_sentences();
Family org_trouble_sentences();
Family bridge_fault_sentences();
Family store_sentences();
// ---- When
Family customer_sentences();
Family ai_sentences();
Family rep_sentences();
Family record_sentences();
Family org_mail_sentences();
Family inbox_sentences();
Family operator_sentences();
Family time_sentences();
// ---- Then
Family case_checks();
Family mail_checks();
Family conversation_checks();
Family bridge_checks();
Family operator_checks();

}  // namespace casewire::scenarios
