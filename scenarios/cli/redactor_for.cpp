#include "scenarios/cli/redactor_for.hpp"

#include <filesystem>
#include <iostream>

#include "base/recording/private_file.hpp"
#include "base/text/rng.hpp"
#include "scenarios/cli/whole_file.hpp"

namespace casewire::scenarios {

Result<RedactionTerms, std::string> redaction_terms(const RedactionFiles& files, const std::string& command) {
  const auto problem = [&](const std::string& text) { return fail(command + ": " + text + "\n"); };
  RedactionTerms terms{.key = {}, .policy = vendors_policy()};
  if (!files.policy_file.empty()) {
    const auto words = whole_file(files.policy_file);
    if (!words) return problem("cannot read " + files.policy_file);
    auto read = read_policy(*words, files.policy_file);
    if (!read) return fail(render(read.error(), *words));
    terms.policy = *std::move(read);
  }
  constexpr std::size_t kKeyMin = 16;
  std::error_code error;
  if (files.key_file.empty() || !std::filesystem::exists(files.key_file, error)) {
    SystemRng rng;
    terms.key = alphanumeric(rng, 2 * kKeyMin);
    if (files.key_file.empty()) return terms;
    if (!recording::write_private(files.key_file, terms.key)) return problem("cannot write " + files.key_file);
    std::cerr << command << ": there was no " << files.key_file
              << ", so a new key is in it now; it gives the same people the same "
              << "pseudonyms again, and never leaves you\n";
  } else if (const auto stored = whole_file(files.key_file)) {
    terms.key = *stored;
  } else {
    return problem("cannot read " + files.key_file);
  }
  if (terms.key.size() < kKeyMin)
    return problem(files.key_file + " is too short for a key: " + std::to_string(kKeyMin) + " bytes at least");
  return terms;
}

}  // namespace casewire::scenarios
