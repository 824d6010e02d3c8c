#pragma once
// What an org file calls its queues and Case statuses, so that a scenario that names another one is told before it runs.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language/fixtures.hpp"

namespace casewire::scenarios {

struct OrgWords {
  std::vector<std::string> queues;
  std::vector<std::string> statuses;
};

/// Reads each org file once. One thread at a time.
class OrgLexicon {
 public:
  explicit OrgLexicon(const Fixtures& fixtures) : fixtures_(fixtures) {}
  /// Empty lists where the file is missing, cannot be read, or does not say: then every word passes, and the run will tell.
  const OrgWords& of(const std::string& org);

 private:
  const Fixtures& fixtures_;
  std::map<std::string, OrgWords> known_;
};

}  // namespace casewire::scenarios
