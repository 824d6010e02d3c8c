#pragma once
// What a reconciling job works with. Both jobs go the same way: read the truth from both owners, decide purely, apply what is
// missing, and remember each effect in the ledger before the next one begins.

#include <optional>
#include <string>
#include <string_view>

#include "base/runtime/runtime.hpp"
#include "bridge/config.hpp"
#include "bridge/delivery/alarms.hpp"
#include "bridge/delivery/job_result.hpp"
#include "bridge/events/events.hpp"
#include "bridge/opencx/client.hpp"
#include "bridge/salesforce/client.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

struct Context {
  Runtime& runtime;
  Store& store;
  salesforce::Client& salesforce;
  opencx::Client& opencx;
  Vendors& vendors;
  Alarms& alarms;
  Events& events;
  const Config& config;
  /// Of this process. What is older may have been done by a former self whose store is not this one.
  WallTime started_at{};
  /// Of the job: what cannot be taken back goes out only while its lease lasts. nullptr: nothing is to go out.
  const http::Permit* permit = nullptr;
};

/// What the org's clock shows: its rows bear its times.
inline WallTime org_now(const Context& context) { return context.vendors.salesforce.time_there(context.runtime.now()); }

/// A job that ran longer lets others go first and continues afterwards.
inline constexpr milliseconds kJobTime{5 * 60'000};

/// Of a step: set when the run ends with it.
using Stopped = std::optional<JobResult>;

/// Not done yet, and nothing to wait for: let the others have their turn.
inline constexpr milliseconds kOneClockTick{1};

/// Whether a version that was read now, by its vendor's clock, may be noted as seen. Salesforce stamps whole seconds, and OpenCX's reads can lag its writes by
/// up to 2 s: a younger version may already stand for more than was read, so the next sweep looks once more.
inline bool is_settled(WallTime version, WallTime now) { return version + milliseconds{2'000} < now; }

inline std::string session_subject(std::string_view id) { return "session:" + std::string(id); }
inline std::string case_subject(std::string_view id) { return "case:" + std::string(id); }

/// The session in OpenCX -> its Case in Salesforce: opens or joins the Case, appends what is missing, copies files, writes the
/// Case's id back.
JobResult reconcile_session(const Context& context, const Job& job);
/// The Case in Salesforce -> its sessions in OpenCX: sends replies, closes the session when the Case is closed.
JobResult reconcile_case(const Context& context, const Job& job);

/// Follows a Case that queries no longer show. `merged_into` is empty when it was simply deleted.
struct CaseFate {
  bool is_gone = false;
  bool is_deleted = false;  ///< gone, and the org says so; else it merely was not shown
  std::string merged_into;
};
Outcome<CaseFate> fate_of_case(const Context& context, const std::string& case_id, const std::string& trace);
/// Merges can chain; more than this is a loop.
inline constexpr int kMergesMax = 10;
/// Those that were merged into one of these, itself no more.
Outcome<std::vector<std::string>> cases_merged_into(const Context& context, const std::vector<std::string>& cases,
                                                    const std::string& trace);
/// Whoever was on the Case that was merged away is on the surviving one from now on.
void move_to_surviving(const Context& context, const std::string& merged_away, const std::string& surviving);

}  // namespace casewire::bridge
