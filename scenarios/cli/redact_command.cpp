#include "scenarios/cli/redact_command.hpp"

#include <iostream>

#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/redactor_for.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::scenarios {

int redact_recording(const RedactOptions& options) {
  if (const std::string problem = too_large(options.in); !problem.empty()) return complain("redact", problem);
  const auto text = whole_file(options.in);
  if (!text) return complain("redact", "cannot read " + options.in);
  auto tape = read_har(*text, options.in, beside_tape(options.in));
  if (!tape) {
    // The line itself may hold what is to be taken out.
    std::cerr << render(tape.error());
    return 2;
  }
  const auto terms = redaction_terms({options.key_file, options.policy_file}, "casewire redact");
  if (!terms) {
    std::cerr << terms.error();
    return 2;
  }
  const Redacted redacted = redacted_by(*terms, *std::move(tape));
  if (!redacted.left.empty()) {
    std::cerr << "casewire redact: nothing was written, for something would still be readable:\n";
    for (const std::string& place : redacted.left) std::cerr << "  " << place << "\n";
    return 1;
  }
  if (!save_tape(options.out, redacted.tape)) return complain("redact", "cannot write " + options.out);
  std::cout << options.out << ": " << redacted.tape.exchanges.size() << " exchanges without people\n";
  return 0;
}

}  // namespace casewire::scenarios
