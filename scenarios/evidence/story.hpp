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

  std::map<std::string, OrgRow> rows;                  ///< by id of 18 characters
  std::map<std::string, std::string> session_of_case;  ///< that names it, by the Case's id
  std::map<std::uint64_t, std::string> whole_texts;    ///< of mails that quote others, by sequence; an entry has their own words
  std::set<std::string> automatic_mails;               ///< Message-IDs of what no person wrote
  std::set<std::string> guessed_letters;               ///< files that do not say how their letters are written
  std::set<std::string> without_seconds;               ///< files whose times are whole minutes
  Testimony testimony;                                 ///< how far what is not there can be relied on

  /// Of which kinds there is something to judge.
  bool has_cases = false, has_case_texts = false, has_replies = false, has_internal = false, has_history = false;
  bool is_in_doubt = false;  ///< a write of the bridge was never answered
  bool has_calls = false, has_files_of_case = false, has_files_of_conversation = false;
  bool has_likened_files = false;  ///< some are taken for one by name and size alone

  /// A mail that one of the customers received is in the material.
  bool has_mailbox() const;
};

/// A checkbox of a row, as material has it: anything but true is false.
bool truth(const Json& value);

/// `support_addresses` may be empty: then they are guessed.
Story told_by(Evidence evidence, const std::vector<std::string>& support_addresses);

}  // namespace casewire::scenarios
