#pragma once
// What takes people out of recordings as a command line asks for it.

#include <string>

#include "scenarios/tape/redacting.hpp"

namespace casewire::scenarios {

struct RedactionFiles {
  std::string key_file;     ///< keeps pseudonyms the same in all tapes of one customer; empty: a key that nobody has
  std::string policy_file;  ///< what may stay beside the vendors' vocabulary; may be empty
};

/// The error is complete text for standard error.
Result<RedactionTerms, std::string> redaction_terms(const RedactionFiles& files, const std::string& command);

}  // namespace casewire::scenarios
