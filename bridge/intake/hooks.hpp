#pragma once
// What a webhook's body hints at. Bodies are not trusted: nothing of them is used but the ids of what may have changed. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::bridge {

struct HookLimits {
  static constexpr std::size_t body_bytes_max = 1u << 20;
  static constexpr std::size_t depth_max = 32;
  static constexpr std::size_t subjects_max = 1'000;
};

struct HookHints {
  std::vector<std::string> subjects;  ///< "session:<id>" or "case:<id>", without repetitions
  /// True: the event is of interest only if the subject is known already (an AI answer in a session that was never handed off).
  bool only_if_known = false;
  /// True: a person has the conversation now, by hand perhaps, which the session's own fields need not show.
  bool tells_of_people = false;
};

/// `{event, organization_id, data}` where data is an object for some events and an array for others. Events about anything but a
/// conversation give no subject. The error is a short text for the sender.
Result<HookHints, std::string> opencx_hints(std::string_view body);

/// What a Case's notice may tell of. The bridge's own transcript comes back as comment events: without interest unless comments are
/// replies. So are posts.
struct ReplyEvents {
  bool comments = false;
  bool posts = false;
};
/// `{"event", "caseId", "recordIds"}`.
Result<HookHints, std::string> salesforce_hints(std::string_view body, const ReplyEvents& replies);

/// A 15-character record id with the 3 characters that Salesforce adds; an 18-character id as it is; empty for anything else.
/// Source: SOAP API Developer Guide, "ID Field Type".
std::string id_of_18(std::string_view id);

}  // namespace casewire::bridge
