#pragma once
// The one call that tells a session's job everything it needs to know of the org.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/transcript.hpp"
#include "bridge/salesforce/client.hpp"

namespace casewire::bridge {

struct CaseQuestion {
  std::string session_id;
  std::string linked_case_id;  ///< empty: none
  std::string contact_email;   ///< empty: unknown
};

struct CaseReading {
  std::vector<cases::KnownCase> own_cases;
  std::vector<cases::KnownCase> open_cases_of_contact;  ///< newest first
  std::string contact_id;                               ///< when exactly one Contact has the address (F9)
  /// The bridge's own comments that are there already, by Case id.
  std::map<std::string, std::set<cases::CommentMark>, std::less<>> comments;
};

Outcome<CaseReading> read_cases(salesforce::Client& client, const CaseQuestion& question, std::string_view trace);

}  // namespace casewire::bridge
