#include "scenarios/cli/redact_command.hpp"

#include <filesystem>
#include <iostream>

#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/redactor_for.hpp"

namespace casewire::scenarios {

int redact_recording(const RedactOptions& options) {
  std::error_code error;
  if (std::filesystem::equivalent(options.in, options.out, error))
    return complain("redact",
                    options.out + " is the recording itself, and nobody could read any more what it said; name another file");
  // Of a mistake the line itself may hold what is to be taken out.
  const auto tape = TapeReader::of_file(options.in, options.hosts.named());
  if (!tape) {
    std::cerr << render(tape.error());
    return 2;
  }
  const auto terms = redaction_terms({options.key_file, options.policy_file}, "casewire redact");
  if (!terms) {
    std::cerr << terms.error();
    return 2;
  }
  const auto redacted = redact_tape(*tape, *terms, options.out);
  if (!redacted) {
    std::cerr << render(redacted.error());
    return 2;
  }
  if (!redacted->left.empty()) {
    std::cerr << "casewire redact: nothing was written, for something would still be readable:\n";
    for (const std::string& place : redacted->left) std::cerr << "  " << place << "\n";
    return 1;
  }
  if (!redacted->is_written) return complain("redact", "cannot write " + options.out);
  std::cout << options.out << ": " << redacted->exchanges << " exchanges without people\n";
  return 0;
}

}  // namespace casewire::scenarios
