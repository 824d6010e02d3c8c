#pragma once
// The material put together by identity and time: one journal, as if a run had written it, so that the invariants can read it, and
// for each entry the place where it stands in the bundle.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scenarios/evidence/evidence.hpp"
#include "sim/world/entry.hpp"

namespace casewire::scenarios {

struct Story {
  std::vector<sim::Entry> entries;
  std::map<std::uint64_t, Origin> origins;    ///< by sequence; what was guessed has none
  std::set<std::string> customers, supports;  ///< addresses, lower case
  std::string bridge_user;                    ///< the integration user's id
  std::map<std::string, std::string> names;   ///< by address or user id, as the material has them
  std::map<std::string, std::string> address_of_session, address_of_case;
  std::vector<std::string> guesses;

  /// What the material can testify about.
  bool has_cases = false, has_case_texts = false, has_replies = false, has_internal = false, has_history = false,
       has_mailbox = false;
  bool has_exports = false;  ///< rows as Salesforce itself gives them out, not only what a recording happens to show
  bool is_in_doubt = false;  ///< a write of the bridge was never answered
  bool has_calls = false, has_files_of_case = false, has_files_of_session = false;
  bool has_likened_files = false;  ///< some are taken for one by name and size alone
};

/// A checkbox of a row, as material has it: anything but true is false.
bool truth(const Json& value);

/// `support_addresses` may be empty: then they are guessed.
Story told_by(Evidence evidence, const std::vector<std::string>& support_addresses);

}  // namespace casewire::scenarios
