#pragma once
// Which Case a session's messages belong on: the session's own while it is open; else the contact's newest open Case from this
// channel; else a new one, the child of the session's closed one. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge::cases {

struct KnownCase {
  std::string id;
  bool is_closed = false;
  std::string handoff;  ///< OpenCX_Handoff__c, "<session>#<n>"
  WallTime created_at{};
};

struct Handoff {
  std::string session_id;
  int number = 0;
};
std::string text_of(const Handoff& handoff);
std::optional<Handoff> handoff_in(std::string_view text);

struct Situation {
  std::string session_id;
  std::vector<Link> links;                       ///< of the session, by number
  std::vector<KnownCase> own_cases;              ///< linked to, or made for, this session
  std::vector<KnownCase> open_cases_of_contact;  ///< newest first
  bool needs_an_open_case = true;                ///< false when only AI and agent messages are missing
};

struct Choice {
  enum class Kind { append, create } kind = Kind::create;
  std::string case_id{};    ///< of append
  int number = 1;           ///< of the link
  std::string parent_id{};  ///< of create: the closed Case that came before
  bool is_new_link = true;
  bool is_adopted = false;  ///< append to a Case that this session did not make and was not on
};

Choice choose_case(const Situation& situation);

}  // namespace casewire::bridge::cases
