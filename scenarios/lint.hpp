#pragma once
// What should not be committed: strings that look like secrets or like people, recordings that are old or lack what replay needs, and
// fixtures that nobody names. It reads text and knows no run; whatever it finds has a place and never the value of a secret.

#include <chrono>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::scenarios {

/// What is let pass, and how old a recording may be.
struct LintPolicy {
  std::set<std::string, std::less<>>
      domains{};  ///< of mail addresses, beside those that are reserved for examples (RFC 2606, RFC 6761)
  std::set<std::string, std::less<>> strings{};  ///< that only look like a secret or a person
  std::set<std::string, std::less<>> unused{};   ///< fixtures ("files/logo.png") that nobody need name
  std::optional<int> days_max{};                 ///< of a recording; nullopt: any
  int api_version_min = 0;                       ///< of Salesforce in a recording: 60 for v60.0
};

/// {"domains": [...], "strings": [...], "unused": [...], "days_max": 365, "api_version_min": 60}
Result<LintPolicy> read_lint_policy(std::string_view text, std::string_view file);

/// Of any text, also where it is escaped or encoded. Order: as they stand.
std::vector<Diagnostic> lint_text(std::string_view text, std::string_view file, const LintPolicy& policy);
/// Of a file of any kind: text in UTF-8, UTF-16 or Latin-1, and what is in a zip or gzip.
struct LintedBytes {
  std::vector<Diagnostic> found{};
  std::vector<std::string> unread{};  ///< what is no text, as a picture
};
LintedBytes lint_bytes(const std::string& bytes, const std::string& file, const LintPolicy& policy, WallTime today);
/// Of a HAR, which may be larger than the memory: lint_text of its pieces, whether it can be read, its age, its API version, requests whose body is
/// missing. `open` is called several times; nullptr: it cannot be read.
std::vector<Diagnostic> lint_recording(const std::function<std::unique_ptr<std::istream>()>& open, const std::string& file,
                                       const LintPolicy& policy, WallTime today);
/// Fixtures below `root` that no scenario names, in a sentence or a table. `features`: their texts, one after the other.
std::vector<Diagnostic> lint_fixtures(const std::string& root, std::string_view features, const LintPolicy& policy);
/// Of one file of scenarios: two of one name, which no report tells apart, and recordings and orgs that are not below `fixtures` (empty: that
/// is not looked at).
std::vector<Diagnostic> lint_feature(std::string_view text, std::string_view file, const std::string& fixtures);

}  // namespace casewire::scenarios
