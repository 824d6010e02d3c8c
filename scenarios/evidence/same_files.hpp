#pragma once
// Which files of the material are one. Mails and recorded calls have their bytes, a history of OpenCX has name, size and address, an export of
// Salesforce name and size, and the bytes where they were exported too.

#include <string>

#include "scenarios/evidence/evidence.hpp"

namespace casewire::scenarios {

/// Every file of the clues has a digest from then on: of its bytes, of what a recorded call got from its address, of a file of the same name and size
/// whose bytes are there, else one that all of that name and size share and no bytes have. True: it took some for one by name and size alone, which it
/// says among the guesses.
bool identify_files(Evidence& evidence);

/// Without the folder in which whoever sent it had it, in lower case.
std::string bare_file_name(const std::string& name);

}  // namespace casewire::scenarios
