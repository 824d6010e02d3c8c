#pragma once
// Which Case a session's messages belong on: the session's own while it is open; else the contact's newest open Case from this
// channel; else, where people have the conversation, a new one, the child of the closed one before it. What the AI keeps opens none:
// but a message belongs where it belonged when it was written, so one that is read only after its Case was closed still goes there.
// Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge::cases {

/// Its times are by OpenCX's clock.
struct KnownCase {
  std::string id;
  bool is_closed = false;
  std::string handoff;  ///< OpenCX_Handoff__c, "<session>#<n>"
  WallTime created_at{};
  std::optional<WallTime> closed_at{};  ///< in whole seconds, cut

  /// Whether it was open when a message was written: within the second of its closing the message wins.
  bool was_open_at(WallTime when) const {
    return created_at <= when && (!is_closed || (closed_at && when < *closed_at + std::chrono::seconds{1}));
  }
};

struct Handoff {
  std::string session_id;
  int number = 0;
};
std::string text_of(const Handoff& handoff);
std::optional<Handoff> handoff_in(std::string_view text);

struct Situation {
  std::string session_id;
  std::vector<Link> links;             ///< of the session, by number
  std::vector<KnownCase> cases;        ///< the session's and the contact's, newest first; what bears our marks is linked already
  bool needs_an_open_case = true;      ///< false when only AI and agent messages are missing
  bool is_with_people = true;          ///< false: the AI keeps the conversation
  std::vector<WallTime> written_at{};  ///< of the contact's messages that are on no Case yet, oldest first
};

struct Choice {
  enum class Kind { append, create, none } kind = Kind::create;
  std::string case_id{};    ///< of append
  int number = 1;           ///< of the link
  std::string parent_id{};  ///< of create: the closed Case that came before
  bool is_new_link = true;
  std::optional<WallTime> until{};  ///< append to a closed Case: what was written from here on does not belong there
};

Choice choose_case(const Situation& situation);

}  // namespace casewire::bridge::cases
