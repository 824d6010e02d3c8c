#include "scenarios/cli/redact_command.hpp"

#include <iostream>
#include <optional>

#include "base/text/rng.hpp"
#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/private_file.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/redaction.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

int redact_recording(const RedactOptions& options) {
  const auto text = whole_file(options.in);
  if (!text) return complain("redact", "cannot read " + options.in);
  auto tape = read_har(*text, options.in);
  if (!tape) {
    // The line itself may hold what is to be taken out.
    std::cerr << render(tape.error());
    return 2;
  }
  Policy policy = vendors_policy();
  if (!options.policy_file.empty()) {
    const auto words = whole_file(options.policy_file);
    if (!words) return complain("redact", "cannot read " + options.policy_file);
    auto read = read_policy(*words, options.policy_file);
    if (!read) {
      std::cerr << render(read.error(), *words);
      return 2;
    }
    policy = *std::move(read);
  }
  constexpr std::size_t kKeyMin = 16;
  std::string key;
  if (options.key_file.empty()) {
    SystemRng rng;
    key = alphanumeric(rng, 2 * kKeyMin);
  } else if (const auto stored = whole_file(options.key_file)) {
    key = *stored;
  } else {
    return complain("redact", "cannot read " + options.key_file);
  }
  if (key.size() < kKeyMin)
    return complain("redact", options.key_file + " is too short for a key: " + std::to_string(kKeyMin) + " bytes at least");

  tape->exchanges = masked(std::move(tape->exchanges));
  Redactor redactor(key, std::move(policy));
  const Tape redacted = redactor.redacted(*std::move(tape));
  if (const auto left = redactor.left_in(redacted); !left.empty()) {
    std::cerr << "casewire redact: nothing was written, for something would still be readable:\n";
    for (const std::string& place : left) std::cerr << "  " << place << "\n";
    return 1;
  }
  if (!write_private(options.out, write_har(redacted))) return complain("redact", "cannot write " + options.out);
  std::cout << options.out << ": " << redacted.exchanges.size() << " exchanges without people\n";
  return 0;
}

}  // namespace casewire::scenarios
