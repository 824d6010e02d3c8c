#pragma once
// Everything that the bridge tells of itself, one row each: the words of the log, how loud, and which counter it moves. What is not a row
// here cannot be told. The facts beside a happening name sessions, Cases, rows, vendors and reasons; never a message's text, never a secret.

#include <array>
#include <string_view>

#include "bridge/log.hpp"

namespace casewire::bridge {

struct Happening {
  std::string_view name;
  LogLevel level;
  std::string_view counter{};  ///< "replies": shown as casewire_bridge_replies_total; empty: not counted
  std::string_view result{};   ///< its label `result`; empty: none
  std::string_view vendor{};   ///< the fact that is its label `vendor`; empty: none
  std::string_view amount{};   ///< the fact that is added to the counter; empty: 1
};

namespace happening {

using enum LogLevel;

// The process.
inline constexpr Happening listening{"listening", info};
inline constexpr Happening started{"bridge started", info};
inline constexpr Happening stopping{"stopping", info};
inline constexpr Happening stopped{"bridge stopped", info};
inline constexpr Happening stopped_early{"stopped while jobs were running", warning};
inline constexpr Happening store_failed{"store failed", error, "store_failures"};
inline constexpr Happening admin_unreachable{"admin socket failed", error};

inline constexpr Happening settings_taken_up{"settings read again", info};
inline constexpr Happening settings_refused{"settings not taken up", error};

// The preflight.
inline constexpr Happening checks_fail{"checks fail", error};
inline constexpr Happening checks_pass{"checks pass", info};

// Intake.
inline constexpr Happening webhook_taken{"webhook taken", info, "webhooks", "taken", "sender"};
inline constexpr Happening webhook_idle{"webhook without interest", debug, "webhooks", "without_interest", "sender"};
inline constexpr Happening webhook_refused{"webhook refused", warning, "webhooks", "refused", "sender"};
inline constexpr Happening webhook_unclear{"webhook not understood", warning, "webhooks", "not_understood", "sender"};
inline constexpr Happening webhook_not_stored{"webhook not stored", error, "webhooks", "not_stored", "sender"};

// The work queue.
inline constexpr Happening job_begun{"job begun", debug};
inline constexpr Happening job_finished{"job finished", debug, "job_runs", "finished"};
inline constexpr Happening job_again{"job goes on later", debug, "job_runs", "again"};
inline constexpr Happening job_held{"job held", debug, "job_runs", "held"};
inline constexpr Happening job_failed{"job failed", warning, "job_runs", "failed"};
inline constexpr Happening job_parked{"job parked", error, "job_runs", "parked"};
inline constexpr Happening lease_lost{"lease lost", warning, "job_runs", "lease_lost"};
inline constexpr Happening parked_taken_up{"parked jobs taken up", info};
inline constexpr Happening parked_retried{"parked job retried", info, "parked_jobs", "retried"};
inline constexpr Happening parked_dropped{"parked job dropped", warning, "parked_jobs", "dropped"};
inline constexpr Happening conversation_waits{"conversation waits", warning, "conversations_throttled"};

// The vendors.
inline constexpr Happening call_answered{"call answered", debug, "calls", "answered", "system"};
inline constexpr Happening call_refused{"call refused", debug, "calls", "refused", "system"};
inline constexpr Happening call_lost{"call without answer", debug, "calls", "no_answer", "system"};
inline constexpr Happening work_paused{"work paused", error, "vendor_pauses", {}, "system"};
inline constexpr Happening work_resumed{"work resumed", info};
inline constexpr Happening access_renewed{"salesforce access renewed", info, "token_refreshes", "renewed"};
inline constexpr Happening token_rotated{"refresh token rotated", info, "token_refreshes", "rotated"};
inline constexpr Happening connected{"salesforce connected", info};
inline constexpr Happening token_unreadable{"stored refresh token unreadable", warning};
inline constexpr Happening swept{"sweep looked", debug, "sweeps", "done", "side"};
inline constexpr Happening sweep_failed{"sweep failed", warning, "sweeps", "failed", "side"};
inline constexpr Happening sweep_works_again{"sweep works again", info};
inline constexpr Happening sweep_found{"sweep found work", info, "sweep_subjects", {}, "side", "subjects"};
inline constexpr Happening cursor_ahead{"sweep cursor ahead", error};

// What became of a conversation.
inline constexpr Happening case_opened{"case opened", info, "cases", "opened"};
inline constexpr Happening case_joined{"case joined", info, "cases", "joined"};
inline constexpr Happening case_adopted{"case adopted", info, "cases", "adopted"};
inline constexpr Happening case_merged{"case merged", info, "cases", "merged"};
inline constexpr Happening comments_written{"comments written", info, "comments", {}, {}, "comments"};
inline constexpr Happening file_copied{"file copied", info, "files", "copied"};
inline constexpr Happening file_not_copied{"file not copied", warning, "files", "not_copied"};
inline constexpr Happening file_missing{"announced file missing", warning, "files", "missing"};
inline constexpr Happening case_id_not_written{"case id not written back", warning};
inline constexpr Happening reply_sent{"reply sent", info, "replies", "sent"};
inline constexpr Happening reply_refused{"reply refused", info, "replies", "refused"};
inline constexpr Happening reply_empty{"reply says nothing", warning, "replies", "says_nothing"};
inline constexpr Happening reply_known{"reply was sent before", info, "replies", "sent_before"};
inline constexpr Happening replies_known{"replies were sent before", info, "replies", "sent_before", {}, "replies"};
inline constexpr Happening ai_not_silenced{"ai not silenced", warning, "sessions", "ai_not_silenced"};
inline constexpr Happening session_closed{"session closed", info, "sessions", "closed"};
inline constexpr Happening session_gone{"session gone", warning, "sessions", "gone"};

/// Those that are counted: a counter is there from the start, with 0.
inline constexpr std::array counted{
    &store_failed,       &webhook_taken,  &webhook_idle,  &webhook_refused, &webhook_unclear,  &webhook_not_stored,
    &job_finished,       &job_again,      &job_held,      &job_failed,      &job_parked,       &lease_lost,
    &parked_retried,     &parked_dropped, &call_answered, &call_refused,    &call_lost,        &work_paused,
    &conversation_waits, &access_renewed, &token_rotated, &swept,           &sweep_failed,     &sweep_found,
    &case_opened,        &case_joined,    &case_adopted,  &case_merged,     &comments_written, &file_copied,
    &file_not_copied,    &file_missing,   &reply_sent,    &reply_refused,   &reply_empty,      &reply_known,
    &ai_not_silenced,    &session_closed, &session_gone,
};

}  // namespace happening
}  // namespace casewire::bridge
